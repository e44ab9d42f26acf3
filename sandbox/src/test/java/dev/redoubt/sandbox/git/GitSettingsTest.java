// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.git.NamedPlace.Sort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitSettingsTest {

  @TempDir Path folder;
  private Path tree;
  private Path home;

  @BeforeEach
  void layOut() throws IOException {
    tree = Files.createDirectories(folder.resolve("people/ann/work"));
    home = tree.getParent();
    Files.createDirectories(tree.resolve(".git"));
    Files.createDirectories(tree.resolve("tools"));
    Files.writeString(tree.resolve("tools/there"), "");
    Files.writeString(tree.resolve("tools/my hook"), "");
  }

  private Set<NamedPlace> named(GitPerson person) throws IOException {
    return GitSettings.of(tree, tree.resolve(".git"), person);
  }

  private Set<NamedPlace> named(String settings) throws IOException {
    Files.writeString(tree.resolve(".git/config"), settings);
    return named(new GitPerson(home, List.of()));
  }

  private NamedPlace place(String name, Sort sort) {
    return new NamedPlace(tree.resolve(name), sort);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "[core] @ fsmonitor = tools/absent",
        "[core] @ fsmonitor = ./tools/absent --quiet",
        "[core] @ editor = \"'tools/absent' -w\"",
        "[core] @ pager = less | tools/absent",
        "[alias] @ x = !cd . && sh -e tools/absent",
        "[alias] @ x = !$(git rev-parse --show-toplevel)/tools/absent",
        "[alias] @ x = !$HOME/work/tools/absent",
        "[alias] @ x = !A=b exec env B=c tools/absent",
        "[submodule \"s\"] @ update = !tools/absent",
        "[mergetool \"m\"] @ cmd = tools/absent \"$LOCAL\"",
        "[difftool \"m\"] @ path = tools/absent",
        "[difftool \"m\"] @ cmd = bash -c 'tools/absent $1'",
        "[credential] @ helper = !~ann/work/tools/absent",
        "[filter \"f\"] @ clean = tools/absent %f",
        "[gpg] @ program = ~/work/tools/absent",
        "[sendemail] @ sendmailCmd = tools/absent",
      })
  void aProgramCountsThatIsNotThereYet(String section, String setting) throws IOException {
    assertThat(named(section + "\n" + setting + "\n"))
        .contains(place("tools/absent", Sort.PROGRAM));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[core]\nfsmonitor = \"\\\"tools/my hook\\\" 2\"\n",
        "[core]\nfsmonitor = 'tools/my hook'\n",
        "[core]\naskPass = tools/my hook\n",
        "[core]\nfsmonitor = tools/my\\\\ hook\n",
      })
  void aNameWithASpaceIsFound(String settings) throws IOException {
    assertThat(named(settings)).contains(place("tools/my hook", Sort.PROGRAM));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[core]\npager = less -R\n",
        "[alias]\nx = log --format=build/out\n",
        "[diff \"d\"]\ntextconv = cat build/out\n",
        "[alias]\nx = !cp a build/out\n",
        "[submodule \"s\"]\nupdate = rebase\n",
        "[core]\nexcludesFile = build/out\n",
      })
  void whatIsNoProgramMayStillBeMade(String settings) throws IOException {
    assertThat(named(settings)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "tools/hooks, tools/hooks",
    "~/work/tools/hooks, tools/hooks",
    "~ann/work/tools/hooks, tools/hooks",
    ":(optional)tools/hooks, tools/hooks",
    "\"tools/hooks\0/x\", tools/hooks",
  })
  void aFolderOfHooksIsFoundHoweverItIsWritten(String value, String name) throws IOException {
    assertThat(named("[core]\nhooksPath = " + value + "\n"))
        .containsExactly(place(name, Sort.HOOKS));
  }

  @Test
  void aTemplateOfNewRepositoriesCounts() throws IOException {
    assertThat(named("[init]\ntemplateDir = tools\n")).containsExactly(place("tools", Sort.HOOKS));
  }

  @Test
  void theSettingsOfThePersonCountWhereverTheyLie() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other/git"));
    Files.writeString(home.resolve(".gitconfig"), "[core]\nhooksPath = a/hooks\n");
    Files.writeString(other.resolve("config"), "[include]\npath = more\n");
    Files.writeString(other.resolve("more"), "[core]\nhooksPath = b/hooks\n");
    Files.writeString(folder.resolve("global"), "[core]\nhooksPath = c/hooks\n");
    Files.writeString(
        folder.resolve("system"), "[includeIf \"gitdir:/no\"]\npath = " + other + "/x\n");
    Files.writeString(other.resolve("x"), "[core]\nhooksPath = d/hooks\n");

    GitPerson person =
        GitPerson.of(
            home,
            Map.of(
                "XDG_CONFIG_HOME", folder.resolve("other").toString(),
                "GIT_CONFIG_GLOBAL", folder.resolve("global").toString(),
                "GIT_CONFIG_SYSTEM", folder.resolve("system").toString()));

    assertThat(named(person))
        .contains(
            place("a/hooks", Sort.HOOKS),
            place("b/hooks", Sort.HOOKS),
            place("c/hooks", Sort.HOOKS),
            place("d/hooks", Sort.HOOKS));
    assertThat(person.settings()).contains(Path.of("/etc/gitconfig"));
  }

  @Test
  void variablesThatNameNoFileNameNone() {
    assertThat(GitPerson.of(home, Map.of("XDG_CONFIG_HOME", "", "GIT_CONFIG_GLOBAL", "a\0b")))
        .isEqualTo(GitPerson.of(home, Map.of("GIT_CONFIG_SYSTEM", "relative")));
  }
}
