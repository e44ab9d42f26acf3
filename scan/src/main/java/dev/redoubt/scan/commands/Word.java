// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.commands;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/// One word of a command line, and the line of the file that it was written on.
public record Word(String text, int line) {

  public Word {
    requireNonNull(text, "text");
  }

  boolean isFlag() {
    return text.length() > 1 && text.charAt(0) == '-';
  }

  /// Returns the program that this word names: without folders, without a Windows extension, lower
  /// case.
  public String program() {
    int slash = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\'));
    String name = text.substring(slash + 1).toLowerCase(Locale.ROOT);
    for (String extension : new String[] {".exe", ".cmd", ".bat", ".ps1"}) {
      if (name.endsWith(extension)) {
        return name.substring(0, name.length() - extension.length());
      }
    }
    return name;
  }
}
