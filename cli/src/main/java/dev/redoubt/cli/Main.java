// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import dev.redoubt.cli.Commands.Entry;
import dev.redoubt.cli.Surroundings.Streams;
import dev.redoubt.cli.Surroundings.Terminals;
import dev.redoubt.model.RedoubtException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The program: finds the command, runs it and turns every failure into a message and an exit code.
public final class Main {

  static {
    /* What picocli looks for when it is first used costs 15 ms of every command, and no option of
    ours needs it: a class of Groovy, for which every jar is opened, and two dozen types of the JDK,
    by reflection. */
    System.setProperty("picocli.disable.closures", "true");
    System.setProperty("picocli.converters.excludes", "java[.].*");
  }

  private Main() {}

  /// Runs the program in the surroundings of this process.
  ///
  /// Ends with `halt`: an orderly exit would first set up logging for the JDK's own shutdown
  /// message, which costs more than most commands.
  public static void main(String[] arguments) {
    PrintStream out = stream(FileDescriptor.out, false);
    PrintStream err = stream(FileDescriptor.err, true);
    Surroundings world =
        new Surroundings(
            System.getenv(),
            Path.of("").toAbsolutePath(),
            new Streams(
                System.in, out, err, Terminals.parse(System.getProperty("redoubt.terminals", ""))),
            Clock.systemUTC());
    int code = run(List.of(arguments), world);
    out.flush();
    err.flush();
    Runtime.getRuntime().halt(out.checkError() ? Math.max(code, 4) : code);
  }

  /// Runs one command line and returns its exit code. Never throws and never ends the process.
  public static int run(List<String> arguments, Surroundings world) {
    try {
      return dispatch(arguments, world);
    } catch (UsageException e) {
      return usage(world, String.valueOf(e.getMessage()), "redoubt --help");
    } catch (RedoubtException e) {
      world.err().println("redoubt: " + shown(e.getMessage()));
      return e.code().kind().exitCode();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      world.err().println("redoubt: this is a bug in Redoubt, please report it:");
      e.printStackTrace(world.err());
      return ExitCode.BUG;
    }
  }

  private static int dispatch(List<String> arguments, Surroundings world) {
    int at = commandIndex(arguments);
    if (at < 0) {
      return withoutCommand(arguments, world);
    }
    String first = arguments.get(at);
    if (first.equals("help")) {
      return help(arguments.subList(at + 1, arguments.size()), world);
    }
    List<Entry> family = Commands.family(first);
    if (!family.isEmpty()) {
      return family(arguments, at, family, world);
    }
    Optional<Entry> entry = Commands.named(first);
    return entry.isPresent()
        ? run(entry.get(), without(arguments, at, 1), world)
        : unknown(first, Commands.all(), world);
  }

  private static int family(
      List<String> arguments, int at, List<Entry> family, Surroundings world) {
    String word = arguments.get(at);
    Optional<String> second =
        at + 1 < arguments.size() ? Optional.of(arguments.get(at + 1)) : Optional.empty();
    Optional<Entry> bare = Commands.named(word);
    boolean help = second.isPresent() && List.of("--help", "-h").contains(second.get());
    if (bare.isPresent() && (second.isEmpty() || second.get().startsWith("-"))) {
      int code = run(bare.get(), without(arguments, at, 1), world);
      if (help) {
        world.out().print("\n" + HelpText.family(word, family));
      }
      return code;
    }
    if (second.isEmpty() || help) {
      (second.isEmpty() ? world.err() : world.out()).print(HelpText.family(word, family));
      return second.isEmpty() ? ExitCode.USAGE : ExitCode.OK;
    }
    String name = word + " " + second.get();
    Optional<Entry> entry = Commands.named(name);
    return entry.isPresent()
        ? run(entry.get(), without(arguments, at, 2), world)
        : unknown(name, family, world);
  }

