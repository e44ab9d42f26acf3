// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.FileFacts.Setting;
import dev.redoubt.testkit.Hostile;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitProgramsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          [core]¶fsmonitor = ./x ~ core.fsmonitor ~ ./x
          [CORE]¶FSMonitor=./x ~ core.fsmonitor ~ ./x
          [core] fsmonitor = ./x ~ core.fsmonitor ~ ./x
          \ufeff[core]¶fsmonitor = ./x ~ core.fsmonitor ~ ./x
          [core]¶[user]¶name=a¶[core]¶sshCommand=x ~ core.sshcommand ~ x
          [core]¶hooksPath = .husky ~ core.hookspath ~ .husky
          [core]¶pager = ./x ~ core.pager ~ ./x
          [core]¶gitProxy = x ~ core.gitproxy ~ x
          [core]¶alternateRefsCommand = x ~ core.alternaterefscommand ~ x
          [diff]¶external = "./x a" # note ~ diff.external ~ ./x a
          [diff]¶external = x \\¶y ~ diff.external ~ x y
          [diff "a]b"]¶textconv = x ~ diff.a]b.textconv ~ x
          [diff "jpg"]¶textconv = x ~ diff.jpg.textconv ~ x
          [diff.jpg]¶textconv = x ~ diff.jpg.textconv ~ x
          [diff "Jpg"]¶command = x ~ diff.Jpg.command ~ x
          [filter "f"]¶clean = x ~ filter.f.clean ~ x
          [filter "f"]¶smudge = x ~ filter.f.smudge ~ x
          [filter "lfs"]¶process = "git-lfs filter-process; x" ~ filter.lfs.process ~ git-lfs filter-process; x
          [gpg]¶program = x ~ gpg.program ~ x
          [gpg "ssh"]¶program = x ~ gpg.ssh.program ~ x
          [gpg "ssh"]¶defaultKeyCommand = x ~ gpg.ssh.defaultkeycommand ~ x
          [include]¶path = x ~ include.path ~ x
          [includeIf "gitdir:/"]¶path = x ~ includeif.gitdir:/.path ~ x
          [pager]¶log = x ~ pager.log ~ x
          [interactive]¶diffFilter = x ~ interactive.difffilter ~ x
          [remote "o"]¶uploadpack = x ~ remote.o.uploadpack ~ x
          [remote "o"]¶url = ext::sh -c x ~ remote.o.url ~ ext::sh -c x
          [remote "o"]¶vcs = x ~ remote.o.vcs ~ x
          [remote "o"]¶url = ext:":"x ~ remote.o.url ~ ext::x
          [remote "o"]¶url = ext:\\¶:x ~ remote.o.url ~ ext::x
          [x]¶# a \\¶[core]¶fsmonitor = ./x ~ core.fsmonitor ~ ./x
          [core]¶; a \\¶fsmonitor = ./x ~ core.fsmonitor ~ ./x
          [core]¶bare = a # b \\¶fsmonitor = ./x ~ core.fsmonitor ~ ./x
          [core]¶bare = a ; "b" \\¶fsmonitor = ./x ~ core.fsmonitor ~ ./x
          [core]¶bare = a\\\\¶fsmonitor = ./x ~ core.fsmonitor ~ ./x
          [core]¶bare = "a\\"#"¶fsmonitor = ./x ~ core.fsmonitor ~ ./x
          [core]¶bare = "a # b \\¶[user]"¶fsmonitor = ./x ~ core.fsmonitor ~ ./x
          [core]¶fsmonitor = ./x\\ ¶ ~ core.fsmonitor ~ ./x\\
          [core]¶bare \\¶fsmonitor = ./x ~ core.fsmonitor ~ ./x
          [core]¶bare = a\\¶[user]¶fsmonitor = ./x ~ core.fsmonitor ~ ./x
          [core]¶fsmonitor = ./x\\¶¶ ~ core.fsmonitor ~ ./x
          [core]¶fsmonitor = "./x # y" ~ core.fsmonitor ~ ./x # y
          [core]¶fsmonitor = "./x ; y";z ~ core.fsmonitor ~ ./x ; y
          [core]¶fsmonitor = ./x\\ ~ core.fsmonitor ~ ./x
          [core]¶fsmonitor = ./x\\"y\\\\z ~ core.fsmonitor ~ ./x"y\\z
          [core]¶fsmonitor=./x¶[user ~ core.fsmonitor ~ ./x
          [user][core]fsmonitor=./x ~ core.fsmonitor ~ ./x
          [diff "a\\"]b"]¶textconv = x ~ diff.a"]b.textconv ~ x
          [diff "a#\\]b"]¶textconv = x ~ diff.a#]b.textconv ~ x
          [diff "a=b"]¶textconv = x ~ diff.a=b.textconv ~ x
          [diff "a]¶textconv = x ~ diff.a].textconv ~ x
          [diff ""]¶textconv = x ~ diff..textconv ~ x
          """)
  void aSettingThatStartsAProgramIsNamed(String config, String key, String value) {
    assertThat(GitPrograms.named(config.replace("¶", "\n")))
        .containsExactly(new Setting(key, value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[core]\nfsmonitor = true\npager = cat\nbare = false",
        "[core]\n# fsmonitor = ./x\n; sshCommand = x",
        "[remote \"o\"]\nurl = git@docs.example:a/b.git\nfetch = +refs/heads/*:refs/remotes/o/*",
        "[branch \"a\"]\nmerge = refs/heads/a\n[user]\nname = x",
        "[filter \"lfs\"]\nclean = git-lfs clean -- %f\nprocess = git-lfs filter-process\nrequired",
        "[diff \"jpg\"]\nbinary = true\ntextconv =",
        "[pager]\nlog = false",
        "[gpg]\nformat = ssh",
        "[alias]\nst = status",
        "[user]\nname = a \\\n[core]\nemail = x",
        "[user]\nname = a\\\n[core] fsmonitor = ./x",
        "[core]\n  fsmonitor",
        "[core]\nfsmonitor = ON # ./x",
        "[filter \"f\"]\nrequired = x",
        "[filter \"f\"]\nclean =",
        "fsmonitor = ./x",
        "[core \"x\"]\nbare = ./x",
      })
  void ordinarySettingsNameNothing(String config) {
    assertThat(GitPrograms.named(config)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"on\\n", "\\ton", "on\\b", "\" on\"", "\"on \"", "on\" \"", "\\\"on\\\""})
  void aSwitchWithMoreInItsValueIsAProgram(String value) {
    String plain =
        value.contains("\\\"")
            ? "\"on\""
            : value
                .replace("\"", "")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\b", "\b");

    assertThat(GitPrograms.named("[core]\nfsmonitor =  " + value + "  # on"))
        .containsExactly(new Setting("core.fsmonitor", plain));
  }

  @Test
  void everySettingIsNamedUnderItsSection() {
    assertThat(GitPrograms.settings("[a]\n=b\n[\"x\"]\nC\n[A \"B\"] c = d = e"))
        .containsExactly(
            new Setting("a.", "b"), new Setting(".x.c", ""), new Setting("a.B.c", "d = e"));
  }

  @Test
  void nothingMakesItThrow() {
    Hostile.inputs()
        .forEach((name, bytes) ->
            assertThat(GitPrograms.named(new String(bytes, StandardCharsets.UTF_8)))
                .as(name)
                .isNotNull());
  }
}
