// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the value of `--volume` or `--mount` says.
sealed interface MountText {

  /// A folder or file of this machine.
  record OfMachine(ContainerMount mount) implements MountText {
    public OfMachine {
      requireNonNull(mount, "mount");
    }
  }

  /// A volume that the engine keeps.
  record Kept(String name, String target, ContainerMount.Mode mode) implements MountText {
    public Kept {
      requireNonNull(name, "name");
      requireNonNull(target, "target");
      requireNonNull(mode, "mode");
    }
  }

  /// An empty folder of the container's own.
  record Empty(String target) implements MountText {
    public Empty {
      requireNonNull(target, "target");
    }
  }

  /// Nothing that is understood and harmless.
  record Bad(String reason) implements MountText {
    public Bad {
      requireNonNull(reason, "reason");
    }
  }

  /// Reads `SOURCE:TARGET:OPTIONS`, `SOURCE:TARGET` or `TARGET`.
  static MountText ofVolume(String value) {
    String[] parts = value.split(":", -1);
    if (parts.length == 1) {
      return empty(parts[0]);
    }
    if (parts.length > 3) {
      return bad(value, "it has more than three parts");
    }
    boolean readOnly = false;
    for (String option : parts.length == 3 ? parts[2].split(",", -1) : new String[0]) {
      switch (option) {
        case "ro" -> readOnly = true;
        case "rw", "z", "Z", "private", "rprivate", "nocopy" -> {}
        case "cached", "delegated", "consistent" -> {}
        default -> {
          return bad(value, "\"%s\" is not known to be harmless".formatted(option));
        }
      }
    }
    return between(parts[0], parts[1], readOnly);
  }

  /// Reads the comma separated `key=value` of `--mount`.
  static MountText ofMount(String value) {
    Optional<List<String>> fields = fields(value);
    if (fields.isEmpty()) {
      return bad(value, "its quotes do not match");
    }
    String type = "volume";
    String source = "";
    String target = "";
    boolean readOnly = false;
    for (String field : fields.get()) {
      int equals = field.indexOf('=');
      String key = equals < 0 ? field : field.substring(0, equals);
      String given = equals < 0 ? "true" : field.substring(equals + 1);
      switch (key.toLowerCase(java.util.Locale.ROOT)) {
        case "type" -> type = given;
        case "source", "src" -> source = given;
        case "target", "dst", "destination" -> target = given;
        case "readonly", "ro" -> readOnly = given.equals("true") || given.equals("1");
        case "volume-nocopy", "consistency", "bind-nonrecursive", "bind-recursive" -> {}
        case "tmpfs-size", "tmpfs-mode" -> {}
        default -> {
          return bad(value, "\"%s\" is not known to be harmless".formatted(key));
        }
      }
    }
    return switch (type) {
      case "tmpfs" -> empty(target);
      case "bind" ->
          source.startsWith("/")
              ? between(source, target, readOnly)
              : bad(value, "its source is not an absolute path");
      case "volume" ->
          source.isEmpty()
              ? empty(target)
              : source.startsWith("/")
                  ? bad(value, "a volume has a name, not a path")
                  : between(source, target, readOnly);
      default -> bad(value, "\"%s\" is no type".formatted(type));
    };
  }

  private static MountText between(String source, String target, boolean readOnly) {
    if (!isTarget(target)) {
      return bad(target, "nothing is mounted there");
    }
    ContainerMount.Mode mode =
        readOnly ? ContainerMount.Mode.READ_ONLY : ContainerMount.Mode.WRITABLE;
    if (source.startsWith("/")) {
      return source.indexOf('\0') >= 0
          ? bad(source, "it is no path")
          : new OfMachine(new ContainerMount(Path.of(source), target, mode));
    }
    return isName(source)
        ? new Kept(source, target, mode)
        : bad(source, "it is neither an absolute path nor the name of a volume");
  }

  private static MountText empty(String target) {
    return isTarget(target) ? new Empty(target) : bad(target, "nothing is mounted there");
  }

  /// Returns whether something may be mounted at `target`: an absolute path without `..`, not the
  /// root, and not among what the kernel shows there.
  static boolean isTarget(String target) {
    if (!target.startsWith("/") || target.indexOf(':') >= 0 || target.indexOf('\0') >= 0) {
      return false;
    }
    Path path = Path.of(target);
    return path.equals(path.normalize())
        && path.getNameCount() > 0
        && !path.startsWith("/proc")
        && !path.startsWith("/sys")
        && !path.startsWith("/dev");
  }

  private static boolean isName(String source) {
    return !source.isEmpty()
        && Character.isLetterOrDigit(source.charAt(0))
        && source
            .chars()
            .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "_.-".indexOf(c) >= 0));
  }

  private static Bad bad(String value, String reason) {
    return new Bad("\"%s\": %s".formatted(value, reason));
  }

  /* A line of comma separated values: a field in quotes may hold commas, and two quotes are one. */
  private static Optional<List<String>> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (c == '"' && (quoted || field.isEmpty())) {
        quoted = !quoted;
      } else if (c == '"' || c == '\n' || c == '\r') {
        return Optional.empty();
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return quoted ? Optional.empty() : Optional.of(fields);
  }
}
