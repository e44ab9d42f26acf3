// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import dev.redoubt.cli.CommandOutput;

/// How words are set off on a terminal: by colour, or not at all.
///
/// @param look whether colours are written
record Style(Look look) {

  /// Whether colours are written.
  enum Look {
    COLOURED,
    /// Words alone: no escape sequence is ever written.
    PLAIN
  }

  boolean isColoured() {
    return look == Look.COLOURED;
  }

  /// Returns foreign `text` so that it cannot steer a terminal; one line stays one line.
  static String safe(String text) {
    return CommandOutput.plain(text);
  }

  String bold(String text) {
    return with("1", text);
  }

  String dim(String text) {
    return with("2", text);
  }

  String red(String text) {
    return with("31", text);
  }

  String green(String text) {
    return with("32", text);
  }

  String yellow(String text) {
    return with("33", text);
  }

  String cyan(String text) {
    return with("36", text);
  }

  private String with(String code, String text) {
    return isColoured() && !text.isEmpty() ? "\033[" + code + "m" + text + "\033[0m" : text;
  }

  /// Returns one safe line of a unified diff in its colour.
  String diff(String line) {
    if (line.startsWith("+++") || line.startsWith("---")) {
      return bold(line);
    }
    if (line.startsWith("@@")) {
      return cyan(line);
    }
    return line.startsWith("+") ? green(line) : line.startsWith("-") ? red(line) : line;
  }
}
