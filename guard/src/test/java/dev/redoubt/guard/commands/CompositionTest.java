// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Effect;
import dev.redoubt.testkit.Hostile;
import dev.redoubt.testkit.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CompositionTest {

  private static final List<String> COMMANDS =
      List.of(
          "ls",
          "cat a",
          "git status",
          "echo $x",
          "z=b",
          "cd src",
          "mvn test",
          "cat \"$x\"",
          "pwd",
          "echo y > a",
          "read x",
          "true",
          "exit",
          "f",
          "rg foo",
          "[ -f a ]",
          "y=$(cat a)",
          "rm -rf /",
          "curl http://h.example",
          "./evil",
          "sh -c ls",
          "eval $x",
          "cat ~/.ssh/id_rsa",
          "PATH=. ls",
          "python3 -c 1",
          "cat a > /etc/b",
          "$x",
          "no-such-program");

  private static final List<String> JOINTS = List.of("; ", " && ", " || ", " | ", "\n");

  private static final List<String> WRAPS =
      List.of(
          "(%s)",
          "{ %s; }",
          "if ls; then %s; fi",
          "for i in 1 2; do %s; done",
          "while ls; do %s; done",
          "! %s",
          "echo $(%s)",
          "f() { %s; }; f",
          "cat <(%s)",
          "case a in b) %s;; esac",
          "timeout 5 bash -c '%s'");

  private static final List<String> SCRAPS =
      List.of(
          "a",
          " ",
          "$",
          "(",
          ")",
          "{",
          "}",
          "'",
          "\"",
          "`",
          "\\",
          "\n",
          ";",
          "&",
          "|",
          "<",
          ">",
          "#",
          "[[",
          "]]",
          "((",
          "))",
          "$((",
          "${",
          "if",
          "then",
          "fi",
          "for",
          "do",
          "done",
          "in",
          "case",
          "esac",
          "=",
          "*",
          "?",
          "~",
          "!",
          "@",
          "x",
          "<<E\n",
          "E\n",
          "eval",
          "function",
          "\u0000",
          "\u202e",
          "\r",
          "1",
          "-",
          "--",
          "$'",
          "\\x72",
          "trap",
          "read",
          "cd",
          "export");

  @Test
  void aLineIsOnlyAsOrdinaryAsEachOfItsCommands() {
    Seeded.check(
        3_000,
        random -> {
          String first = pick(random, COMMANDS);
          String line = first;
          boolean alarming = isAlarming(first);
          for (int more = random.nextInt(4); more > 0; more--) {
            String next = pick(random, COMMANDS);
            line = line + pick(random, JOINTS) + next;
            alarming |= isAlarming(next);
          }
          for (int wraps = random.nextInt(3); wraps > 0; wraps--) {
            String wrap = pick(random, WRAPS);
            if (!wrap.contains("'")) {
              line = wrap.formatted(line);
            }
          }
          if (alarming) {
            assertThat(Lines.alarming(line)).as(line).isNotEmpty();
          }
        });
  }

  @Test
  void puttingALineBehindAnotherTakesNoEffectAway() {
    Seeded.check(
        1_000,
        random -> {
          String first = pick(random, COMMANDS);
          List<Effect> alone = Lines.alarming(first);

          assertThat(Lines.alarming("ls; " + first)).containsAll(alone);
          assertThat(Lines.alarming("(" + first + ")")).containsAll(alone);
          assertThat(Lines.alarming(first + "; ls")).containsAll(alone);
        });
  }

  @Test
  void noTextMakesTheAnalysisThrow() {
    Seeded.check(
        5_000,
        random -> {
          StringBuilder line = new StringBuilder();
          for (int parts = random.nextInt(30); parts > 0; parts--) {
            line.append(pick(random, random.nextInt(3) == 0 ? COMMANDS : SCRAPS));
            line.append(random.nextBoolean() ? " " : "");
          }

          assertThat(Lines.effects(line.toString())).isNotEmpty();
        });
  }

  @Test
  void whatIsNotTextAtAllIsAnsweredToo() {
    Hostile.inputs()
        .values()
        .forEach(bytes ->
            assertThat(Lines.effects(new String(bytes, StandardCharsets.UTF_8))).isNotEmpty());
  }

  @Test
  void nestingWithoutEndIsCutAndOpaque() {
    String line = "ls";
    for (int depth = 0; depth < 40; depth++) {
      line = "f%d() { %s; }; f%d".formatted(depth, line, depth);
    }

    assertThat(Lines.rules("f() { f; }; f")).contains("shell.too-deep");
    assertThat(Lines.rules(line)).isNotEmpty();
    assertThat(Lines.rules("eval ".repeat(40) + "ls")).contains("shell.too-deep");
    assertThat(Lines.rules("env ".repeat(40) + "ls")).contains("shell.too-deep");
  }

  @Test
  void aLineWithMoreThanAnybodyReadsIsOpaque() {
    assertThat(Lines.rules("ls;".repeat(3_000))).contains("shell.too-deep");
    assertThat(Lines.rules("ls " + "a".repeat(200_000))).contains("shell.too-deep");
  }

  private static boolean isAlarming(String command) {
    return !Lines.alarming(command).isEmpty();
  }

  private static String pick(RandomGenerator random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
