// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.stops;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Json;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What is stopped on this machine for this user, one file each, so that every relay knows it with
/// the next message. What cannot be looked at counts as stopped. Safe to share between threads and
/// programs.
public final class Stops {

  private static final Limits LIMITS = new Limits(64 << 10, 5, 100);
  private static final String END = ".json";
  private static final int LONGEST_NAME = 64;

  private final Path folder;
  private final Clock clock;

  /// @param folder where it is kept; made when it is needed
  public Stops(Path folder, Clock clock) {
    this.folder = requireNonNull(folder, "folder");
    this.clock = requireNonNull(clock, "clock");
  }

  /// What can be stopped.
  ///
  /// @param kind `all`, `server` or `agent`
  /// @param name of the server or agent; empty for all
  public record Target(String kind, String name) {

    /// Everything.
    public static final Target ALL = new Target("all", "");

    public Target {
      int shortest =
          switch (kind) {
            case "all" -> 0;
            case "server", "agent" -> 1;
            default -> throw new IllegalArgumentException("\"%s\" is no kind".formatted(kind));
          };
      if (!name.matches("[A-Za-z0-9._-]{%d,%d}".formatted(shortest, shortest * LONGEST_NAME))) {
        throw new IllegalArgumentException("\"%s\" is no name".formatted(name));
      }
    }

    /// Returns the server that rules call `name`.
    public static Target server(String name) {
      return new Target("server", name);
    }

    /// Returns the agent whose client calls itself or its token `name`: in lower case, 64
    /// characters of it, with `-` for whatever else than `a-z 0-9 . _ -` it has.
    ///
    /// @throws IllegalArgumentException if `name` is empty
    public static Target agent(String name) {
      String cut = name.substring(0, Math.min(LONGEST_NAME, name.length()));
      return new Target("agent", cut.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-"));
    }

    private String file() {
      return name.isEmpty() ? kind + END : kind + "+" + name + END;
    }
  }

  /// A stop.
  ///
  /// @param target what is stopped
  /// @param reason why, in words of whoever did it; may be empty
  /// @param by who
  /// @param at when, as RFC 3339 has it
  public record Stop(Target target, String reason, String by, String at) {}

  /// Stops `target` until it is lifted.
  ///
  /// @throws RedoubtException UNWRITABLE if that cannot be kept
  public void stop(Target target, String reason, String by) {
    Map<String, Node> fields = new LinkedHashMap<>();
    fields.put("reason", new Node.Text(reason, 1));
    fields.put("by", new Node.Text(by, 1));
    fields.put("at", new Node.Text(clock.instant().toString(), 1));
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      // Half of it stops as well as all of it.
      Files.write(
          folder.resolve(target.file()),
          JsonText.of(new Node.Obj(fields, 1)).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "the stop cannot be kept in \"%s\": %s".formatted(folder, RedoubtException.reason(e)),
          e);
    }
  }

  /// Lifts the stop of `target`.
  ///
  /// @return whether it was stopped
  /// @throws RedoubtException UNWRITABLE if it cannot be lifted
  public boolean lift(Target target) {
    try {
      return Files.deleteIfExists(folder.resolve(target.file()));
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "the stop in \"%s\" cannot be lifted: %s".formatted(folder, RedoubtException.reason(e)),
          e);
    }
  }

  /// Returns what is stopped.
  ///
  /// @throws RedoubtException UNREADABLE if that cannot be read
  public List<Stop> all() {
    List<Stop> stops = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + END)) {
      for (Path file : files) {
        target(file).ifPresent(target -> stops.add(read(file, target)));
      }
    } catch (NoSuchFileException e) {
      return stops;
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "what is stopped in \"%s\" cannot be read: %s"
              .formatted(folder, RedoubtException.reason(e)),
          e);
    }
    stops.sort((one, other) -> one.target().file().compareTo(other.target().file()));
    return stops;
  }

  private static Optional<Target> target(Path file) {
    String name = String.valueOf(file.getFileName());
    String[] parts = name.substring(0, name.length() - END.length()).split("\\+", 2);
    try {
      return Optional.of(new Target(parts[0], parts.length == 1 ? "" : parts[1]));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Stop read(Path file, Target target) {
    try (InputStream in = Files.newInputStream(file)) {
      Node node = Json.readStrict(in.readNBytes((int) LIMITS.bytes() + 1), LIMITS);
      return new Stop(
          target,
          node.text("reason").orElse(""),
          node.text("by").orElse(""),
          node.text("at").orElse(""));
    } catch (IOException e) {
      return new Stop(target, "", "", "");
    }
  }

  /// Returns which of `targets` is stopped; empty when none is.
  Optional<Target> stopped(List<Target> targets) {
    // Asked for every message, and most people never stop anything.
    Optional<Boolean> kept = folderIsThere();
    if (kept.isEmpty()) {
      return targets.stream().findFirst();
    }
    if (!kept.get()) {
      return Optional.empty();
    }
    for (Target target : targets) {
      if (!isAbsent(folder.resolve(target.file()))) {
        return Optional.of(target);
      }
    }
    return Optional.empty();
  }

  /* Empty when that cannot be known, as when something else lies in its place. */
  private Optional<Boolean> folderIsThere() {
    try {
      BasicFileAttributes attributes =
          folder
              .getFileSystem()
              .provider()
              .readAttributesIfExists(folder, BasicFileAttributes.class);
      if (attributes == null) {
        return Optional.of(false);
      }
      return attributes.isDirectory() ? Optional.of(true) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /* What cannot be looked at is not absent. */
  private static boolean isAbsent(Path path) {
    try {
      return path.getFileSystem()
              .provider()
              .readAttributesIfExists(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          == null;
    } catch (IOException e) {
      return false;
    }
  }
}
