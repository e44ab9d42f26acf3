// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.FileFacts.Facts;
import dev.redoubt.guard.FileFacts.Kind;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where one place ends and the next begins, and what the file system adds to a path.
class PathBoundsTest {

  private static final Situation HERE =
      new Situation("/home/u/work", Trust.TRUSTED, Wall.NONE, "/home/u");

  @ParameterizedTest
  @CsvSource({
    "WRITE, /tmp/a, ask path.temporary",
    "DELETE, /tmp/a, ask path.temporary",
    "DELETE, /tmp, deny path.sensitive.machine-keys",
    "READ, /tmp/a, ask path.outside-read",
    "WRITE, /var/tmp/a, ask path.temporary",
    "WRITE, /var/folders/a, ask path.temporary",
    "WRITE, /var/other/a, deny path.outside-write",
    "WRITE, /var, deny path.outside-write",
    "WRITE, /dev/shm/a, ask path.temporary",
    "WRITE, /dev/other, deny path.outside-write",
    "WRITE, /dev, deny path.outside-write",
    "WRITE, /private/tmp/a, ask path.temporary",
    "WRITE, /private/var/tmp/a, ask path.temporary",
    "WRITE, /private/var/folders/a, ask path.temporary",
    "WRITE, /private/var/other, deny path.outside-write",
    "WRITE, /private/var, deny path.outside-write",
    "WRITE, /private/other/tmp, deny path.outside-write",
    "WRITE, /private, deny path.outside-write",
    "WRITE, /dev/null, allow path.stream",
    "WRITE, /dev/full, allow path.stream",
    "WRITE, /dev/null/a, deny path.outside-write",
    "DELETE, /dev/null, deny path.outside-write",
    "READ, /dev/fd/2, allow path.stream",
    "READ, /dev/fd/3, ask path.outside-read",
    "READ, /dev/fd, ask path.outside-read",
    "READ, /dev/fd/1/a, ask path.outside-read",
    "READ, /dev/random, allow path.system",
    "READ, /dev/random/a, ask path.outside-read",
    "READ, /nix/store/a, allow path.system",
    "READ, /nix/var/a, ask path.outside-read",
    "READ, /nix, ask path.outside-read",
    "READ, /System/Library/a, allow path.system",
    "READ, /System/Volumes/a, ask path.outside-read",
    "READ, /System, ask path.outside-read",
    "READ, /etc/ssl/certs/a, allow path.system",
    "READ, /etc/ssl/openssl.cnf, ask path.outside-read",
    "READ, /etc/ssl, ask path.outside-read",
    "READ, /etc/pki/ca-trust/a, allow path.system",
    "READ, /etc/pki/other, ask path.outside-read",
    "READ, /etc/pki, ask path.outside-read",
    "READ, /etc/other, ask path.outside-read",
    "LIST, /etc, ask path.outside-read",
    "READ, /proc/loadavg, allow path.system",
    "READ, /proc/other, ask path.outside-read",
    "READ, /proc/self/status, allow path.system",
    "READ, /proc/self/cgroup, allow path.system",
    "READ, /proc/self/limits, ask path.outside-read",
    "READ, /sys/devices/system/cpu/online, allow path.system",
    "READ, /sys/devices/system/node, ask path.outside-read",
    "READ, /run/systemd/resolve/resolv.conf, allow path.system",
    "READ, /run/systemd/other, ask path.outside-read",
    "WRITE, /usr/bin/a, deny path.outside-write",
    "LIST, /, ask path.outside-read",
    "DELETE, /home/u, deny path.sensitive.ssh",
    "DELETE, ., deny path.workspace-root",
    "WRITE, ., allow path.workspace",
    "LIST, ., allow path.workspace",
    "LIST, x.pem, allow path.workspace",
    "WRITE, x.pem, allow path.workspace",
    "READ, x.pem, ask path.sensitive.key",
    "SEARCH, x.pem, ask path.sensitive.key",
    "READ, ~/a, ask path.unexpanded",
    "READ, ~u/a, ask path.unexpanded",
    "READ, ~$a, allow path.workspace",
    "READ, a~, allow path.workspace",
    "READ, $HOME/a, ask path.unexpanded",
    "READ, $A_Z/a, ask path.unexpanded",
    "READ, $AZ, ask path.unexpanded",
    "READ, $a, allow path.workspace",
    "READ, $, allow path.workspace",
    "READ, $A1, allow path.workspace",
    "READ, ${a}/b, ask path.unexpanded",
    "READ, $(a)/b, ask path.unexpanded",
    "READ, a$HOME, allow path.workspace",
    "READ, file:/a, ask path.unexpanded",
    "READ, FILE:/a, ask path.unexpanded",
    "READ, files:/a, allow path.workspace",
    "READ, x/var/run/secrets/a, allow path.workspace",
    "READ, /var/run/secrets/a, deny path.sensitive.mounted-secrets",
    "READ, /private/etc/master.passwd, deny path.sensitive.accounts",
    "READ, /private/var/run/secrets/a, deny path.sensitive.mounted-secrets",
    "READ, a/c:/users/b/.aws/credentials, deny path.sensitive.cloud",
    "READ, id_rsa:stream, deny path.sensitive.ssh",
    "READ, id_rsa., deny path.sensitive.ssh",
    "READ, 'id_rsa ', deny path.sensitive.ssh",
    "READ, 'id_rsa. .', deny path.sensitive.ssh",
    "READ, id_rs%61, deny path.sensitive.ssh",
    "READ, %69d_rsa, deny path.sensitive.ssh",
    "READ, %2569d_rsa, deny path.sensitive.ssh",
    "READ, id_rs%6, allow path.workspace",
    "READ, id_rs%6g, allow path.workspace",
    "READ, C:/users/b/.aws/credentials, deny path.sensitive.cloud",
    "READ, Z:/users/b/.aws/credentials, deny path.sensitive.cloud",
    "READ, z:/users/b/.aws/credentials, deny path.sensitive.cloud",
    "READ, A:.aws/credentials, deny path.sensitive.cloud",
    "READ, a:.aws\\credentials, deny path.sensitive.cloud",
    "READ, \\x\\.aws\\credentials, deny path.sensitive.cloud",
    "WRITE, /tmpx/a, deny path.outside-write",
    "WRITE, /varx/tmp/a, deny path.outside-write",
    "WRITE, /var/tmpx/a, deny path.outside-write",
    "READ, /optx/a, ask path.outside-read",
    "READ, /devx/null, ask path.outside-read",
    "READ, /null, ask path.outside-read",
  })
  void everyPlaceHasItsEnds(Access access, String path, String expected) {
    assertThat(answer(FileFacts.NONE, access, path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "READ, /home/u/work/b, allow path.workspace",
    "READ, /usr/lib/b, allow path.workspace",
    "READ, /srv/b, deny path.link-escape",
    "WRITE, /srv/b, deny path.link-escape",
    "WRITE, /usr/lib/b, deny path.link-escape",
    "READ, /home/u/.ssh/id_rsa, deny path.sensitive.ssh",
    "DELETE, /srv/b, allow path.workspace",
  })
  void aLinkIsJudgedByWhereItLeads(Access access, String real, String expected) {
    FileFacts facts = facts("/home/u/work/a", new Facts(real, Kind.FILE, 1, List.of()));

    assertThat(answer(facts, access, "a")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "READ, a, FILE, 1, allow path.workspace",
    "READ, a, FILE, 2, ask path.hard-link",
    "SEARCH, a, FILE, 2, ask path.hard-link",
    "WRITE, a, FILE, 2, ask path.hard-link",
    "LIST, a, FILE, 2, allow path.workspace",
    "DELETE, a, FILE, 2, allow path.workspace",
    "READ, a, FOLDER, 9, allow path.workspace",
    "READ, node_modules/a, FILE, 2, allow path.workspace",
    "WRITE, node_modules/a, FILE, 2, ask path.hard-link",
    "READ, .git/objects/a, FILE, 2, allow path.workspace",
    "READ, .git/refs/a, FILE, 2, ask path.hard-link",
    "READ, x/objects/a, FILE, 2, ask path.hard-link",
    "READ, /usr/lib/a, FILE, 2, allow path.system",
    "READ, a, SPECIAL, 1, ask path.special",
    "WRITE, a, SPECIAL, 1, ask path.special",
    "READ, /usr/lib/a, SPECIAL, 1, allow path.system",
    "READ, .git, FILE, 2, ask path.hard-link",
  })
  void whatLiesThereCounts(Access access, String path, Kind kind, int links, String expected) {
    String absolute = path.startsWith("/") ? path : "/home/u/work/" + path;
    FileFacts facts = facts(absolute, new Facts(absolute, kind, links, List.of()));

    assertThat(answer(facts, access, path)).isEqualTo(expected);
  }

  @Test
  void anotherNameOfTheSameFileCounts() {
    FileFacts facts =
        facts(
            "/home/u/work/a",
            new Facts("/home/u/work/a", Kind.FILE, 1, List.of("/home/u/.ssh/id_rsa")));
    FileFacts folder =
        facts(
            "/home/u/work/b", new Facts("/home/u/work/b", Kind.FOLDER, 1, List.of("/home/u/.ssh")));

    assertThat(answer(facts, Access.READ, "a")).isEqualTo("deny path.sensitive.ssh");
    assertThat(answer(folder, Access.DELETE, "b/id_rsa.txt")).isEqualTo("deny path.sensitive.ssh");
    FileFacts outside =
        facts("/home/u/work/c", new Facts("/home/u/work/c", Kind.FILE, 1, List.of("/srv/c")));
    assertThat(answer(outside, Access.READ, "c")).isEqualTo("allow path.workspace");
  }

  @Test
  void aDeletionTakesTheLinkUnlessThePathGoesThroughIt() {
    FileFacts facts = facts("/home/u/work/a", new Facts("/srv/b", Kind.FOLDER, 1, List.of()));

    assertThat(answer(facts, Access.DELETE, "a")).isEqualTo("allow path.workspace");
    for (String through : List.of("a/", "a/.", "a/..")) {
      FileFacts behind =
          facts("/home/u/work/" + through, new Facts("/srv/b", Kind.FOLDER, 1, List.of()));
      assertThat(answer(behind, Access.DELETE, through)).as(through).startsWith("deny path.");
    }
  }

  @Test
  void aDenialSaysWhyAndWhichRuleWouldLiftIt() {
    assertThat(judged(Access.WRITE, ".git/hooks/x", Place.Kind.EXACT))
        .isInstanceOfSatisfying(
            Decision.Deny.class,
            deny -> {
              assertThat(deny.reason()).contains("it is what git executes");
              assertThat(deny.remedies()).containsExactly("write:.git/hooks/x");
            });
    assertThat(judged(Access.WRITE, ".git/hooks/*", Place.Kind.GLOB))
        .isInstanceOfSatisfying(Decision.Deny.class, deny -> assertThat(deny.remedies()).isEmpty());
  }

  private static Decision judged(Access access, String path, Place.Kind kind) {
    return new PathJudge(FileFacts.NONE)
        .judge(new Effect.File(access, new Place(path, "/home/u/work/" + path, kind)), HERE);
  }

  @Test
  void aFileSystemThatCannotBeAskedDenies() {
    FileFacts broken =
        path -> {
          throw new UncheckedIOException(new FileSystemLoopException(path));
        };

    assertThat(answer(broken, Access.READ, "a")).isEqualTo("deny path.unresolvable");
  }

  private static FileFacts facts(String path, Facts facts) {
    return asked -> asked.equals(path) ? facts : FileFacts.NONE.of(asked);
  }

  private static String answer(FileFacts facts, Access access, String path) {
    String absolute = path.startsWith("/") ? path : "/home/u/work/" + path;
    Decision decision =
        new PathJudge(facts)
            .judge(new Effect.File(access, new Place(path, absolute, Place.Kind.EXACT)), HERE);
    return switch (decision) {
          case Decision.Allow _ -> "allow ";
          case Decision.Ask _ -> "ask ";
          case Decision.Deny _ -> "deny ";
        }
        + decision.rule();
  }
}
