// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Programs whose first operand is a small program: `sed`, `awk`, `jq`.
final class ScriptShelf implements Shelf {

  private static final List<String> NAMES =
      List.of("sed", "gsed", "awk", "gawk", "mawk", "nawk", "original-awk", "jq", "yq", "xmllint");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "sed", "gsed" -> new SedManual(name);
      case "awk", "gawk", "mawk", "nawk", "original-awk" -> new AwkManual(name);
      case "jq" -> new JqManual();
      case "yq" -> new YqManual();
      case "xmllint" -> new XmllintManual();
      default -> null;
    };
  }
}
