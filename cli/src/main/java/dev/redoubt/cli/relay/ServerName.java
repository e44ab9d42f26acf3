// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import java.util.List;
import java.util.Set;

/// What a server is called in rules when nobody names it: after the package or the script that its
/// command starts.
final class ServerName {

  private static final Set<String> LAUNCHERS =
      Set.of(
          "npx", "npm", "pnpm", "pnpx", "yarn", "bunx", "bun", "node", "deno", "tsx", "uvx", "uv",
          "pipx", "python", "python3", "java", "ruby", "docker", "podman", "env", "sh", "bash");
  private static final Set<String> WORDS =
      Set.of("exec", "run", "dlx", "x", "tool", "start", "-m", "-jar");
  private static final int LONGEST = 64;

  private ServerName() {}

  /// Returns 1 to 64 of `a-z A-Z 0-9 . _ -`.
  static String of(List<String> argv) {
    String named = argv.getFirst();
    if (LAUNCHERS.contains(last(named))) {
      named =
          argv.stream()
              .skip(1)
              .filter(word -> !word.startsWith("-") && !WORDS.contains(word))
              .findFirst()
              .orElse(named);
    }
    String name =
        last(withoutVersion(named))
            .replaceFirst("\\.(m?js|cjs|ts|py|jar|sh)$", "")
            .replaceAll("[^A-Za-z0-9._-]", "-");
    return name.isEmpty() ? "server" : name.substring(0, Math.min(LONGEST, name.length()));
  }

  private static String last(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  /* A scope begins with @ as a version does. */
  private static String withoutVersion(String word) {
    int at = word.lastIndexOf('@');
    return at > Math.max(0, word.lastIndexOf('/') + 1) ? word.substring(0, at) : word;
  }
}
