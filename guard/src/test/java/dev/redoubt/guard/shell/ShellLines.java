// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.testkit.Seeded;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes lines of shell that do nothing but call programs which do not exist.
///
/// The programs are called `c0` to `c9`, so that whatever is executed leaves a trace and no harm.
final class ShellLines {

  private static final int MAX_DEPTH = 3;
  private static final List<String> MUTATIONS =
      List.of(
          "'", "\"", "\\", "$", "`", "(", ")", "{", "}", "[", "]", "<", ">", "|", "&", ";", "#",
          "!", "*", "?", "~", "=", ",", " ", "\n", "\\\n", "$(", "${", "<<E", "c3", "1", ":", "-",
          "+", "@", "%", "..", "E\n", "x", "$'", "((", "))", "<(", " # ", "^", ";;", "&&", "||");

  private final RandomGenerator random;
  private int depth;

  private ShellLines(RandomGenerator random) {
    this.random = random;
  }

  /// Returns a line that Bash accepts, most of the time.
  static String line(RandomGenerator random) {
    return new ShellLines(random).list();
  }

  /// Returns `line` with up to three characters gone, added or doubled.
  static String mutated(RandomGenerator random, String line) {
    StringBuilder text = new StringBuilder(line);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, Seeded.pick(random, MUTATIONS));
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(2)));
        default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 3)));
      }
    }
    return text.toString();
  }

  /// Decides whether a character more or less could make `line` run for ever.
  static boolean mayLoop(String line) {
    return line.contains("while") || line.contains("until") || line.contains("((");
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String list() {
    StringBuilder list = new StringBuilder(pipeline());
    for (int i = random.nextInt(depth == 0 ? 3 : 2); i > 0; i--) {
      boolean ended = list.charAt(list.length() - 1) == '\n';
      String separator =
          ended ? "" : pick("; ", ";", " && ", "&&", " || ", "\n", "\n\n", " & ", " # ; c9\n");
      list.append(separator).append(pipeline());
    }
    return list.toString();
  }

  /// Returns a list with its end.
  private String ended() {
    String list = list();
    return list.endsWith("\n") ? list : list + ";";
  }

  private String pipeline() {
    StringBuilder pipeline = new StringBuilder(chance(8) ? pick("! ", "time ", "! ! ") : "");
    pipeline.append(command());
    for (int i = chance(25) ? 1 + random.nextInt(2) : 0; i > 0; i--) {
      pipeline.append(pick(" | ", "|", " |& ", " |\n")).append(command());
    }
    return pipeline.toString();
  }

  private String command() {
    depth++;
    try {
      return depth > MAX_DEPTH || chance(72) ? simple() : compound();
    } finally {
      depth--;
    }
  }

  private String compound() {
    String compound =
        switch (random.nextInt(14)) {
          case 0 -> "(" + list() + ")";
          case 1 -> "{ " + ended() + pick(" }", "\n}");
          case 2 -> "if " + ended() + pick(" then ", "\nthen\n") + ended() + " fi";
          case 3 -> "if c0; then " + ended() + " elif c1; then " + list() + "\nelse c2; fi";
          case 4 -> "for x in " + words() + pick("; do ", "\ndo ") + ended() + " done";
          case 5 -> "until ((n++ > 1)); do " + ended() + " done";
          case 6 -> "while ((n++ < 2)); do " + ended() + " done";
          case 7 -> "case " + word() + pick(" in ", "\nin\n") + clauses() + "esac";
          case 8 ->
              pick("f0() ", "f0 ( )\n", "function f0 ", "function f0() ")
                  + "{ "
                  + ended()
                  + " }; f0 "
                  + words();
          case 9 -> "[[ " + condition() + " ]] && " + command();
          case 10 -> "((x = 1 + " + number() + "))";
          case 11 -> "for ((i = 0; i < 2; i++)); do " + ended() + " done";
          case 12 -> "( (" + list() + ") )";
          default -> pick("{ c1; }", "( c1 )", "{ (c1) }");
        };
    return compound + (chance(15) ? redirect() : "");
  }

  private String clauses() {
    StringBuilder clauses = new StringBuilder();
    for (int i = random.nextInt(3); i > 0; i--) {
      clauses.append(pick("", "(")).append(pick("a", "*", "'b c'", "a|b", "[a-z]*", "\"x\""));
      clauses.append(pick(") ", ")\n")).append(list()).append(pick(" ;; ", "\n;;\n", ";;", ";& "));
    }
    return clauses.toString();
  }

  private String condition() {
    return pick(
        "-n " + word(),
        word() + " == " + word(),
        "! -f f1",
        "( -z $x || a < b )",
        "abc =~ ^(a|b)c*$",
        "$(" + simple() + ") != z && 1 -lt 2");
  }

  private String number() {
    return pick("1", "(2 * 3)", "$x", "$(( 1 ))", "$(" + simple() + ")1", "${#x}");
  }

  private String simple() {
    StringBuilder command = new StringBuilder();
    for (int i = chance(15) ? 1 + random.nextInt(2) : 0; i > 0; i--) {
      command.append(assignment()).append(' ');
    }
    command.append(chance(10) ? redirect() + " " : "").append(name());
    for (int i = random.nextInt(4); i > 0; i--) {
      command.append(pick(" ", " ", "  ", "\t", " \\\n")).append(chance(15) ? braces() : word());
    }
    if (chance(20)) {
      command.append(redirect());
    }
    return command.append(chance(8) ? document() : "").toString();
  }

  private String assignment() {
    return pick("x", "y", "z") + pick("=", "=", "+=") + pick("", "a", "~/b:~", "'a b'", word());
  }

  private String name() {
    String digit = String.valueOf(random.nextInt(10));
    return pick(
        "c" + digit,
        "c" + digit,
        "c" + digit,
        "c" + digit,
        "c\\" + digit,
        "\"c" + digit + "\"",
        "'c'" + digit,
        "c\"\"" + digit,
        "$'\\x63" + digit + "'",
        "$'\\143'" + digit,
        "c\\\n" + digit,
        "$(c" + digit + ")",
        "`c" + digit + "`",
        "c{" + digit + ",1}",
        "{c" + digit + ",a}",
        "${x:-c" + digit + "}",
        "c" + digit + "$x");
  }

  private String words() {
    StringBuilder words = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      words.append(word()).append(i > 0 ? " " : "");
    }
    return words.toString();
  }

  private String word() {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      word.append(piece());
    }
    return word.toString();
  }

  private String piece() {
    if (depth < MAX_DEPTH && chance(9)) {
      return nested();
    }
    return switch (random.nextInt(16)) {
      case 0, 6, 7 -> "'" + pick("", "a b", "$x", "`c9`", "\"", "a\nb", "\\", "#", "$(c9)") + "'";
      case 1 -> doubleQuoted();
      case 2 -> "$'" + pick("a\\nb", "\\'", "\\x41\\102", "\\u00e9", "a\\\\", "\\e[0m") + "'";
      case 3 -> "\\" + pick("$", " ", "'", "\"", "\\", "a", "*", ";", "|", "(", "#", "~", "{");
      case 4 -> pick("$x", "${x}", "$1", "$@", "$#", "$?", "${y:-a}", "${#x}", "${x:+b}", "$");
      case 5 -> pick("${x:-" + word() + "}", "${x#a*}", "${x//a/b}", "${x:1:2}", "${x^^}");
      case 8 -> pick("*", "?", "[a-z]*", "f*", "[", "]", "[!a]");
      case 9 -> pick("~", "~/a", "~nobody", "a=~/b", "a:~", "~+", "x=~:~/c");
      case 10 -> pick("#", "!", "=", "a=b", "%", "^", ":", ",", "+", "@", "-rf", "--a=b", "é");
      case 11 -> pick("if", "then", "do", "done", "in", "{", "}", "!", "time", "function");
      case 12 -> "$((" + number() + "+1))";
      default -> pick("a", "b", "foo", "bar.txt", "a/b", "1", "2", "-n");
    };
  }

  private String braces() {
    return pick("", "a", "~/", "'b'", "\"$x\"", "-")
        + pick(
            "{a,b}",
            "{1..3}",
            "{a,{b,c}}",
            "{,d}",
            "{}",
            "{a}",
            "{c..a}",
            "{01..10..4}",
            "{'a,b',c}",
            "{\"$x\",b}",
            "{a\\,b,c}",
            "{a,b",
            "a}",
            "{a..b",
            "@{1}",
            "{~,b}",
            "{a..,b}",
            "{-1..1}",
            "{a}{b,c}",
            "{{a,b},c}",
            "{$(c1),b}",
            "{a,b}{c,d}",
            "$x{a,b}",
            "{$,b}x",
            "{a,b}$x",
            "{a,b}\"$(c2 'c d')\"",
            "{1..2..0}",
            "{a..c,d}",
            "{1,2}=x")
        + pick("", "", "c", "/*", "\"d e\"", "${x}");
  }

  private String doubleQuoted() {
    StringBuilder text = new StringBuilder("\"");
    for (int i = random.nextInt(3); i > 0; i--) {
      text.append(
          pick(
              "a b",
              "'",
              "\\\"",
              "\\$x",
              "\\\\",
              "\\a",
              "$x",
              "${x:-d e}",
              "`c5`",
              "$(c6 \"a b\")",
              "#",
              "*",
              "~",
              "{a,b}",
              "\\\n",
              "\n",
              "${x:+\"q\"}",
              "$",
              "!",
              "$((1+1))",
              "${x%/*}"));
    }
    return text.append('"').toString();
  }

  private String nested() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> "$(" + list() + pick(")", " )", "\n)");
      case 2 -> "\"$(" + list() + ")\"";
      case 3 ->
          "`" + pick("c1 a", "c2 'a b' | c3", "c4 \\`c5 \\\\\\`c6\\\\\\`\\`", "c7 \\$x") + "`";
      case 4 -> pick("<(", ">(") + list() + ")";
      default -> "$(case a in a) " + simple() + ";; esac)";
    };
  }

  private String redirect() {
    return pick(
        " >f1",
        " > 'f 2'",
        " 2>&1",
        " 2>/dev/null",
        " >>f1",
        " >|f2",
        " <>f3",
        " &>f1",
        " &>>f1",
        " 3>f1 >&3",
        " <<<" + word(),
        " >&2",
        " {fd}>f4",
        " 2>&-",
        " >f$(c7)",
        " <f1");
  }

  private String document() {
    String body =
        pick(
            "",
            "a $x\n",
            "$(c8 a)\n",
            "`c8 b`\n",
            "'\"\\$x\n",
            "  E\n",
            "$(c8 <<F\n$(c7)\nF\n)\n",
            "${x:-$(c8)}\n",
            "E)\n",
            "$((1+`c9`))\n",
            "\ta\n",
            "a\\\nb\n");
    return switch (random.nextInt(5)) {
      case 0 -> " <<E\n" + body + "E\n";
      case 1 -> " <<'E' \n" + body + "E\n";
      case 2 -> " <<-\\E\n" + body + "\t\tE\n";
      case 3 -> "<<E <<\"F G\" | c9\n" + body + "E\n" + body + "F G\n";
      default -> " << E && c9\n" + body + "E\n";
    };
  }
}
