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
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One table of a configuration file, whose mistakes are named with their line.
///
/// @param name the keys that lead to it, each with a dot behind it
public record Table(Path file, String name, Node node) {

  private static final Limits LIMITS = new Limits(1 << 20, 20, 50_000);
  private static final List<String> OPTIONS =
      List.of(
          "sandbox",
          "undo",
          "providers",
          "models",
          "slots",
          "session-modes",
          "residencies",
          "fallback",
          "limits",
          "agents");

  public Table {
    requireNonNull(file, "file");
    requireNonNull(name, "name");
    requireNonNull(node, "node");
  }

  /// Returns the table `options` of the operator's own configuration, empty when there is none. A
  /// checkout has no say in it.
  ///
  /// @throws RedoubtException USAGE if the file is malformed, UNREADABLE if the one of `--config`
  ///   cannot be read
  public static Table options(Call call) {
    return root(call).table("options");
  }

  /// Returns the whole of the operator's own configuration, empty when there is none.
  ///
  /// @throws RedoubtException USAGE if the file is malformed, UNREADABLE if the one of `--config`
  ///   cannot be read
  public static Table root(Call call) {
    Path file = call.globals().config().orElseGet(() -> GlobalOptions.userConfig(call.world()));
    if (call.globals().config().isEmpty() && Files.notExists(file)) {
      return new Table(file, "", new Node.Nothing(1));
    }
    try (InputStream in = Files.newInputStream(file)) {
      return of(file, in.readNBytes((int) LIMITS.bytes() + 1));
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read the configuration \"%s\": %s".formatted(file, RedoubtException.reason(e)),
          e);
    }
  }

  /// Returns the whole of a configuration file.
  ///
  /// @param bytes what lies in `file`
  /// @throws RedoubtException USAGE if it is malformed
  public static Table of(Path file, byte[] bytes) {
    try {
      return new Table(file, "", Toml.read(bytes, LIMITS));
    } catch (DocumentException e) {
      String line = e.line() == null ? "" : ":" + e.line();
      throw new RedoubtException(
          ErrorCode.USAGE, "%s%s %s".formatted(file, line, e.getMessage()), e);
    }
  }

  /// Returns the tables of the list `key`, none when there is none.
  ///
  /// @throws RedoubtException USAGE if it is something else
  public List<Table> tables(String key) {
    Optional<Node> value = node.get(key);
    if (value.isPresent() && !(value.get() instanceof Node.Arr)) {
      throw wrong(key, "is no list of tables");
    }
    List<Table> tables = new ArrayList<>();
    for (Node item : node.items(key)) {
      if (!(item instanceof Node.Obj)) {
        throw wrong(key, "has something that is no table");
      }
      tables.add(new Table(file, name + key + ".", item));
    }
    return tables;
  }

  /// Returns the table `key`, empty when there is none. The table `options` of a file is checked
  /// for keys that no command knows: a mistyped one would leave a limit out without a word.
  public Table table(String key) {
    Optional<Node> below = node.get(key);
    if (below.isPresent() && !(below.get() instanceof Node.Obj)) {
      throw wrong(key, "is no table");
    }
    Table table = new Table(file, name + key + ".", below.orElse(new Node.Nothing(node.line())));
    if (table.name.equals("options.")) {
      table.requireKeys(OPTIONS);
    }
    return table;
  }

  /// Returns its keys, in the order of the file.
  List<String> keys() {
    return List.copyOf(node.fields().keySet());
  }

  /// Checks that it has no other keys than `valid`.
  ///
  /// @throws RedoubtException USAGE if it has one, naming the nearest valid key
  public void requireKeys(List<String> valid) {
    node.fields()
        .forEach((key, value) -> {
          if (!valid.contains(key)) {
            String nearest =
                Nearest.to(key, valid)
                    .map(near -> "did you mean \"%s%s\"?".formatted(name, near))
                    .orElse("valid here: " + String.join(", ", valid));
            throw wrong(value.line(), "there is no key \"%s%s\"; %s".formatted(name, key, nearest));
          }
        });
  }

  /// Returns the text `key`, empty when there is none.
  public Optional<String> text(String key) {
    Optional<Node> value = node.get(key);
    if (value.isPresent() && !(value.get() instanceof Node.Text)) {
      throw wrong(key, "is no text");
    }
    return node.text(key);
  }

  /// Returns whether `key` is true; false when it is left out.
  public boolean flag(String key) {
    String text = node.get(key).flatMap(Node::scalar).orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      throw wrong(key, "is neither true nor false");
    }
    return text.equals("true");
  }

  /// Returns the texts in the list `key`, none when there is no list.
  public List<String> texts(String key) {
    Optional<Node> value = node.get(key);
    if (value.isPresent() && !(value.get() instanceof Node.Arr)) {
      throw wrong(key, "is no list");
    }
    List<String> texts = new ArrayList<>();
    for (Node item : node.items(key)) {
      if (!(item instanceof Node.Text(String text, int _))) {
        throw wrong(key, "has something that is no text");
      }
      texts.add(text);
    }
    return texts;
  }

  /// Returns the number `key` from 1 to `most`, `usual` when it is left out.
  public long number(String key, long usual, long most) {
    Optional<Node> value = node.get(key);
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
    throw wrong(key, "is no number from 1 to %d".formatted(most));
  }

  /// Returns a size in the manner of `512MB` or `4GB`, in bytes.
  long bytes(String key, long usual) {
    Optional<Node> value = node.get(key);
    if (value.isEmpty()) {
      return usual;
    }
    String text = value.get().scalar().orElse("").toUpperCase(Locale.ROOT);
    int shift = text.endsWith("GB") ? 30 : text.endsWith("MB") ? 20 : 0;
    try {
      String digits = shift == 0 ? "" : text.substring(0, text.length() - 2).strip();
      long number = Long.parseLong(digits);
      if (number >= 1 && number <= 1 << 20) {
        return number << shift;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong(key, "is no size in the manner of 512MB or 4GB");
  }

  /// Returns the error that the value of `key` is wrong.
  public RedoubtException wrong(String key, String what) {
    int line = node.get(key).map(Node::line).orElse(node.line());
    return wrong(line, "%s%s %s".formatted(name, key, what));
  }

  private RedoubtException wrong(int line, String message) {
    return new RedoubtException(ErrorCode.USAGE, "%s:%d: %s".formatted(file, line, message));
  }
}
