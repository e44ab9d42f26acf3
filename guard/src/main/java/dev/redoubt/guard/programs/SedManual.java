// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Arguments.Used;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// sed: edits text as a script says, which can run commands and write files.
///
/// Sources: sed(1) of GNU sed 4.9 and of macOS. The two differ after `-i`: GNU has the suffix in
/// the same word, macOS in the next one.
record SedManual(String name) implements Manual {

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of("sed", table, arguments));
    List<Arg> files = new ArrayList<>(arguments.operands());
    if (arguments.has("-i", "--in-place") && hasEmptySuffix(files)) {
      files.removeFirst();
    }
    List<Arg> scripts = scripts(arguments, files);
    if (!arguments.has("--sandbox")) {
      judge(scripts, draft);
      if (arguments.has("-f", "--file")) {
        draft.raise(Nature.UNKNOWN, "sed -f runs a script from a file");
      }
    }
    for (Arg file : files) {
      file(file, arguments, draft);
    }
    return draft.done();
  }

  /// Returns the scripts; takes the one that is an operand from `files`.
  private static List<Arg> scripts(Arguments arguments, List<Arg> files) {
    List<Arg> scripts = new ArrayList<>();
    for (Used one : arguments.used()) {
      if (one.value() != null && (one.name().equals("-e") || one.name().equals("--expression"))) {
        scripts.add(one.value());
      }
    }
    if (scripts.isEmpty() && !arguments.has("-f", "--file") && !files.isEmpty()) {
      scripts.add(files.removeFirst());
    }
    return scripts;
  }

  private static boolean hasEmptySuffix(List<Arg> operands) {
    return operands.size() > 1
        && operands.getFirst() instanceof Arg.Known(String text)
        && text.isEmpty();
  }

  private static void judge(List<Arg> scripts, Draft draft) {
    StringBuilder whole = new StringBuilder();
    for (Arg script : scripts) {
      if (!(script instanceof Arg.Known(String text))) {
        draft.raise(Nature.UNKNOWN, "the sed script " + script.shown() + " is not known");
        return;
      }
      if (whole.length() > 0 && whole.charAt(whole.length() - 1) == '\\') {
        draft.raise(Nature.UNKNOWN, "the sed script is continued in another option");
        return;
      }
      if (whole.length() > 0) {
        whole.append('\n');
      }
      whole.append(text);
    }
    SedScript.read(whole.toString(), draft);
  }

  private static void file(Arg file, Arguments arguments, Draft draft) {
    if (!arguments.has("-i", "--in-place")) {
      if (!file.equals(new Arg.Known("-"))) {
        draft.file(Access.READ, file, "");
      }
      return;
    }
    draft.file(Access.WRITE, file, "sed -i changes files");
    for (Used one : arguments.used()) {
      if (one.name().equals("-i") || one.name().equals("--in-place")) {
        backup(file, one.value(), draft);
      }
    }
  }

  private static void backup(Arg file, @Nullable Arg value, Draft draft) {
    if (value == null) {
      return;
    }
    if (!(value instanceof Arg.Known(String suffix))) {
      draft.raise(Nature.UNKNOWN, "sed -i" + value.shown() + " is not known");
      return;
    }
    if (suffix.indexOf('*') >= 0 || suffix.indexOf('/') >= 0) {
      draft.raise(Nature.UNKNOWN, "sed -i" + suffix + " writes elsewhere");
      return;
    }
    Arg backup =
        switch (file) {
          case Arg.Known(String text) -> new Arg.Known(text + suffix);
          case Arg.Glob(String pattern) -> new Arg.Glob(pattern + suffix);
          case Arg.Unknown unknown -> unknown;
        };
    draft.file(Access.WRITE, backup, "sed -i changes files");
  }

  /// `-l` takes a value in GNU only, so it is left out.
  private static Table table() {
    return Table.harmless("edits text")
        .judgedFurther()
        .flags("-nErsuzb --quiet --silent --debug --regexp-extended --separate")
        .flags("--unbuffered")
        .flags("--null-data --zero-terminated --posix --sandbox --follow-symlinks")
        .flags("--binary --help")
        .flags("--version")
        .optional("-i --in-place")
        .values("-e --expression --line-length")
        .values(Meaning.READS, "-f --file")
        .build();
  }
}
