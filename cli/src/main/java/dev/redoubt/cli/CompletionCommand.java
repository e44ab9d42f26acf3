// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import dev.redoubt.cli.Commands.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `redoubt completion`: prints a script that completes commands and options in a shell.
final class CompletionCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("SHELL")
                .type(String.class)
                .required(true)
                .description("bash, zsh or fish.")
                .build());
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt completion bash > ~/.local/share/bash-completion/completions/redoubt",
        "redoubt completion fish > ~/.config/fish/completions/redoubt.fish");
  }

  @Override
  public int run(Call call) {
    String shell = call.parameter(0).orElse("");
    String script =
        switch (shell) {
          case "bash" -> bash();
          case "zsh" -> "#compdef redoubt\nautoload -Uz bashcompinit && bashcompinit\n" + bash();
          case "fish" -> fish();
          default -> throw new UsageException("\"%s\" is not bash, zsh or fish".formatted(shell));
        };
    call.world().out().print(script);
    return ExitCode.OK;
  }

  private static String bash() {
    StringBuilder cases = new StringBuilder();
    words()
        .forEach((name, words) ->
            cases.append("    '%s') words='%s' ;;\n".formatted(name, String.join(" ", words))));
    return """
    # Completes redoubt in bash.
    _redoubt() {
      local command='' word words
      for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $word in
          -*) ;;
          *) command="${command:+$command }$word" ;;
        esac
      done
      while :; do
        case $command in
    %s    *)
              case $command in
                *' '*) command=${command%% *}; continue ;;
              esac
              words='' ;;
        esac
        break
      done
      mapfile -t COMPREPLY < <(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}")
      [ ${#COMPREPLY[@]} -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")
    }
    complete -F _redoubt redoubt ./redoubt
    """
        .formatted(cases.toString().indent(4).replaceFirst("\\s+$", "\n    "));
  }

  private static String fish() {
    StringBuilder script = new StringBuilder("# Completes redoubt in fish.\n");
    for (Entry entry : Commands.all()) {
      String[] names = entry.name().split(" ", 2);
      String summary = entry.summary().replace("'", "");
      if (names.length == 1) {
        script.append(
            "complete -c redoubt -n __fish_use_subcommand -a %s -d '%s'\n"
                .formatted(names[0], summary));
      } else {
        script.append(
            "complete -c redoubt -n __fish_use_subcommand -a %s -d '%s commands'\n"
                .formatted(names[0], names[0]));
        script.append(
            "complete -c redoubt -n '__fish_seen_subcommand_from %s' -a %s -d '%s'\n"
                .formatted(names[0], names[1], summary));
      }
      for (String option : options(entry)) {
        if (option.startsWith("--")) {
          script.append(
              "complete -c redoubt -n '__fish_seen_subcommand_from %s' -l %s\n"
                  .formatted(names[names.length - 1], option.substring(2)));
        }
      }
    }
    return script.toString();
  }

  /// Returns the words that may follow each prefix of words, the empty prefix included.
  private static Map<String, Set<String>> words() {
    Map<String, Set<String>> words = new LinkedHashMap<>();
    words.put("", new TreeSet<>(Set.of("--help", "--version", "help")));
    for (Entry entry : Commands.all()) {
      String[] names = entry.name().split(" ", 2);
      words.get("").add(names[0]);
      if (names.length == 2) {
        words.computeIfAbsent(names[0], _ -> new TreeSet<>()).add(names[1]);
      }
      words.put(entry.name(), new LinkedHashSet<>(options(entry)));
    }
    return words;
  }

  private static List<String> options(Entry entry) {
    List<String> names = new ArrayList<>();
    Main.specOf(entry, entry.builder().get())
        .options()
        .forEach(option -> names.addAll(List.of(option.names())));
    return names.stream().sorted().toList();
  }
}
