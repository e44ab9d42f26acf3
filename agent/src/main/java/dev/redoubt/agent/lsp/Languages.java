// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.lsp;

import java.nio.file.Path;
import java.util.Locale;

/// What the language of a file is called in the protocol.
final class Languages {

  private Languages() {}

  static String of(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (ending) {
      case "ts", "mts", "cts" -> "typescript";
      case "tsx" -> "typescriptreact";
      case "js", "mjs", "cjs" -> "javascript";
      case "jsx" -> "javascriptreact";
      case "py", "pyi" -> "python";
      case "rs" -> "rust";
      case "rb" -> "ruby";
      case "sh", "bash" -> "shellscript";
      case "cc", "cpp", "cxx", "hh", "hpp" -> "cpp";
      case "h" -> "c";
      case "kt", "kts" -> "kotlin";
      case "cs" -> "csharp";
      case "yml" -> "yaml";
      case "md" -> "markdown";
      default -> ending;
    };
  }
}
