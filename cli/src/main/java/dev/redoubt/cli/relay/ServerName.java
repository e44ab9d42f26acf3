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
  /* Options of docker, podman, uv, npm, npx, node, deno, python, java and env whose value is the
   * next word. */
  private static final Set<String> WITH_VALUE =
      Set.of(
          "-e",
          "--env",
          "--env-file",
          "-v",
          "--volume",
          "--mount",
          "--name",
          "--network",
          "--net",
          "-p",
          "--publish",
          "-w",
          "--workdir",
          "--user",
          "--entrypoint",
          "-l",
          "--label",
          "--platform",
          "--memory",
          "--cpus",
          "--add-host",
          "-h",
          "--hostname",
          "--dns",
          "--cap-add",
          "--cap-drop",
          "--security-opt",
          "--tmpfs",
          "--ulimit",
          "--pull",
          "--gpus",
          "--device",
          "--runtime",
          "--restart",
          "--log-driver",
          "--log-opt",
          "--ip",
          "--pids-limit",
          "--directory",
          "--project",
          "--with",
          "--with-requirements",
          "--with-editable",
          "--python",
          "--from",
          "--index",
          "--index-url",
          "--default-index",
          "--extra-index-url",
          "--extra",
          "--group",
          "--cache-dir",
          "--config-file",
          "--package",
          "--prefix",
          "--registry",
          "--userconfig",
          "--workspace",
          "-C",
          "--cwd",
          "-c",
          "--config",
          "-r",
          "--require",
          "--import",
          "--loader",
          "--env-file-if-exists",
          "--import-map",
          "--cert",
          "-W",
          "-X",
          "-cp",
          "-classpath",
          "--class-path",
          "--module-path",
          "--add-opens",
          "--add-exports",
          "--add-modules",
          "--unset",
          "--chdir",
          "--spec");
  private static final int LONGEST = 64;

  private ServerName() {}

  /// Returns 1 to 64 of `a-z A-Z 0-9 . _ -`.
  static String of(List<String> argv) {
    String named = argv.getFirst();
    if (LAUNCHERS.contains(last(named))) {
      named = started(argv);
    }
    String name =
        last(withoutVersion(named))
            .replaceFirst("\\.(m?js|cjs|ts|py|jar|sh)$", "")
            .replaceAll("[^A-Za-z0-9._-]", "-");
    return name.isEmpty() ? "server" : name.substring(0, Math.min(LONGEST, name.length()));
  }

  /* What a launcher starts: never a variable, and never the value of an option, which may be a
   * secret. */
  private static String started(List<String> argv) {
    for (int i = 1; i < argv.size(); i++) {
      String word = argv.get(i);
      if (word.startsWith("-")) {
        i += WITH_VALUE.contains(word) ? 1 : 0;
      } else if (!word.contains("=") && !WORDS.contains(word) && !LAUNCHERS.contains(last(word))) {
        return word;
      }
    }
    return argv.getFirst();
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
