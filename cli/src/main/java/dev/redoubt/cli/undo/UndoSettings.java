// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.undo;

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
import dev.redoubt.sandbox.snapshots.SnapshotLimits;
import dev.redoubt.sandbox.snapshots.SnapshotLimits.Kept;
import dev.redoubt.sandbox.snapshots.SnapshotLimits.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The table `[options.undo]` of the operator's own configuration. A checkout has no say in it.
///
/// @param recording whether turns are recorded
/// @param limits how much is recorded and kept
public record UndoSettings(Recording recording, SnapshotLimits limits) {

  /// Whether turns are recorded.
  public enum Recording {
    ON,
    /// `record = false`: nothing is recorded, and nothing can be undone.
    OFF
  }

  private static final Limits LIMITS = new Limits(1 << 20, 20, 50_000);
  private static final List<String> KEYS =
      List.of(
          "record",
          "max-file",
          "max-total",
          "max-entries",
          "max-generated",
          "max-generated-entries",
          "keep-turns",
          "keep-days",
          "keep-size");

  public UndoSettings {
    requireNonNull(recording, "recording");
    requireNonNull(limits, "limits");
  }

  /// Returns what the configuration of `call` says.
  ///
  /// @throws RedoubtException USAGE if it is malformed or has an unknown key, UNREADABLE if the
  ///   file of `--config` cannot be read
  public static UndoSettings of(Call call) {
    Path file = call.globals().config().orElseGet(() -> GlobalOptions.userConfig(call.world()));
    if (call.globals().config().isEmpty() && Files.notExists(file)) {
      return new UndoSettings(Recording.ON, SnapshotLimits.DEFAULT);
    }
    try (InputStream in = Files.newInputStream(file)) {
      Node root = Toml.read(in.readNBytes((int) LIMITS.bytes() + 1), LIMITS);
      Node undo =
          new dev.redoubt.cli.sandbox.Table(file, "", root).table("options").table("undo").node();
      return new Table(file, undo).settings();
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

  /* The table, with every key of it checked. */
  private record Table(Path file, Node undo) {

    UndoSettings settings() {
      for (Map.Entry<String, Node> field : undo.fields().entrySet()) {
        if (!KEYS.contains(field.getKey())) {
          String nearest =
              Nearest.to(field.getKey(), KEYS)
                  .map(near -> "did you mean \"options.undo.%s\"?".formatted(near))
                  .orElse("valid here: " + String.join(", ", KEYS));
          throw wrong(
              field.getValue(),
              "there is no key \"options.undo.%s\"; %s".formatted(field.getKey(), nearest));
        }
      }
      State state = State.DEFAULT;
      Kept kept = Kept.DEFAULT;
      return new UndoSettings(
          recording(),
          new SnapshotLimits(
              new State(
                  bytes("max-file", state.fileBytes()),
                  bytes("max-total", state.bytes()),
                  number("max-entries", state.entries()),
                  bytes("max-generated", state.heavyBytes()),
                  number("max-generated-entries", state.heavyEntries())),
              new Kept(
                  number("keep-turns", kept.turns()),
                  Duration.ofDays(number("keep-days", (int) kept.age().toDays())),
                  bytes("keep-size", kept.bytes()))));
    }

    private Recording recording() {
      Optional<Node> value = undo.get("record");
      if (value.isEmpty()) {
        return Recording.ON;
      }
      if (value.get() instanceof Node.Bool(boolean on, int _)) {
        return on ? Recording.ON : Recording.OFF;
      }
      throw wrong(value.get(), "options.undo.record is not true or false");
    }

    private int number(String key, int usual) {
      Optional<Node> value = undo.get(key);
      if (value.isEmpty()) {
        return usual;
      }
      String text = value.get().scalar().orElse("");
      if (text.matches("[1-9][0-9]{0,6}")) {
        return Integer.parseInt(text);
      }
      throw wrong(
          value.get(),
          "options.undo.%s \"%s\" is no number from 1 to 9999999".formatted(key, text));
    }

    private long bytes(String key, long usual) {
      Optional<Node> value = undo.get(key);
      if (value.isEmpty()) {
        return usual;
      }
      String text = value.get().scalar().orElse("").toUpperCase(Locale.ROOT);
      if (text.matches("[1-9][0-9]{0,5}[KMG]B")) {
        int shift =
            switch (text.charAt(text.length() - 2)) {
              case 'K' -> 10;
              case 'M' -> 20;
              default -> 30;
            };
        return Long.parseLong(text.substring(0, text.length() - 2)) << shift;
      }
      throw wrong(
          value.get(),
          "options.undo.%s \"%s\" is no size in the manner of 64MB or 2GB".formatted(key, text));
    }

    private RedoubtException wrong(Node at, String message) {
      return new RedoubtException(ErrorCode.USAGE, "%s:%d: %s".formatted(file, at.line(), message));
    }
  }
}
