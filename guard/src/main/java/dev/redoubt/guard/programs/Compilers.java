// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compilers and what looks into their output.
///
/// A compiler reads the sources and writes where it is told. Plugins, processors, other programs
/// for its steps, and files with more options (`@file`, `-specs`) are in no table.
///
/// Sources: javac(1), jar(1) and javap(1) of JDK 25, gcc(1), clang(1), rustc(1).
final class Compilers {

  private Compilers() {}

  /// Returns the manual of `name`; null when it is none of them.
  static @Nullable Manual manual(String name) {
    return switch (name) {
      case "javac" -> new Compiler(Set.of("javac"), javac(), "-d", ".");
      case "gcc", "g++", "cc", "c++", "clang", "clang++" ->
          new Compiler(Set.of("gcc", "g++", "cc", "c++", "clang", "clang++"), c(), "-o", "a.out");
      case "javap" -> TableManual.of("javap", javap());
      case "jar" -> new Archive();
      case "rustc" -> new AskManual(Set.of("rustc"), "rustc can run macros of its sources");
      default -> null;
    };
  }

  /// A compiler that writes what `output` names, and `usual` when it is not given.
  private record Compiler(Set<String> names, Table table, String output, String usual)
      implements Manual {
    @Override
    public Reading read(Call call) {
      List<Arg> words = call.arguments();
      boolean version =
          words.size() == 1 && (words.contains(arg("-version")) || words.contains(arg("-v")));
      if (AskManual.isVersion(words) || version) {
        return Reading.harmless("shows the version of " + call.name(), List.of());
      }
      Arguments arguments = table.read(words);
      Draft draft = new Draft(TableReading.of(call.name(), table, arguments));
      for (String operand : Builds.texts(arguments.operands())) {
        if (operand.isEmpty() || operand.startsWith("@")) {
          draft.raise(Nature.UNKNOWN, call.name() + " takes options from a file");
        }
      }
      boolean writes = !arguments.has(output, "-fsyntax-only", "-E");
      if (writes && !arguments.operands().isEmpty()) {
        Arg file = arg(arguments.has("-c", "-S") ? "." : usual);
        draft.want(new Want.File(Access.WRITE, file));
      }
      return Builds.here(draft.done());
    }
  }

  /// `jar`: listing reads, everything else writes.
  private record Archive() implements Manual {
    @Override
    public Set<String> names() {
      return Set.of("jar");
    }

    @Override
    public Reading read(Call call) {
      List<Arg> words = call.arguments();
      List<String> texts = Builds.texts(words);
      boolean version = texts.equals(List.of("--version")) || texts.equals(List.of("--help"));
      if (version) {
        return Reading.harmless("shows the version of jar", List.of());
      }
      boolean lists =
          texts.size() > 1
              && switch (texts.getFirst()) {
                case "tf", "tvf", "-tf", "-tvf", "vtf" -> true;
                default -> false;
              };
      if (!lists || isOption(texts.get(1))) {
        return new Reading(Nature.CHANGES, "jar writes files", List.of());
      }
      boolean more = texts.subList(2, texts.size()).stream().anyMatch(Archive::isOption);
      Nature nature = more ? Nature.UNKNOWN : Nature.HARMLESS;
      Want reads = new Want.File(Access.READ, words.get(1));
      return new Reading(nature, "lists an archive", List.of(reads));
    }

    private static boolean isOption(String text) {
      return text.isEmpty() || text.startsWith("-") || text.startsWith("@");
    }
  }

  private static Arg arg(String text) {
    return new Arg.Known(text);
  }

  private static Table javac() {
    return Table.of(Nature.BUILD, "compiles with the processors it finds")
        .words()
        .flags("-g -g:none -nowarn -verbose -parameters -deprecation -Werror -proc:none -Xlint")
        .flags("--enable-preview")
        .values("--release -source -target --source --target -encoding")
        .prefixes(Meaning.HARMLESS, "-Xlint:")
        .values(Meaning.WRITES, "-d -h -s")
        .values(Meaning.CHANGES, "-processor -processorpath --processor-path -cp -classpath -A")
        .values(Meaning.CHANGES, "--class-path -p --module-path --module-source-path -sourcepath")
        .prefixes(Meaning.CHANGES, "-J -A -Xplugin: -Xbootclasspath")
        .operands(Operands.READ)
        .build();
  }

  private static Table c() {
    return Table.filesOnly("compiles")
        .words()
        .flags("-c -S -E -g -w -Wall -Wextra -Werror -Wpedantic -pedantic -ansi -pthread -static")
        .flags("-shared -fPIC -fpic -fsyntax-only -O -O0 -O1 -O2 -O3 -Os -Og -Ofast -v -MMD -MD -M")
        .flags("-MM -march=native -m32 -m64 -fno-exceptions -fno-rtti -fopenmp -flto")
        .flags("-fstack-protector-strong -fsanitize=address -fsanitize=undefined -g3 -ggdb")
        .values("-std -x -D -U -l")
        .prefixes(Meaning.HARMLESS, "-D -U -l -Wno- -fsanitize= -std= -Werror=")
        .values(Meaning.SEARCHES, "-I -L -isystem")
        .prefixes(Meaning.SEARCHES, "-I -L")
        .values(Meaning.WRITES, "-o")
        .prefixes(Meaning.CHANGES, "-B -fplugin -specs -wrapper -Wl, -Wp, -Wa, -Xclang -f -m")
        .values(
            Meaning.CHANGES, "-Xlinker -Xassembler -Xpreprocessor -include -imacros -T -fuse-ld")
        .operands(Operands.READ)
        .build();
  }

  private static Table javap() {
    return Table.harmless("shows a class")
        .words()
        .flags("-c -l -p -s -v -verbose -private -public -protected -package -sysinfo -constants")
        .flags("-version --version -help")
        .values(Meaning.SEARCHES, "-cp -classpath --class-path")
        .prefixes(Meaning.CHANGES, "-J")
        .operands(Operands.READ)
        .build();
  }
}
