// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathJudgeTest {

  private static final String WORKSPACE = "/home/u/work";
  private static final Situation SITUATION = situation(WORKSPACE, "/home/u");

  private static Situation situation(String workspace, String home) {
    return new Situation(workspace, Trust.TRUSTED, Wall.NONE, home);
  }

  private static Decision judge(Access access, String path) {
    return judge(access, path, SITUATION);
  }

  private static Decision judge(Access access, String path, Situation situation) {
    String absolute = path.startsWith("/") ? path : situation.workspace() + "/" + path;
    return new PathJudge(FileFacts.NONE)
        .judge(new Effect.File(access, new Place(path, absolute, Place.Kind.EXACT)), situation);
  }

  private static Decision glob(Access access, String pattern) {
    String absolute = pattern.startsWith("/") ? pattern : WORKSPACE + "/" + pattern;
    return new PathJudge(FileFacts.NONE)
        .judge(new Effect.File(access, new Place(pattern, absolute, Place.Kind.GLOB)), SITUATION);
  }

  private static String answer(Decision decision) {
    return switch (decision) {
          case Decision.Allow _ -> "allow ";
          case Decision.Ask _ -> "ask ";
          case Decision.Deny _ -> "deny ";
        }
        + decision.rule();
  }

  @ParameterizedTest
  @CsvSource({
    "READ, README.md, allow path.workspace",
    "READ, src/../README.md, allow path.workspace",
    "WRITE, src/Main.java, allow path.workspace",
    "WRITE, .gitignore, allow path.workspace",
    "WRITE, .github/ISSUE_TEMPLATE/bug.md, allow path.workspace",
    "DELETE, target, allow path.workspace",
    "DELETE, node_modules, allow path.workspace",
    "LIST, /home/u/work, allow path.workspace",
    "SEARCH, /home/u/work, allow path.workspace",
    "SEARCH, src, allow path.workspace",
    "WRITE, /home/u/work, allow path.workspace",
    "READ, .env.example, allow path.workspace",
    "READ, .env.production.template, allow path.workspace",
    "READ, keys/id_rsa.pub, allow path.workspace",
    "READ, .git/HEAD, allow path.workspace",
    "READ, .github/workflows/ci.yml, allow path.workspace",
    "READ, AGENTS.md, allow path.workspace",
    "READ, notes..txt, allow path.workspace",
    "READ, environment.ts, allow path.workspace",
    "READ, src/Outer$Inner.java, allow path.workspace",
    "READ, 100%.txt, allow path.workspace",
    "READ, a%20b.txt, allow path.workspace",
    "READ, café/naïve.txt, allow path.workspace",
    "READ, cafe\u0301.txt, allow path.workspace",
    "WRITE, /dev/null, allow path.stream",
    "WRITE, /dev/stderr, allow path.stream",
    "READ, /dev/stdin, allow path.stream",
    "READ, /dev/fd/0, allow path.stream",
    "READ, /dev/urandom, allow path.system",
    "READ, /usr/include/stdio.h, allow path.system",
    "LIST, /usr/lib, allow path.system",
    "READ, /etc/os-release, allow path.system",
    "READ, /etc/hosts, allow path.system",
    "READ, /etc/ssl/certs/ca.pem, allow path.system",
    "READ, /proc/cpuinfo, allow path.system",
  })
  void ordinaryWorkPasses(Access access, String path, String expected) {
    assertThat(answer(judge(access, path))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "READ, /home/u/.ssh/id_ed25519, ssh",
    "READ, /home/other/.ssh/config, ssh",
    "READ, /root/.ssh/authorized_keys, ssh",
    "LIST, /home/u/.ssh, ssh",
    "WRITE, /home/u/.ssh/authorized_keys2, ssh",
    "DELETE, /home/u/.ssh, ssh",
    "READ, backup/id_rsa, ssh",
    "READ, backup/id_rsa.bak, ssh",
    "READ, /home/u/.SSH/ID_RSA, ssh",
    "READ, /var/lib/jenkins/.ssh/id_rsa, ssh",
    "READ, /home/u/.aws/credentials, cloud",
    "READ, /Users/u/.config/gcloud/credentials.db, cloud",
    "READ, /home/u/.kube/config, kubernetes",
    "READ, /home/u/.docker/config.json, containers",
    "READ, /home/u/.npmrc, registries",
    "READ, /home/u/.m2/settings.xml, registries",
    "READ, /home/u/.cargo/credentials.toml, registries",
    "READ, .pypirc, registries",
    "READ, /home/u/.netrc, git-credentials",
    "READ, /home/u/.config/redoubt/keys/groq.key, passwords",
    "READ, /home/u/.config/gh/hosts.yml, git-credentials",
    "READ, /home/u/.pgpass, databases",
    "READ, infra/terraform.tfstate, terraform",
    "READ, /home/u/.vault-token, vault",
    "READ, /home/u/.password-store/mail.gpg, passwords",
    "READ, '/Users/u/Library/Keychains/login.keychain-db', passwords",
    "READ, /home/u/.mozilla/firefox/p/logins.json, browsers",
    "READ, '/Users/u/Library/Application Support/Google/Chrome/Default/Cookies', browsers",
    "READ, /home/u/.thunderbird/x, mail",
    "READ, /home/u/.bash_history, history",
    "READ, .env, environment",
    "WRITE, .env, environment",
    "READ, app/.env.production, environment",
    "READ, .envrc, environment",
    "READ, /home/u/.claude/.credentials.json, agent",
    "READ, /home/u/.codex/auth.json, agent",
    "READ, /home/u/.bitcoin/wallet.dat, wallet",
    "READ, /etc/shadow, accounts",
    "READ, /etc/sudoers.d/admin, accounts",
    "READ, /etc/ssh/ssh_host_ed25519_key, ssh",
    "READ, /proc/self/environ, process",
    "READ, /proc/1/root/etc/hostname, process",
    "READ, /proc/self/cwd/README.md, process",
    "READ, /proc/42/task/42/mem, process",
    "READ, /proc/thread-self/fd/5, process",
    "READ, /dev/mem, device",
    "READ, /dev/sda1, device",
    "WRITE, /dev/tcp/203.0.113.1/80, network",
    "WRITE, /var/run/docker.sock, socket",
    "READ, /run/user/1000/bus, socket",
    "READ, /var/run/secrets/kubernetes.io/serviceaccount/token, mounted-secrets",
    "READ, /var/lib/cloud/instance/user-data.txt, mounted-secrets",
    "READ, /home/u/.local/share/redoubt/evidence/key, redoubt",
    "READ, /private/etc/master.passwd, accounts",
    "READ, C:/Users/u/.ssh/id_rsa, ssh",
    "READ, /mnt/c/Users/u/AppData/Roaming/gcloud/x, cloud",
  })
  void secretsAreDeniedWhereverTheyLie(Access access, String path, String kind) {
    assertThat(answer(judge(access, path))).isEqualTo("deny path.sensitive." + kind);
  }

  @ParameterizedTest
  @CsvSource({
    "WRITE, .git/hooks/pre-commit, deny path.protected.git",
    "READ, .git/config, ask path.sensitive.tokens",
    "READ, .npmrc, ask path.sensitive.tokens",
    "READ, .mcp.json, ask path.sensitive.tokens",
    "READ, .cursor/mcp.json, ask path.sensitive.tokens",
    "WRITE, .git/config, deny path.protected.git",
    "DELETE, .git, deny path.protected.git",
    "DELETE, .git/hooks, deny path.protected.git",
    "WRITE, .GIT/Hooks/pre-commit, deny path.protected.git",
    "WRITE, sub/.git/hooks/post-checkout, deny path.protected.git",
    "WRITE, .git/modules/m/config, deny path.protected.git",
    "WRITE, .git/HEAD, ask path.protected.git",
    "WRITE, .gitattributes, ask path.protected.git",
    "WRITE, .mcp.json, deny path.protected.agent-config",
    "WRITE, .claude/settings.json, deny path.protected.agent-config",
    "WRITE, sub/.vscode/tasks.json, deny path.protected.agent-config",
    "DELETE, .cursor, deny path.protected.agent-config",
    "WRITE, .npmrc, deny path.protected.build-config",
    "WRITE, .mvn/extensions.xml, deny path.protected.build-config",
    "DELETE, .cargo, deny path.protected.build-config",
    "WRITE, .cargo, ask path.protected.build-config",
    "WRITE, gradlew, ask path.protected.build-config",
    "WRITE, .github/workflows/ci.yml, ask path.protected.ci",
    "WRITE, CLAUDE.md, ask path.protected.instructions",
    "WRITE, docs/AGENTS.md, ask path.protected.instructions",
    "WRITE, redoubt.toml, deny path.protected.policy",
    "WRITE, .redoubt/policy.toml, deny path.protected.policy",
    "WRITE, /home/u/.bashrc, deny path.protected.startup",
    "READ, certs/server.pem, ask path.sensitive.key",
    "WRITE, certs/server.pem, allow path.workspace",
  })
  void whatIsObeyedLaterIsProtected(Access access, String path, String expected) {
    assertThat(answer(judge(access, path))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "READ, /home/u/other/README.md, ask path.outside-read",
    "READ, ../other/README.md, ask path.outside-read",
    "READ, /home/u/work-evil/README.md, ask path.outside-read",
    "READ, /etc/passwd, deny path.sensitive.accounts",
    "LIST, /, ask path.outside-read",
    "LIST, /home/u, ask path.outside-read",
    "LIST, /etc, ask path.outside-read",
    "SEARCH, /home/u, deny path.sensitive.ssh",
    "SEARCH, /, deny path.sensitive.passwords",
    "SEARCH, /etc, deny path.sensitive.accounts",
    "WRITE, ../other/x, deny path.outside-write",
    "WRITE, /home/u/work-evil/x, deny path.outside-write",
    "WRITE, /etc/passwd, deny path.sensitive.accounts",
    "WRITE, /usr/bin/x, deny path.outside-write",
    "WRITE, /tmp/x, ask path.temporary",
    "DELETE, /tmp/x, ask path.temporary",
    "DELETE, /tmp, deny path.sensitive.machine-keys",
    "READ, /tmp/x, ask path.outside-read",
    "DELETE, /home/u/work, deny path.workspace-root",
    "DELETE, /home/u/work/., deny path.workspace-root",
    "DELETE, /home/u/work/src/.., deny path.workspace-root",
    "DELETE, /home/u, deny path.sensitive.ssh",
    "DELETE, /, deny path.sensitive.passwords",
    "DELETE, /dev/null, deny path.outside-write",
    "READ, /dev/fd/7, ask path.outside-read",
    "WRITE, /dev/zero, deny path.outside-write",
  })
  void theWorkspaceIsTheBoundary(Access access, String path, String expected) {
    assertThat(answer(judge(access, path))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md\u0000.png",
        "a\nb",
        "a\rb",
        "a\tb",
        "a\u001b[2Jb",
        "a\u202egnp.sh",
        "a\u200bb",
        "\u2066a",
        "a\ufeffb",
        ".. /x",
        "\\\\host\\share\\x",
        "%2e%2e/%2e%2e/%2e%2e/etc/fstab",
        "%252e%252e/%252e%252e/%252e%252e/etc/fstab",
        "..%2f..%2f..%2fetc%2ffstab",
        "a%00b",
        "\uff0e\uff0e/\uff0e\uff0e/other/x",
      })
  void aPathThatIsWrittenToBeMisreadIsDenied(String path) {
    assertThat(answer(judge(Access.READ, path))).isEqualTo("deny path.malformed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".ENV",
        ".env.",
        ".env ",
        ".env::$DATA",
        ".env:x",
        "\uff0eenv",
        ".\uff45nv",
        "%2eenv",
        "%2Eenv",
        "a/../.env",
        "./.env",
        "a//.env",
        "sub\\.env",
        "C:\\Users\\x\\.ssh\\id_rsa",
        "c:\\users\\x\\.aws\\credentials",
        "..%2f..%2f..%2fetc%2fshadow",
        "../../../../../../etc/shadow",
        "/etc//./shadow",
        "/ETC/SHADOW",
        "/etc/shadow-",
        "/home/u/work/../.ssh/id_rsa",
        "/HOME/u/.npmrc",
        ".\u017fsh/x",
      })
  void noSpellingHidesASecret(String path) {
    assertThat(answer(judge(Access.READ, path))).startsWith("deny path.sensitive.");
  }

  @ParameterizedTest
  @CsvSource({
    "READ, *, allow path.workspace",
    "READ, *.java, allow path.workspace",
    "READ, src/**/*.c, allow path.workspace",
    "READ, README*, allow path.workspace",
    "READ, i*.java, allow path.workspace",
    "READ, ???.txt, allow path.workspace",
    "READ, .github/*.md, allow path.workspace",
    "READ, .gith*, allow path.workspace",
    "DELETE, target/*, allow path.workspace",
    "WRITE, src/*.java, allow path.workspace",
    "READ, /usr/include/*.h, allow path.system",
    "READ, *.pem, ask path.sensitive.key",
    "READ, server.p?m, ask path.sensitive.key",
    "READ, /home/u/*, ask path.outside-read",
    "READ, ../*, ask path.outside-read",
    "DELETE, *, ask path.workspace-root",
    "READ, .e*, deny path.sensitive.environment",
    "READ, .*, deny path.sensitive.ssh",
    "READ, .git*, deny path.sensitive.git-credentials",
    "READ, .[a-f]nv, deny path.sensitive.environment",
    "READ, .E*, deny path.sensitive.environment",
    "READ, **/.env, deny path.sensitive.environment",
    "READ, id_*, deny path.sensitive.ssh",
    "READ, [!A-Z]d_rsa, deny path.sensitive.ssh",
    "READ, /home/u/.ss*/id*, deny path.sensitive.ssh",
    "READ, /home/*/.ssh/*, deny path.sensitive.ssh",
    "READ, /h*/u/.np*, deny path.sensitive.registries",
    "READ, /**/.npmrc, deny path.sensitive.passwords",
    "READ, /pro?/self/environ, deny path.sensitive.process",
    "READ, /etc/sh*, deny path.sensitive.accounts",
    "READ, /e??/*, deny path.sensitive.accounts",
    "READ, ../.ss?/*, deny path.sensitive.ssh",
    "DELETE, .*, deny path.sensitive.ssh",
    "DELETE, .gi[t], deny path.protected.git",
    "WRITE, .git/h*/*, deny path.protected.git",
    "WRITE, /v*/run/docker.sock, deny path.sensitive.socket",
    "READ, .env.ex*, deny path.sensitive.environment",
    "READ, .env.example*, deny path.sensitive.environment",
    "READ, @(.env|x), deny path.sensitive.ssh",
  })
  void aGlobIsJudgedByWhatItCouldMatch(Access access, String pattern, String expected) {
    assertThat(answer(glob(access, pattern))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "READ, /home/u/notes.txt, allow path.workspace",
    "WRITE, /home/u/code/a.c, allow path.workspace",
    "LIST, /home/u, allow path.workspace",
    "READ, /home/u/.ssh/id_rsa, deny path.sensitive.ssh",
    "WRITE, /home/u/.bashrc, deny path.protected.startup",
    "SEARCH, /home/u, ask path.sensitive.ssh",
    "DELETE, /home/u/.config, deny path.sensitive.cloud",
    "WRITE, /home/u/.config, ask path.sensitive.cloud",
    "DELETE, /home/u/code, allow path.workspace",
    "READ, /home/v/notes.txt, ask path.outside-read",
  })
  void aHomeCanBeTheWorkspace(Access access, String path, String expected) {
    assertThat(answer(judge(access, path, situation("/home/u", "/home/u")))).isEqualTo(expected);
  }

  @Test
  void aHomeAnywhereIsAHome() {
    Situation odd = situation("/srv/people/ann/work", "/srv/people/ann");

    assertThat(answer(judge(Access.READ, "/srv/people/ann/.npmrc", odd)))
        .isEqualTo("deny path.sensitive.registries");
  }

  @Test
  void aFolderThatIsTooWideIsNoBoundary() {
    assertThat(answer(judge(Access.WRITE, "/srv/x", situation("/", "/root"))))
        .isEqualTo("deny path.outside-write");
    assertThat(answer(judge(Access.WRITE, "/home/v/x", situation("/home", "/root"))))
        .isEqualTo("deny path.outside-write");
  }

  @Test
  void aCheckoutInAnAgentsFolderIsAnOrdinaryWorkspace() {
    Situation tree = situation("/home/u/p/.claude/worktrees/t", "/home/u");
    Situation kept = situation("/home/u/.cursor/worktrees/p/t", "/home/u");

    assertThat(answer(judge(Access.WRITE, "src/A.java", tree))).isEqualTo("allow path.workspace");
    assertThat(answer(judge(Access.WRITE, "src/A.java", kept))).isEqualTo("allow path.workspace");
    assertThat(answer(judge(Access.WRITE, ".claude/settings.json", tree)))
        .isEqualTo("deny path.protected.agent-config");
  }

  @Test
  void aRefusalNamesThePathTheReasonAndTheRuleThatWouldAllowIt() {
    assertThat(judge(Access.READ, "app/.env"))
        .isEqualTo(
            new Decision.Deny(
                "path.sensitive.environment",
                "reading \"app/.env\" (\"/home/u/work/app/.env\"): it holds the secrets"
                    + " of an environment",
                List.of("read:app/.env")));
    assertThat(judge(Access.WRITE, "/tmp/a*b"))
        .isEqualTo(
            new Decision.Ask(
                "path.temporary",
                "writing \"/tmp/a*b\": it lies outside the workspace",
                List.of("write:/tmp/a\\*b")));
  }

  @Test
  void everySecretOfTheTableIsDeniedInAnyCase() {
    List<String> wrong = new ArrayList<>();
    for (String table : List.of(SecretPaths.OF_PEOPLE, SecretPaths.OF_MACHINES)) {
      String protection = "";
      for (String line : table.split("\n", -1)) {
        if (!line.startsWith(" ")) {
          protection = line.isEmpty() ? "" : line.split(" ", 3)[1];
          continue;
        }
        for (String pattern : line.trim().split(" +", -1)) {
          String path =
              pattern
                  .replace("~/", "/home/someone/")
                  .replaceFirst("^\\*\\*/", "/srv/")
                  .replace("/**", "/x")
                  .replace("*", "7")
                  .replace("?", "q");
          if (protection.equals("secret")
              && !(judge(Access.READ, path.toUpperCase(Locale.ROOT)) instanceof Decision.Deny)) {
            wrong.add(pattern);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }
}
