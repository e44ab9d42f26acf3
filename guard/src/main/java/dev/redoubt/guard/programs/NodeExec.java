// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `pnpm exec`, `yarn exec`, `yarn run eslint`, `yarn eslint`, `pnpm eslint`: they start a program
/// of the packages of the workspace and fetch nothing.
///
/// What is started is judged as if it stood alone, and the whole is a build. A script of that name
/// would be run in its place, which the person who trusted the workspace expects of a tool's name.
/// `npm exec`, `npx`, `bunx` and `dlx` fetch what is not there and are no such thing.
///
/// Sources: the pages of `exec` and `run` of pnpm 10, Yarn 1 and 4.
final class NodeExec {

  private static final Set<String> RUNNERS = Set.of("pnpm", "yarn");

  private static final Table FRONT =
      PackageShelf.runs()
          .flags("-rsw --recursive --silent --workspace-root --parallel --stream --no-bail")
          .flags("--aggregate-output --sort --no-sort --if-present")
          .values("-F --filter --workspace-concurrency --reporter --loglevel")
          .values(Meaning.FOLDER, "-C --dir --cwd")
          .build();

  private NodeExec() {}

  /// Returns what `call` starts; null when it is no call of that kind.
  static @Nullable Reading read(Call call) {
    if (!RUNNERS.contains(call.name())) {
      return null;
    }
    Arguments front = FRONT.read(call.arguments());
    List<Arg> words = front.operands();
    int start = call.arguments().size() - words.size();
    boolean dashed = start > 0 && call.arguments().get(start - 1).equals(new Arg.Known("--"));
    if (front.doubt() != null || words.isEmpty() || dashed) {
      return null;
    }
    String verb = Builds.texts(words).getFirst();
    List<Arg> argv = words;
    if (verb.equals("exec") || verb.equals("run")) {
      argv = words.subList(1, words.size());
    }
    String program = argv.isEmpty() ? "" : Builds.texts(argv).getFirst();
    boolean known = BuiltInManuals.isInstalledByWorkspace(program) && !isVerb(program);
    boolean starts = verb.equals("exec") ? isProgram(program) : known;
    if (!starts) {
      return null;
    }
    String reason = "%s starts %s of the packages".formatted(call.name(), program);
    Draft draft = new Draft(TableReading.ofOptions(call.name(), FRONT, front));
    return draft.also(Builds.runs(reason, argv)).in(TableReading.folders(front));
  }

  /// A word in front of which there is no option, and which is no path.
  private static boolean isProgram(String word) {
    return !word.isEmpty() && !word.startsWith("-") && word.indexOf('/') < 0;
  }

  /// Names that are verbs of the runners too.
  private static boolean isVerb(String word) {
    return word.equals("del");
  }
}
