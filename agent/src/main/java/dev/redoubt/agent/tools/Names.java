// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

/// Shows names that somebody else chose.
final class Names {

  private Names() {}

  /// Returns `name` without characters that would make it look like several lines.
  static String oneLine(String name) {
    if (name.chars().noneMatch(Character::isISOControl)) {
      return name;
    }
    StringBuilder shown = new StringBuilder();
    name.chars().forEach(c -> shown.append(Character.isISOControl(c) ? '\ufffd' : (char) c));
    return shown.toString();
  }
}