  private static int withoutCommand(List<String> arguments, Surroundings world) {
    for (String argument : arguments) {
      if (argument.equals("--version") || argument.equals("-V")) {
        world.out().println(BuildIdentity.current());
        return ExitCode.OK;
      }
      if (argument.equals("--help") || argument.equals("-h")) {
        world.out().print(HelpText.program());
        return ExitCode.OK;
      }
    }
    Terminals terminals = world.streams().terminals();
    if (terminals.in() && terminals.out()) {
      return run(Commands.LINE_MODE, arguments, world);
    }
    if (!arguments.isEmpty() && arguments.getFirst().startsWith("-")) {
      return usage(
          world,
          "no command was given, and the line mode needs a terminal on standard input and output",
          "redoubt --help");
    }
    world.err().println("redoubt: the line mode needs a terminal on standard input and output");
    world.err().print(HelpText.program());
    return ExitCode.USAGE;
  }

  private static int help(List<String> words, Surroundings world) {
    if (words.isEmpty()) {
      world.out().print(HelpText.program());
      return ExitCode.OK;
    }
    List<String> arguments = new ArrayList<>(words);
    arguments.add("--help");
    return dispatch(arguments, world);
  }

  private static int run(Entry entry, List<String> arguments, Surroundings world) {
    Command command = entry.builder().get();
    CommandSpec spec = specOf(entry, command);
    String help = ("redoubt " + entry.name()).strip() + " --help";
    try {
      ParseResult parsed =
          new CommandLine(spec)
              .setOverwrittenOptionsAllowed(true)
              .parseArgs(arguments.toArray(String[]::new));
      GlobalOptions globals = GlobalOptions.of(parsed, world);
      if (parsed.isUsageHelpRequested()) {
        boolean colored = globals.colored(world.streams().terminals().out(), world);
        world.out().print(HelpText.command(entry, command, spec, colored));
        return ExitCode.OK;
      }
      return command.run(new Call(parsed, globals, world));
    } catch (ParameterException | UsageException e) {
      return usage(world, String.valueOf(e.getMessage()), help);
    }
  }

  /// Returns the full specification of a command: its own options and the ones every command has.
  static CommandSpec specOf(Entry entry, Command command) {
    CommandSpec spec = command.spec().name(("redoubt " + entry.name()).strip());
    for (OptionSpec option : GlobalOptions.specs()) {
      spec.addOption(option);
    }
    return spec;
  }

  /* The command's name is the first word that is neither an option nor the value of a global one. */
  private static int commandIndex(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (GlobalOptions.WITH_VALUE.contains(argument)
          || Commands.LINE_WITH_VALUE.contains(argument)) {
        i++;
      } else if (!argument.startsWith("-")) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> without(List<String> arguments, int at, int words) {
    List<String> rest = new ArrayList<>(arguments.subList(0, at));
    rest.addAll(arguments.subList(at + words, arguments.size()));
    return rest;
  }

  private static int unknown(String name, List<Entry> among, Surroundings world) {
    String nearest =
        Nearest.to(name, among.stream().map(Entry::name).toList())
            .map(": did you mean \"%s\"?"::formatted)
            .orElse("");
    return usage(world, "there is no command \"%s\"%s".formatted(name, nearest), "redoubt --help");
  }

  private static int usage(Surroundings world, String message, String help) {
    world.err().println("redoubt: " + shown(message));
    world.err().println("see: " + help);
    return ExitCode.USAGE;
  }

  /* Messages quote names of files and what servers said; only their own line breaks stay. */
  private static String shown(@Nullable String message) {
    StringBuilder shown = new StringBuilder();
    for (String line : String.valueOf(message).split("\n", -1)) {
      shown.append(shown.isEmpty() ? "" : "\n").append(CommandOutput.plain(line));
    }
    return shown.toString();
  }

  private static PrintStream stream(FileDescriptor descriptor, boolean flushLines) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 14),
        flushLines,
        StandardCharsets.UTF_8);
  }
}
