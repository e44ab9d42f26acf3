// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.Place;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineAnalysisTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls -la",
        "cat README.md",
        "git status",
        "git log --oneline -5",
        "rg foo src | head",
        "find . -name '*.java' | wc -l",
        "mvn -q test",
        "grep -rn TODO . 2>/dev/null",
        "for f in src/*.c; do wc -l \"$f\"; done",
        "cd src && ls",
        "cd src || exit 1; ls",
        "echo $?",
        "x=5; echo $x",
        "echo \"hello $USER\" > out.txt",
        "if [ -f pom.xml ]; then echo yes; else echo no; fi",
        "while IFS= read -r line; do echo \"$line\"; done < README.md",
        "cat <<EOF > notes.md\nhi\nEOF",
        "diff <(ls a) <(ls b)",
        "for i in 1 2 3; do echo $i; done",
        "for ((i=0; i<3; i++)); do echo $i; done",
        "i=0; while [ $i -lt 5 ]; do echo $i; i=$((i+1)); done",
        "[[ -f x && $# -eq 0 ]] && echo ok",
        "LC_ALL=C sort file.txt | uniq -c",
        "f() { ls \"$1\"; }; f src",
        "set -euo pipefail; ls",
        "timeout 60 mvn -q test",
        "GIT_PAGER=cat git log -3",
        "bash -c 'ls -la && cat README.md'",
        "command -v java && java -version",
        "ls $(pwd)",
        "echo $(git rev-parse HEAD)",
        "mvn -q test > build.log 2>&1",
        "export LANG=C; sort x",
        "cat src/{a,b}.c",
        "trap 'echo bye' EXIT; ls",
        "./mvnw -q verify",
        "echo \"${x:-default}\"",
        "python3 --version",
        "case $1 in a) ls;; *) pwd;; esac",
        "sleep_it() { :; }; sleep_it",
        "ls & wait",
        "make -j$(nproc) test",
        "sh <<< ls",
        "{ sh; } <<E\nls\nE",
      })
  void ordinaryWorkIsNotAlarming(String line) {
    assertThat(Lines.alarming(line)).isEmpty();
  }

  @Test
  void aRedirectionIsAWriteBesideTheCommand() {
    assertThat(Lines.effects("echo hi > src/a"))
        .containsExactlyInAnyOrder(
            new Effect.Command(
                List.of("echo", "hi"), Nature.HARMLESS, "a builtin of the shell that only shows"),
            new Effect.File(Access.WRITE, new Place("src/a", "/w/src/a", Place.Kind.EXACT)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "cd src; cat a => /w/src/a /w/a",
        "cd src && cat a => /w/src/a",
        "cd src || exit; cat a => /w/src/a",
        "(cd src); cat a => /w/a",
        "if true; then cd src; fi; cat a => /w/a /w/src/a",
        "cd src & cat a => /w/a",
        "cd a/../b && cat c => /w/b/c /w/a/../b/c",
        "pushd src && cat a => /w/src/a",
        "cd && cat a => /home/u/a",
        "cd ~/x && cat a => /home/u/x/a",
        "cd src && cd - && cat a => /w/a",
      })
  void theFolderIsFollowed(String line, String paths) {
    assertThat(reads(line)).containsExactlyInAnyOrder(paths.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "x=a; cat $x => /w/a",
        "x=a; if [ -f b ]; then x=a; fi; cat $x => /w/a",
        "x=a y=b; cat $x$y => /w/ab",
        "for x in a b; do cat $x; done => /w/a /w/b",
        "f() { cat \"$1\"; }; f a; f b => /w/a /w/b",
        "x=a; x+=b; cat \"$x\" => /w/ab",
        "x=a; (x=b); cat $x => /w/a",
        "x=a; while :; do cat $x; x=b; break; done => /w/a",
        "cat $HOME/a => /home/u/a",
        "x=$(pwd); cat $x/a => /w/a",
        "cat a$? => /w/a*",
        "for f in src/*.c; do cat \"$f.bak\"; done => /w/src/*.c.bak",
        "eval 'x=a'; cat $x => /w/a",
      })
  void valuesAreFollowed(String line, String paths) {
    assertThat(reads(line)).contains(paths.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "if :; then x=a; else x=b; fi; cat $x",
        "read x; cat $x",
        "x=a; unset x; cat $x",
        "x=a; printf -v x '%s' b; cat $x",
        "x=a; while :; do cat $x; x=b; done",
        "x=a; f() { x=b; }; f; cat $x",
        "x=a; echo b | read x; cat $x",
        "x=$(cat b); cat $x",
        "cat ${x:-a}",
        "x=a; while :; do x=b; break; x=a; done; cat $x",
        "x=a; : ${y:=$z}; cat $y",
      })
  void aValueThatMayHaveChangedIsUnknown(String line) {
    assertThat(Lines.rules(line)).contains("shell.unknown-word");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "$x foo => shell.unknown-command",
        "/bin/r? -rf x => shell.unknown-command",
        "$(echo ls) => shell.unknown-command",
        "env $x => shell.unknown-command",
        "echo x > $y => shell.unknown-target",
        "echo x > \"$(mktemp)\" => shell.unknown-target",
        "cd $x; ls => shell.unknown-target",
        "eval $x => command.code",
        "sh -c \"$x\" => command.code",
        "echo ls | sh => command.code",
        "python3 -c 'print(1)' => command.code",
        "echo ${!x} => shell.unknown-word",
        "echo ${x@P} => shell.unknown-word",
        "echo $((x)) => shell.unknown-word",
        "[[ $x -eq 1 ]] => shell.unknown-word",
        "test -v 'a[$(id)]' => shell.unknown-word",
        "[ $x ] => shell.unknown-word",
        "printf -v 'a[$(id)]' x => shell.builtin",
        "read 'a[$(id)]' => shell.builtin",
        "alias ls=rm => shell.builtin",
        "hash -p /tmp/x ls => shell.builtin",
        "enable -f x.so ls => shell.builtin",
        "ls() { rm -rf x; } => shell.builtin",
        "shopt -s expand_aliases => shell.builtin",
        "set -a => shell.builtin",
        "declare -n x=y => shell.builtin",
        "read -aPATH <<< . => shell.builtin",
        "wait -p PATH => shell.builtin",
        "{ read x; sh; } <<< ls => command.code",
        "if read x; then sh; fi <<< ls => command.code",
        "sh -c 'read x; sh' <<< ls => command.code",
        "{ read x && sh; } <<< ls => command.code",
        "PATH=. ls => command.environment",
        "PATH=.:$PATH => command.environment",
        "export LD_PRELOAD=./x.so => command.environment",
        "read PATH => command.environment",
        "for PATH in .; do ls; done => command.environment",
        "env GIT_SSH_COMMAND=x git log => command.environment",
        "FOO=bar git log => command.environment",
        "env => command.environment",
        "set => command.environment",
        "export -p => command.environment",
        "echo $AWS_SECRET_ACCESS_KEY => command.environment",
        "GIT_PAGER='sh -c x' git log => command.environment",
        "LC_ALL=/tmp/x ls => command.environment",
        "rm x & => command.outlives",
        "nohup ls => command.outlives",
        "ssh host ls => command.remote",
        "while => shell.not-understood",
        "trap \"$x\" EXIT => command.code",
      })
  void whatCannotBeFollowedIsOpaque(String line, String rule) {
    assertThat(Lines.rules(line)).contains(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "mvn test => BUILD",
        "echo x > pom.xml; mvn test => CHANGES",
        "echo x > pom.xml && timeout 5 mvn test => CHANGES",
        "echo x | sort -o pom.xml | mvn test => CHANGES",
        "mvn test > out.txt => BUILD",
        "mvn test > out.txt; mvn test => CHANGES",
        "for i in 1 2; do mvn test; echo x > pom.xml; done => CHANGES",
        "sh -c 'echo x > pom.xml'; mvn test => CHANGES",
        "sh -c 'echo evil; mvn test' > pom.xml => CHANGES",
        "cd .. && mvn test => CHANGES",
        "cd $x && mvn test => CHANGES",
      })
  void aBuildIsTrustedOnlyUntilTheLineWritesAFile(String line, Nature nature) {
    assertThat(Lines.effects(line))
        .filteredOn(
            effect -> effect instanceof Effect.Command command && command.argv().contains("mvn"))
        .last()
        .satisfies(effect -> assertThat(((Effect.Command) effect).nature()).isEqualTo(nature));
  }

  @Test
  void aPathIntoTheNetworkIsAConnection() {
    assertThat(Lines.effects("cat < /dev/tcp/h.example/80"))
        .contains(new Effect.Connect("", "h.example:80"));
  }

  @Test
  void aProgramOutsideOfTheSystemFoldersIsUnknown() {
    assertThat(Lines.effects("./ls"))
        .containsExactly(new Effect.Command(List.of("./ls"), Nature.UNKNOWN, "runs the file ./ls"));
  }

  @Test
  void everyCommandHasAStepAtItsDepth() {
    assertThat(Lines.analysis("timeout 5 sh -c 'pwd'").steps())
        .extracting(Analysis.Step::depth, Analysis.Step::shown)
        .contains(
            org.assertj.core.groups.Tuple.tuple(1, "timeout 5 sh -c pwd"),
            org.assertj.core.groups.Tuple.tuple(2, "sh -c pwd"),
            org.assertj.core.groups.Tuple.tuple(4, "pwd"));
  }

  private static List<String> reads(String line) {
    return Lines.effects(line).stream()
        .filter(Effect.File.class::isInstance)
        .map(Effect.File.class::cast)
        .filter(file -> file.access() == Access.READ)
        .map(file -> file.place().path())
        .toList();
  }
}
