// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Arguments.Used;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns what a [Table] found in the arguments of a call into a [Reading].
final class TableReading {

  private static final Arg HERE = new Arg.Known(".");

  private final String program;
  private final Table table;
  private final Arguments arguments;
  private final Draft draft;
  private boolean recurses;

  private TableReading(String program, Table table, Arguments arguments) {
    this.program = program;
    this.table = table;
    this.arguments = arguments;
    this.draft = new Draft(table.nature(), table.reason());
  }

  /// Returns what options and operands of `arguments` lead to.
  ///
  /// @param program the name for reasons, with the subcommand if there is one
  static Reading of(String program, Table table, Arguments arguments) {
    TableReading reading = new TableReading(program, table, arguments);
    reading.options();
    reading.possibleOptions();
    reading.operands();
    return reading.draft.in(folders(arguments));
  }

  /// Returns the same for options only, when the operands are judged elsewhere. Folders that are
  /// changed to are left out: [#folders] has them.
  static Reading ofOptions(String program, Table table, Arguments arguments) {
    TableReading reading = new TableReading(program, table, arguments);
    reading.options();
    reading.possibleOptions();
    return reading.draft.done();
  }

  /// Returns the folders the options change to, in their order.
  static List<Arg> folders(Arguments arguments) {
    List<Arg> folders = new ArrayList<>();
    for (Used one : arguments.used()) {
      if (one.option().meaning() == Meaning.FOLDER && one.value() != null) {
        folders.add(one.value());
      }
    }
    return folders;
  }

  /// Returns the program and the arguments that the text of a [Meaning#STARTS] option names.
  static Want command(Arg value) {
    List<Arg> argv = new ArrayList<>();
    if (value instanceof Arg.Known(String text)) {
      for (String word : text.split("[ \t]+", -1)) {
        if (!word.isEmpty()) {
          argv.add(new Arg.Known(word));
        }
      }
    } else {
      argv.add(value);
    }
    argv.add(new Arg.Unknown("…", "the program adds arguments"));
    return new Want.Command(argv);
  }

  private void options() {
    String doubt = arguments.doubt();
    if (doubt != null) {
      draft.raise(Nature.UNKNOWN, program + ": " + doubt);
    }
    for (Used one : arguments.used()) {
      option(one);
    }
  }

  private void option(Used one) {
    Meaning meaning = one.option().meaning();
    String because = program + " " + one.name() + " " + meaning.verb();
    switch (meaning) {
      case HARMLESS -> {}
      case RECURSES -> recurses = true;
      case CHANGES -> draft.raise(Nature.CHANGES, because);
      case UNKNOWN -> draft.raise(Nature.UNKNOWN, because);
      case READS,
          LISTS,
          SEARCHES,
          WRITES,
          DELETES,
          CONFIG,
          OUTPUT,
          FOLDER,
          SHELL,
          STARTS,
          CONNECTS ->
          value(meaning, one.value(), because);
    }
  }

  private void value(Meaning meaning, @Nullable Arg value, String because) {
    if (value == null) {
      if (meaning.harms() && meaning != Meaning.CONFIG) {
        draft.raise(Nature.UNKNOWN, because);
      }
      return;
    }
    switch (meaning) {
      case HARMLESS, RECURSES, CHANGES, UNKNOWN, FOLDER -> {}
      case READS -> read(value);
      case LISTS -> draft.file(Access.LIST, value, because);
      case SEARCHES -> draft.file(Access.SEARCH, value, because);
      case WRITES -> draft.file(Access.WRITE, value, because);
      case DELETES -> draft.file(Access.DELETE, value, because);
      case CONFIG -> configuration(value, because);
      case OUTPUT -> output(value, because);
      case SHELL -> draft.want(new Want.ShellText(value));
      case STARTS -> draft.want(command(value));
      case CONNECTS -> draft.want(new Want.Connect("", value));
    }
  }

  private void configuration(Arg value, String because) {
    boolean usual =
        value instanceof Arg.Known(String text)
            && UsualFiles.isConfiguration(text, table.configured());
    if (!usual) {
      draft.raise(Nature.CHANGES, because);
    }
    read(value);
  }

  private void output(Arg value, String because) {
    boolean usual = value instanceof Arg.Known(String text) && UsualFiles.isOutput(text);
    if (!usual) {
      draft.raise(Nature.CHANGES, because);
    }
    draft.file(Access.WRITE, value, because);
  }

  private void read(Arg value) {
    if (!isStandardInput(value)) {
      draft.want(new Want.File(Access.READ, value));
    }
  }

  /// Judges words that nobody wrote as options and that may be some.
  private void possibleOptions() {
    for (Arg possible : arguments.possibleOptions()) {
      if (table.harms()) {
        draft.raise(Nature.UNKNOWN, program + ": " + possible.shown() + " could be an option");
      }
      if (table.has(Meaning.RECURSES)) {
        recurses = true;
      }
      if (looksAtFiles()) {
        draft.want(new Want.File(Access.READ, possible));
      }
    }
  }

  private boolean looksAtFiles() {
    return table.has(Meaning.READS) || table.has(Meaning.LISTS) || table.has(Meaning.SEARCHES);
  }

  private void operands() {
    List<Arg> operands = files();
    switch (table.operands()) {
      case PLAIN -> {}
      case CHANGES, UNKNOWN -> raiseByOperand(operands);
      case READ, LIST, SEARCH, WRITE, DELETE, PATTERN_THEN_READ, PATTERN_THEN_SEARCH -> {
        Access access = access();
        for (Arg operand : operands) {
          if (access == Access.READ) {
            read(operand);
          } else {
            draft.file(access, operand, table.reason());
          }
        }
        if (operands.isEmpty()) {
          draftOtherwise(access);
        }
      }
    }
  }

  private void raiseByOperand(List<Arg> operands) {
    if (!operands.isEmpty()) {
      Nature nature = table.operands() == Operands.CHANGES ? Nature.CHANGES : Nature.UNKNOWN;
      String verb = table.operands() == Operands.CHANGES ? " changes something" : " is not judged";
      draft.raise(nature, program + " " + operands.getFirst().shown() + verb);
    }
  }

  private void draftOtherwise(Access access) {
    if (table.otherwise().isPresent()) {
      draft.file(access, new Arg.Known(table.otherwise().get()), table.reason());
    } else if (recurses) {
      draft.file(access, HERE, table.reason());
    }
  }

  private Access access() {
    Access access = table.operands().access();
    if (access == null) {
      throw new IllegalStateException("operands of " + program + " are no files");
    }
    boolean deepens = recurses && (access == Access.READ || access == Access.LIST);
    return deepens ? Access.SEARCH : access;
  }

  /// Returns the operands without the pattern.
  private List<Arg> files() {
    List<Arg> operands = arguments.operands();
    boolean patternFirst =
        table.operands().startWithPattern()
            && !operands.isEmpty()
            && !arguments.hasOneOf(table.patternOptions())
            // A first word that may be an option leaves open which word is the pattern.
            && !operands.getFirst().couldBeOption();
    return patternFirst ? operands.subList(1, operands.size()) : operands;
  }

  private static boolean isStandardInput(Arg value) {
    return value instanceof Arg.Known(String text) && text.equals("-");
  }
}
