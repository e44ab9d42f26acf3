// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.paths.PathJudge;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Attacks the judgement of paths, as tools hand them over.
class PathHostileTest {

  private static final Situation SITUATION =
      new Situation(Bench.WORKSPACE, Situation.Trust.TRUSTED, Situation.Wall.NONE, "/home/dev");

  private static Decision judge(Access access, String path) {
    String absolute = path.startsWith("/") ? path : Bench.WORKSPACE + "/" + path;
    return new PathJudge(FileFacts.NONE)
        .judge(new Effect.File(access, new Place(path, absolute, Place.Kind.EXACT)), SITUATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/home/dev/.ssh/id_rsa",
        "/home/dev/project/../.ssh/id_rsa",
        "../.ssh/id_rsa",
        "src/../../.ssh/id_rsa",
        ".//..//.ssh//id_rsa",
        "./.././.ssh/./id_rsa",
        "/home/dev//.aws///credentials",
        "/home/./dev/.aws/credentials",
        "/home/dev/.ssh/",
        "/home/dev/.SSH/id_rsa",
        "/home/dev/.gnupg/private-keys-v1.d/x.key",
        "/home/dev/.netrc",
        "/home/dev/.git-credentials",
        "/home/dev/.kube/config",
        "/home/dev/.docker/config.json",
        "/home/dev/.config/gcloud/credentials.db",
        "/home/dev/.bash_history",
        "/home/dev/.claude/.credentials.json",
        "/home/dev/.codex/auth.json",
        "/home/other/.ssh/id_ed25519",
        "/root/.ssh/id_rsa",
        "/etc/shadow",
        "/etc/../etc/shadow",
        "/usr/../etc/shadow",
        "/tmp/../etc/shadow",
        "/etc/sudoers",
        "/etc/ssh/ssh_host_ed25519_key",
        ".env",
        "./.env",
        "src/../.env",
        "config/.env.production",
        ".ENV",
        "keys/id_ed25519",
        "/proc/self/environ",
        "/proc/1/environ",
        "/proc/self/root/etc/shadow",
        "/proc/thread-self/environ",
        "/proc/1/mem",
        "/proc/self/root/home/dev/.ssh/id_rsa",
        "/proc/self/cwd/../.ssh/id_rsa",
        "/dev/mem",
        "/dev/sda",
        "/run/secrets/token",
        "/var/run/docker.sock",
        "/run/docker.sock",
      })
  void aSecretIsDeniedToEveryReaderAndWriter(String path) {
    assertThat(judge(Access.READ, path)).isInstanceOf(Decision.Deny.class);
    assertThat(judge(Access.WRITE, path)).isInstanceOf(Decision.Deny.class);
    assertThat(judge(Access.DELETE, path)).isInstanceOf(Decision.Deny.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/home/dev/project-evil/x",
        "/home/dev/projectx",
        "/home/dev/PROJECT/../x",
        "/home/dev/.bashrc",
        "/home/dev/.profile",
        "/home/dev/.gitconfig",
        "/home/dev/.config/autostart/x.desktop",
        "/home/dev/bin/ls",
        "/etc/passwd",
        "/etc/hosts",
        "/etc/cron.d/x",
        "/etc/ld.so.preload",
        "/usr/bin/ls",
        "/usr/local/bin/ls",
        "/bin/sh",
        "/lib/x.so",
        "/opt/x",
        "/var/spool/cron/dev",
        "/boot/vmlinuz",
        "/proc/sys/kernel/core_pattern",
        "/proc/self/oom_score_adj",
        "/sys/kernel/x",
        "/dev/kmsg",
        "/x",
        "/",
        "..",
        "../x",
        "src/../../x",
        "a/b/c/../../../../x",
        ".git/config",
        ".git/hooks/pre-commit",
        ".GIT/config",
        "sub/.git/config",
        "./.git/./config",
        "src/../.git/config",
        ".mcp.json",
        ".vscode/tasks.json",
        ".claude/settings.json",
        ".cursor/mcp.json",
        ".codex/config.toml",
        ".gemini/settings.json",
        ".idea/workspace.xml",
        ".envrc",
        ".devcontainer/devcontainer.json",
        ".mvn/extensions.xml",
        ".npmrc",
        ".yarnrc.yml",
        "redoubt.toml",
        "a\u0000b",
        "/home/dev/project\u0000/../../x",
        "a\nb/../../../x",
      })
  void writingOutOrIntoWhatStartsCodeIsDenied(String path) {
    assertThat(judge(Access.WRITE, path)).isInstanceOf(Decision.Deny.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tmp/x",
        "/var/tmp/x",
        "/dev/shm/x",
        "%2e%2e/x",
        "..%2fx",
        "%2e%2e%2f%2e%2e%2fetc/passwd",
        "..\\x",
        "C:\\Windows\\x",
        "\\\\server\\share",
        "~/x",
        "~root/x",
        "$HOME/x",
        "file:///etc/passwd",
        "a\u202eb",
        "a\u200bb",
        "a\u001b[2Kb",
        "a\rb",
        "../../../../../../../../etc/passwd",
        "\uff0e\uff0e/x",
        ".gitmodules",
        "src/~/x",
        "${HOME}/x",
        "/proc/self/cwd/x",
        "/dev/fd/3",
        "/proc/self/fd/1",
      })
  void aTrickyPathIsNotWrittenUnasked(String path) {
    assertThat(judge(Access.WRITE, path)).isNotInstanceOf(Decision.Allow.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server.pem",
        "keystore.jks",
        "~/x",
        "$HOME/x",
        "file:///home/dev/x",
        "/etc/passwd",
        "/var/log/auth.log",
        "/home/other/x",
        "/home/dev/x",
        "../x",
        "/tmp/x",
        "/home/dev/project-evil/x",
      })
  void whatMayBeSecretOrForeignIsNotReadUnasked(String path) {
    assertThat(judge(Access.READ, path)).isNotInstanceOf(Decision.Allow.class);
  }

  @ParameterizedTest
  @EnumSource(Access.class)
  void theHomeAndTheRootAreNoOrdinaryPlaces(Access access) {
    assertThat(judge(access, "/home/dev")).isNotInstanceOf(Decision.Allow.class);
    assertThat(judge(access, "/")).isNotInstanceOf(Decision.Allow.class);
    assertThat(judge(access, "..")).isNotInstanceOf(Decision.Allow.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".", "", ".git", "./", "src/..", "/home/dev/project", "/home/dev/project/"})
  void theWorkspaceItselfIsNeverDeleted(String path) {
    assertThat(judge(Access.DELETE, path)).isInstanceOf(Decision.Deny.class);
  }
}
