// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.sandbox;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.GlobalOptions;
import dev.redoubt.cli.Nearest;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.wall.ResourceLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The table `[options.sandbox]` of the operator's own configuration. A checkout has no say in it.
///
/// @param backend its name, or `auto`
/// @param passed names of variables that commands get besides the usual ones
/// @param limits what one command may use
/// @param table the whole table, of which each backend reads its own part
public record SandboxSettings(
    String backend, List<String> passed, ResourceLimits limits, Node table) {

  private static final Limits LIMITS = new Limits(1 << 20, 20, 50_000);
  private static final List<String> KEYS =
      List.of("backend", "env-pass", "limits", "docker", "ssh");
  private static final List<String> LIMIT_KEYS =
      List.of("processes", "memory", "file-size", "temporary", "cpus");

  public SandboxSettings {
    requireNonNull(backend, "backend");
    passed = List.copyOf(passed);
    requireNonNull(limits, "limits");
    requireNonNull(table, "table");
  }

  /// Returns what the configuration of `call` says.
  ///
  /// @throws RedoubtException USAGE if it is malformed or has an unknown key, UNREADABLE if the
  ///   file of `--config` cannot be read
  public static SandboxSettings of(Call call) {
    Path file = call.globals().config().orElseGet(() -> GlobalOptions.userConfig(call.world()));
    if (call.globals().config().isEmpty() && Files.notExists(file)) {
      return new Reader(file).settings(new Node.Nothing(1));
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new Reader(file).settings(Toml.read(in.readNBytes((int) LIMITS.bytes() + 1), LIMITS));
    } catch (DocumentException e) {
      String line = e.line() == null ? "" : ":" + e.line();
      throw new RedoubtException(
          ErrorCode.USAGE, "%s%s %s".formatted(file, line, e.getMessage()), e);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read the configuration \"%s\": %s".formatted(file, RedoubtException.reason(e)),
          e);
    }
  }

  /* Reads the table and checks every key of it. */
  private record Reader(Path file) {

    SandboxSettings settings(Node root) {
      Node options = root.get("options").orElse(new Node.Nothing(1));
      Node sandbox = options.get("sandbox").orElse(new Node.Nothing(options.line()));
      requireKeys(sandbox, KEYS, "options.sandbox.");
      List<String> passed = new ArrayList<>();
      for (Node item : sandbox.items("env-pass")) {
        passed.add(
            item.scalar()
                .filter(name -> name.matches("[A-Za-z_][A-Za-z0-9_]*\\*?"))
                .orElseThrow(() ->
                    wrong(item, "options.sandbox.env-pass has something that is no variable")));
      }
      String backend = sandbox.text("backend").orElse("local");
      return new SandboxSettings(backend, passed, limits(sandbox), sandbox);
    }

    private ResourceLimits limits(Node sandbox) {
      Node limits = sandbox.get("limits").orElse(new Node.Nothing(1));
      requireKeys(limits, LIMIT_KEYS, "options.sandbox.limits.");
      ResourceLimits usual = ResourceLimits.DEFAULT;
      return new ResourceLimits(
          (int) number(limits, "processes", usual.processes(), 1_000_000),
          bytes(limits, "memory", usual.memoryBytes()),
          bytes(limits, "file-size", usual.fileBytes()),
          bytes(limits, "temporary", usual.temporaryBytes()),
          (int) number(limits, "cpus", usual.cpus() / 100, 1024) * 100);
    }

    private long number(Node table, String key, long usual, long most) {
      Optional<Node> value = table.get(key);
      if (value.isEmpty()) {
        return usual;
      }
      try {
        long number = Long.parseLong(value.get().scalar().orElse(""));
        if (number >= 1 && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
      throw wrong(
          value.get(), "options.sandbox.limits.%s is no number from 1 to %d".formatted(key, most));
    }

    private long bytes(Node table, String key, long usual) {
      Optional<Node> value = table.get(key);
      if (value.isEmpty()) {
        return usual;
      }
      String text = value.get().scalar().orElse("").toUpperCase(Locale.ROOT);
      int shift = text.endsWith("GB") ? 30 : text.endsWith("MB") ? 20 : 0;
      try {
        long number =
            Long.parseLong(shift == 0 ? "" : text.substring(0, text.length() - 2).strip());
        if (number >= 1 && number <= 1 << 20) {
          return number << shift;
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
      throw wrong(
          value.get(),
          "options.sandbox.limits.%s is no size in the manner of 512MB or 4GB".formatted(key));
    }

    private void requireKeys(Node table, List<String> valid, String prefix) {
      table
          .fields()
          .forEach((key, value) -> {
            if (!valid.contains(key)) {
              String nearest =
                  Nearest.to(key, valid)
                      .map(near -> "did you mean \"%s%s\"?".formatted(prefix, near))
                      .orElse("valid here: " + String.join(", ", valid));
              throw wrong(value, "there is no key \"%s%s\"; %s".formatted(prefix, key, nearest));
            }
          });
    }

    private RedoubtException wrong(Node at, String message) {
      return new RedoubtException(ErrorCode.USAGE, "%s:%d: %s".formatted(file, at.line(), message));
    }
  }
}
