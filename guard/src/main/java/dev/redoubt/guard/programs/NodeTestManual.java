// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Set;

/// `node --test`: the test runner of Node, on files that are named like tests. Every other call of
/// `node` is one of an interpreter.
///
/// Source: the command-line reference of Node.js 22.
///
/// @param otherwise what every other call is
record NodeTestManual(InterpreterManual otherwise) implements Manual {

  private static final Table TABLE =
      Table.of(Nature.BUILD, "runs the workspace's tests")
          .flags("--test --test-only --test-force-exit --experimental-test-coverage --no-warnings")
          .flags("--enable-source-maps --experimental-strip-types --trace-warnings --expose-gc")
          .flags("--test-update-snapshots-never --throw-deprecation --trace-deprecation")
          .values("--test-timeout --test-concurrency --test-name-pattern --test-skip-pattern")
          .values("--test-shard --test-coverage-include --test-coverage-exclude")
          .values("--test-coverage-lines --test-coverage-branches --test-coverage-functions")
          .values("--max-old-space-size")
          .values(Meaning.WRITES, "--test-reporter-destination")
          .values(Meaning.CHANGES, "-r --require --import --loader --experimental-loader -e --eval")
          .values(Meaning.CHANGES, "-p --print --env-file --test-global-setup --test-reporter -C")
          .flags(Meaning.CHANGES, "--watch --inspect --test-update-snapshots")
          .build();

  private static final Set<String> REPORTERS = Set.of("dot", "junit", "lcov", "spec", "tap");

  @Override
  public Set<String> names() {
    return Set.of(otherwise.name());
  }

  @Override
  public Reading read(Call call) {
    if (!call.arguments().contains(new Arg.Known("--test"))) {
      return otherwise.read(call);
    }
    List<Arg> arguments = Named.without(call.arguments(), Set.of("--test-reporter"), REPORTERS);
    arguments =
        Named.without(arguments, Set.of("-r", "--require", "--import"), CheckShelf.REGISTERS);
    Arguments read = TABLE.read(arguments);
    Draft draft = new Draft(TableReading.ofOptions(call.name(), TABLE, read));
    if (!read.has("--test")) {
      return otherwise.read(call);
    }
    for (Arg file : read.operands()) {
      String shown = file.shown();
      if (!(shown.contains("test") || shown.contains("spec"))) {
        draft.raise(Nature.UNKNOWN, "node --test " + shown + " runs what is not named like a test");
      }
      draft.want(new Want.File(Access.READ, file));
    }
    return Builds.done(draft, read);
  }
}
