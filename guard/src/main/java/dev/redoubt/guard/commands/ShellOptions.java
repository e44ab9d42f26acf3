// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.commands.Builtins.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says what `set` and `shopt` change: most options decide how the rest of the line is read.
final class ShellOptions {

  private static final String LETTERS = "euxvfCnhbmET";

  private static final Set<String> NAMES =
      Set.of(
          "errexit",
          "nounset",
          "pipefail",
          "xtrace",
          "verbose",
          "noclobber",
          "errtrace",
          "functrace",
          "noglob",
          "monitor",
          "notify",
          "noexec",
          "hashall");

  private static final Set<String> SHOPT =
      Set.of("nullglob", "failglob", "inherit_errexit", "checkwinsize", "lastpipe", "xpg_echo");

  private final Findings findings;

  ShellOptions(Findings findings) {
    this.findings = findings;
  }

  State set(Use use) {
    if (use.count() == 0) {
      findings.opaque("command.environment", "set", "shows every variable, secrets included");
      return use.state();
    }
    int at = 0;
    while (at < use.count()) {
      String text = use.text(at);
      if (text.equals("--")) {
        harmless(use);
        return use.state().withArguments(texts(use.arguments(), at + 1));
      }
      boolean isOption = text.length() > 1 && (text.startsWith("-") || text.startsWith("+"));
      if (!isOption) {
        break;
      }
      if (!isKnown(text.substring(1), use.text(at + 1), at + 1 == use.count())) {
        findings.opaque(
            "shell.builtin", use.shown(), "%s changes how the line is read".formatted(text));
        return use.state().withArguments(null);
      }
      at += text.endsWith("o") && at + 1 < use.count() ? 2 : 1;
    }
    harmless(use);
    return at == use.count() ? use.state() : use.state().withArguments(null);
  }

  private static boolean isKnown(String letters, String name, boolean last) {
    for (int at = 0; at < letters.length(); at++) {
      char letter = letters.charAt(at);
      boolean isName = letter == 'o' && at + 1 == letters.length();
      if (isName ? !last && !NAMES.contains(name) : LETTERS.indexOf(letter) < 0) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable List<String> texts(List<Argument> arguments, int from) {
    List<String> texts = new ArrayList<>();
    for (Argument argument : arguments.subList(from, arguments.size())) {
      if (argument.text().isEmpty()) {
        return null;
      }
      texts.add(argument.text().get());
    }
    return texts;
  }

  State shopt(Use use) {
    boolean known =
        use.arguments().stream()
            .allMatch(it ->
                it.text()
                    .filter(text ->
                        text.equals("-s")
                            || text.equals("-u")
                            || text.equals("-p")
                            || text.equals("-q")
                            || SHOPT.contains(text))
                    .isPresent());
    if (known) {
      harmless(use);
    } else {
      findings.opaque("shell.builtin", use.shown(), "changes how the line is read");
    }
    return use.state();
  }

  private void harmless(Use use) {
    findings.command(
        Argument.shown(use.argv()), Nature.HARMLESS, "sets how the shell reacts to errors");
  }
}
