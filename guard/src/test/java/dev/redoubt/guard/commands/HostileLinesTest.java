// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The classes of tricks that hide a command from a guard, each with generated variants: quoting,
/// wrapper, separator and place are combined with commands that must be noticed.
class HostileLinesTest {

  /// Commands none of which is ordinary work.
  private static final List<List<String>> PAYLOADS =
      List.of(
          List.of("rm", "-rf", "/"),
          List.of("curl", "http://h.example/x"),
          List.of("chmod", "4777", "/etc/passwd"),
          List.of("./evil"),
          List.of("no-such-program", "x"));

  /// Ways to write a word that mean the same word.
  private static final List<String> QUOTINGS = List.of("plain", "'", "\"", "\\", "split", "ansi");

  private static final List<String> SEPARATED =
      List.of(
          "ls; %s",
          "ls && %s",
          "ls || %s",
          "ls | %s",
          "ls |& %s",
          "ls & %s",
          "ls\n%s",
          "%s; ls",
          "%s &",
          "ls                                                                  ; %s",
          "true && { %s; }",
          "(%s)",
          "{ %s; }",
          "! %s",
          "time %s",
          "ls;%s",
          "ls\n\n\t%s #x",
          "ls # x\n%s",
          "ls \\\n; %s");

  private static final List<String> NESTED =
      List.of(
          "echo $(%s)",
          "echo `%s`",
          "echo \"a $(%s) b\"",
          "cat <(%s)",
          "ls > >(%s)",
          "x=$(%s)",
          "x=1 y=$(%s) ls",
          "echo ${x:-$(%s)}",
          "echo ${x:=$(%s)}",
          "echo \"${x/$(%s)/b}\"",
          "echo ${x:$(%s)}",
          "echo ${a[$(%s)]}",
          "a[$(%s)]=1",
          "echo $((a[$(%s)]))",
          "((a[$(%s)]++))",
          "[[ -n $(%s) ]]",
          "[[ a[$(%s)] -eq 1 ]]",
          "cat <<E\n$(%s)\nE",
          "cat <<< $(%s)",
          "ls > $(%s)",
          "for i in $(%s); do :; done",
          "case $(%s) in a) ;; esac",
          "a=($(%s))",
          "declare x=$(%s)",
          "export LANG=$(%s)",
          "local x=$(%s)",
          "let x=$(%s)",
          "read x < <(%s)",
          "select x in $(%s); do :; done",
          "for ((i=$(%s);;)); do :; done",
          "echo $[ $(%s) ]",
          "test -f $(%s)",
          "echo {a,$(%s)}");

  private static final List<String> BRANCHED =
      List.of(
          "if %s; then :; fi",
          "if :; then %s; fi",
          "if ls; then :; else %s; fi",
          "if ls; then :; elif %s; then :; fi",
          "while %s; do :; done",
          "while ls; do %s; done",
          "until %s; do :; done",
          "for i in a b; do %s; done",
          "for i; do %s; done",
          "case x in a) ;; *) %s;; esac",
          "case x in a) ;& b) %s;; esac",
          "f() { %s; }; f",
          "f() { %s; }",
          "function f { %s; }; x=f; f",
          "f() (%s); f",
          "coproc %s",
          "exit; %s",
          "return; %s",
          "f() { return; %s; }; f",
          "while :; do break; %s; done",
          "set -n; %s",
          "false && %s",
          "true || %s");

  private static final List<String> WRAPPED =
      List.of(
          "env %s",
          "env -i A=b %s",
          "env -C . %s",
          "sudo %s",
          "sudo -u root A=b %s",
          "doas %s",
          "timeout 5 %s",
          "timeout -k 1 -s KILL 5s %s",
          "nice %s",
          "nice -n 5 %s",
          "nice -5 %s",
          "nohup %s",
          "setsid -w %s",
          "stdbuf -oL %s",
          "ionice -c3 %s",
          "taskset 1 %s",
          "chrt -r 5 %s",
          "watch -x %s",
          "watch %s",
          "xargs %s",
          "xargs -t -I X %s X",
          "command %s",
          "command -p %s",
          "builtin command %s",
          "exec %s",
          "exec -a ls %s",
          "busybox %s",
          "time -p %s",
          "/usr/bin/time -v %s",
          "flock l %s",
          "chroot . %s",
          "unshare -r %s",
          "nsenter -t 1 %s",
          "strace %s",
          "script -q /dev/null %s",
          "find . -exec %s ;",
          "find . -exec %s {} +",
          "find . -ok %s ;",
          "parallel %s ::: a",
          "env -S '%s'",
          "su -c '%s'",
          "sh -c '%s'",
          "bash -lc '%s'",
          "dash -ec '%s'",
          "eval '%s'",
          "eval %s",
          "timeout 5 env nice sh -c '%s'",
          "sudo sh -c \"sh -c '%s'\"",
          "echo '%s' | sh",
          "sh <<< '%s'",
          "bash <<E\n%s\nE",
          "bash -s <<'E'\n%s\nE",
          "printf %%s '%s' | bash",
          "zsh -c '%s'",
          "fish -c '%s'",
          "ssh h.example '%s'",
          "trap '%s' EXIT",
          "python3 -c '%s'",
          "perl -e '%s'",
          "node -e '%s'",
          "tmux new -d '%s'",
          "systemd-run --user %s",
          "at now <<< '%s'",
          "screen -dm %s",
          "setarch %s",
          "find . -print | xargs -n1 %s",
          "flock l -c '%s'",
          "ionice -c 2 -n 0 -t %s");

  @ParameterizedTest
  @MethodSource("places")
  void aCommandIsFoundWithItsWordsWhereverItStands(String place) {
    for (List<String> payload : PAYLOADS) {
      for (String quoting : QUOTINGS) {
        String line = place.formatted(quoted(payload, quoting));

        assertThat(Lines.alarming(line)).as(line).isNotEmpty();
        assertThat(Lines.effects(line))
            .as(line)
            .anyMatch(effect ->
                (effect instanceof Effect.Command command && command.argv().equals(payload))
                    || (effect instanceof Effect.Opaque opaque
                        && opaque.rule().equals("shell.not-understood")));
      }
    }
  }

  static Stream<String> places() {
    return Stream.of(SEPARATED, NESTED, BRANCHED).flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("wrappers")
  void aWrappedCommandIsNoticedWhereverItStands(String wrapper) {
    for (List<String> payload : PAYLOADS) {
      String wrapped = wrapper.formatted(String.join(" ", payload)).replace(" ;", " \\;");

      assertThat(Lines.alarming(wrapped)).as(wrapped).isNotEmpty();
      for (String place : SEPARATED) {
        String line = place.formatted(wrapped);
        assertThat(Lines.alarming(line)).as(line).isNotEmpty();
      }
    }
  }

  static Stream<String> wrappers() {
    return WRAPPED.stream();
  }

  private static String quoted(List<String> words, String quoting) {
    List<String> quoted = new ArrayList<>();
    for (String word : words) {
      quoted.add(
          switch (quoting) {
            case "'" -> "'" + word + "'";
            case "\"" -> '"' + word + '"';
            case "\\" -> "\\" + word;
            case "split" -> word.charAt(0) + "\"\"" + word.substring(1);
            case "ansi" -> "$'\\x%02x%s'".formatted((int) word.charAt(0), word.substring(1));
            default -> word;
          });
    }
    return String.join(" ", quoted);
  }
}
