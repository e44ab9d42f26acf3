// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Arguments.Used;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Set;

/// `cmake`: configuring and building the workspace; scripts, tools and installing are questions.
///
/// Sources: cmake(1) of CMake 3.31.
final class CmakeManual implements Manual {

  private static final Set<String> NAMES = Set.of("cmake");

  private static final Table BUILD =
      Table.of(Nature.BUILD, "builds with what the workspace says")
          .words()
          .flags("-v --verbose --clean-first -j --parallel")
          .values("-t --target --config --resolve-package-references")
          .values(Meaning.SEARCHES, "--build")
          .prefixes(Meaning.HARMLESS, "-j")
          .values(Meaning.CHANGES, "--preset")
          .build();

  private static final Table CONFIGURE =
      Table.of(Nature.BUILD, "configures with what the workspace says")
          .words()
          .flags("-Wdev -Wno-dev --fresh -N")
          .values("-G --log-level -D")
          .prefixes(Meaning.HARMLESS, "-G -D")
          .values(Meaning.SEARCHES, "-S")
          .values(Meaning.WRITES, "-B")
          .prefixes(Meaning.SEARCHES, "-S")
          .prefixes(Meaning.WRITES, "-B")
          .values(Meaning.CHANGES, "-C -T -A -P -E -U --install --open --toolchain --preset")
          .operands(Operands.SEARCH)
          .build();

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return Reading.harmless("shows the version of cmake", List.of());
    }
    boolean builds =
        !call.arguments().isEmpty()
            && call.arguments().getFirst() instanceof Arg.Known(String first)
            && first.startsWith("--build");
    Table table = builds ? BUILD : CONFIGURE;
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of("cmake", table, arguments));
    for (Used one : arguments.used()) {
      switch (one.name()) {
        case "-D" -> variable(draft, one.value() instanceof Arg.Known(String text) ? text : "");
        case "-t", "--target" -> Tasks.judge(draft, "cmake --target", valueOf(one));
        default -> {}
      }
    }
    if (builds) {
      Tasks.judge(draft, "cmake --build", numbersLeftOut(arguments.operands()));
    }
    return draft.want(new Want.File(Access.SEARCH, new Arg.Known("."))).done();
  }

  private static List<Arg> valueOf(Used used) {
    Arg value = used.value();
    return value == null ? List.of() : List.of(value);
  }

  private static List<Arg> numbersLeftOut(List<Arg> operands) {
    return operands.stream()
        .filter(arg -> !(arg instanceof Arg.Known(String text) && text.matches("[0-9]{1,4}")))
        .toList();
  }

  private static void variable(Draft draft, String text) {
    int end = text.indexOf('=');
    String typed = end < 0 ? text : text.substring(0, end);
    int colon = typed.indexOf(':');
    String name = colon < 0 ? typed : typed.substring(0, colon);
    boolean plain =
        switch (name) {
          case "CMAKE_BUILD_TYPE", "BUILD_TESTING", "BUILD_SHARED_LIBS", "CMAKE_CXX_STANDARD" ->
              true;
          case "CMAKE_C_STANDARD", "CMAKE_EXPORT_COMPILE_COMMANDS", "CMAKE_VERBOSE_MAKEFILE" ->
              true;
          default -> false;
        };
    if (!plain) {
      draft.raise(Nature.UNKNOWN, "what the variable \"" + name + "\" does is not known");
    }
  }
}
