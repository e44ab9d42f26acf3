// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.lsp;

import dev.redoubt.document.Node;

/// Where a range begins.
///
/// @param line counted from 1
/// @param column counted from 1, in UTF-16 units
record Place(int line, int column) {

  static Place of(Node range) {
    Node start = range.get("start").orElse(range);
    return new Place(number(start, "line", 0) + 1, number(start, "character", 0) + 1);
  }

  static int number(Node node, String key, int otherwise) {
    try {
      return Math.clamp(Long.parseLong(node.scalar(key).orElse("")), 0, 100_000_000);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
