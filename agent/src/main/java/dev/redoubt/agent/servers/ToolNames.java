// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import dev.redoubt.guard.Content;

/// What tools of servers are called for a model: `mcp__server__tool`, in the letters that all
/// providers take.
final class ToolNames {

  private static final int LONGEST = 64;
  private static final int DIGITS = 8;

  private ToolNames() {}

  /// Returns the name; different tools have different names. What has to be changed to fit ends
  /// with some digits that only this tool has.
  static String of(String server, String tool) {
    StringBuilder name = new StringBuilder("mcp__").append(server).append("__");
    for (int i = 0; i < tool.length(); i++) {
      char c = tool.charAt(i);
      name.append(isPlain(c) ? c : '_');
    }
    String plain = name.toString();
    if (plain.length() <= LONGEST && plain.endsWith("__" + tool)) {
      return plain;
    }
    String digits = Content.of(tool).sha256().substring(0, DIGITS);
    return plain.substring(0, Math.min(plain.length(), LONGEST - DIGITS - 1)) + "_" + digits;
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }
}
