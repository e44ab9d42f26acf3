// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

/// A target that could not be read, in a form that can be written down: without what could be a
/// password, without control characters, cut short.
final class Shown {

  private static final int LONGEST = 200;

  private Shown() {}

  static String of(String target) {
    String tail = target.substring(target.lastIndexOf('@') + 1);
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < tail.length() && shown.length() < LONGEST; i++) {
      char c = tail.charAt(i);
      shown.append(c > ' ' && c < 0x7F ? c : '?');
    }
    return shown.isEmpty() ? "?" : shown.toString();
  }
}
