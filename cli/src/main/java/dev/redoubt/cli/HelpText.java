// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import dev.redoubt.cli.Commands.Entry;
import dev.redoubt.cli.Commands.Group;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/// Writes the help of the program, of a family and of a command.
final class HelpText {

  private HelpText() {}

  static String program() {
    StringBuilder text =
        new StringBuilder(
            """
            Redoubt: know what your AI agents can reach.

            Usage: redoubt [OPTIONS] COMMAND [ARGUMENTS]
                   redoubt [OPTIONS OF run] [--plain]   talk to the agent at a terminal

            """);
    for (Group group : Group.values()) {
      List<Entry> entries =
          Commands.all().stream().filter(entry -> entry.group() == group).toList();
      if (!entries.isEmpty()) {
        text.append(group.heading()).append('\n');
        entries.forEach(entry -> line(text, entry.name(), entry.summary()));
        text.append('\n');
      }
    }
    text.append(
        """
        Options of every command
          --data-dir DIR           Where Redoubt keeps its data.
          --config FILE            Read this configuration instead of the user's own.
          --offline                Connect to nothing.
          -q, --quiet              Write no progress.
          --color auto|always|never
          -h, --help               Show the help of a command.
          --version                Print version, commit and whether local changes were built in.

        Examples
          redoubt scan .
          redoubt scan --demo
          redoubt help scan
        """);
    return text.toString();
  }

  static String family(String word, List<Entry> entries) {
    StringBuilder text = new StringBuilder("Usage: redoubt %s COMMAND\n\n".formatted(word));
    entries.forEach(entry -> line(text, entry.name(), entry.summary()));
    return text.append("\nredoubt %s COMMAND --help shows more.\n".formatted(word)).toString();
  }

  static String command(Entry entry, Command command, CommandSpec spec, boolean colored) {
    CommandLine line = new CommandLine(spec);
    spec.usageMessage()
        .width(100)
        .autoWidth(false)
        .description(entry.summary())
        .synopsisHeading("Usage: ")
        .descriptionHeading("%n")
        .parameterListHeading("%nArguments%n")
        .optionListHeading("%nOptions%n")
        .footerHeading("%nExamples%n")
        .footer(command.examples().stream().map(example -> "  " + example).toArray(String[]::new));
    return line.getUsageMessage(colored ? Ansi.ON : Ansi.OFF);
  }

  private static void line(StringBuilder text, String name, String summary) {
    text.append("  ").append(name);
    text.repeat(' ', Math.max(2, 25 - name.length())).append(summary).append('\n');
  }
}
