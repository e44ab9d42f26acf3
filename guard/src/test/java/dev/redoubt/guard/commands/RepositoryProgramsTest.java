// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.policy.BuiltInPolicy;
import dev.redoubt.guard.policy.PolicyGuard;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryProgramsTest {

  /// `/w/evil` is a repository whose settings name a program, `/w` is none.
  private static final FileFacts FACTS = facts("/w/evil", "diff.external", "./x");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cd evil && git status",
        "git -C evil diff",
        "git --git-dir=evil/.git log -p",
        "(cd evil; git show HEAD)",
        "cd evil/sub && git log --oneline | head",
        "bash -c 'cd evil && git blame a'",
        "ls && git -C ./evil ls-files",
        "find . -name a -exec git -C evil status \\;",
        "timeout 5 git -C evil status",
      })
  void gitAsksWhereTheSettingsNameAProgram(String line) {
    assertThat(decide(FACTS, Trust.TRUSTED, Wall.NONE, line)).isInstanceOf(Decision.Ask.class);
    assertThat(decide(FileFacts.NONE, Trust.TRUSTED, Wall.NONE, line))
        .as("without them")
        .isInstanceOf(line.startsWith("find") ? Decision.class : Decision.Allow.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git status",
        "git diff",
        "git -C evil rev-parse HEAD",
        "git -C evil branch",
        "cat evil/a",
        "git --version",
      })
  void whatLooksAtNoSuchRepositoryIsNoQuestion(String line) {
    assertThat(decide(FACTS, Trust.TRUSTED, Wall.NONE, line)).isInstanceOf(Decision.Allow.class);
  }

  @Test
  void theQuestionQuotesTheKeyAndItsValue() {
    assertThat(decide(FACTS, Trust.TRUSTED, Wall.NONE, "git -C evil diff"))
        .isEqualTo(
            new Decision.Ask(
                "command.changes",
                "the settings of the repository in /w/evil name a program: diff.external = ./x",
                List.of()));
  }

  @Test
  void aWallHoldsWhatTheProgramCouldDo() {
    assertThat(decide(FACTS, Trust.UNTRUSTED, Wall.HELD, "git -C evil diff"))
        .isInstanceOf(Decision.Allow.class);
  }

  @Test
  void theHooksOfHuskyAreKnownToWhoTrustsTheWorkspace() {
    FileFacts husky = facts("/w", "core.hookspath", ".husky/_");

    assertThat(decide(husky, Trust.TRUSTED, Wall.NONE, "git status"))
        .isInstanceOf(Decision.Allow.class);
    assertThat(decide(husky, Trust.UNTRUSTED, Wall.NONE, "git status"))
        .isInstanceOf(Decision.Ask.class);
    assertThat(
            decide(facts("/w", "core.hookspath", "hooks"), Trust.TRUSTED, Wall.NONE, "git status"))
        .isInstanceOf(Decision.Ask.class);
  }

  private static FileFacts facts(String repository, String key, String value) {
    return new FileFacts() {
      @Override
      public Facts of(String path) {
        return FileFacts.NONE.of(path);
      }

      @Override
      public List<Setting> repositoryPrograms(String folder) {
        return folder.equals(repository) || folder.startsWith(repository + "/")
            ? List.of(new Setting(key, value))
            : List.of();
      }
    };
  }

  private static Decision decide(FileFacts facts, Trust trust, Wall wall, String line) {
    return new PolicyGuard(
            new BuiltInPolicy(FileFacts.NONE, NameResolver.NONE),
            new Situation("/w", trust, wall, "/home/u"),
            facts)
        .review(
            new Action.Run(
                new Program.Line(Program.Shell.BASH, line),
                Path.of("/w"),
                Map.of(),
                Action.Input.NOTHING));
  }
}
