// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Arguments.Used;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.Set;

/// `pytest`: it runs the workspace's tests with their `conftest.py` and configuration.
///
/// Plugins, another configuration or root, overridden settings and `--basetemp`, which is deleted
/// first, are questions. `python -m pytest` takes the same arguments.
///
/// Sources: the command-line reference of pytest 8 and of pytest-cov, pytest-xdist, pytest-timeout.
final class PytestManual implements Manual {

  private static final Set<String> NAMES = Set.of("py.test", "pytest");

  private static final Table TABLE =
      Table.of(Nature.BUILD, "runs the workspace's tests")
          .flags("-qvxslVh --quiet --verbose --exitfirst --lf --last-failed --ff --failed-first")
          .flags("--nf --new-first --co --collect-only --no-header --no-summary --showlocals")
          .flags("--disable-warnings --disable-pytest-warnings --strict-markers --strict-config")
          .flags("--sw --stepwise --stepwise-skip --fixtures --markers --version --help --runxfail")
          .flags("--no-cov --cov-append --cov-branch --doctest-modules --cache-show --full-trace")
          .flags("--no-showlocals --setup-show --setup-only --fixtures-per-test --strict")
          .optional("--cov")
          .values("-kmrnW --maxfail --tb --durations --durations-min --color --capture --verbosity")
          .values(
              "--deselect --ignore --ignore-glob --timeout --asyncio-mode --import-mode"
                  + " --show-capture")
          .values(
              "--cov-report --cov-fail-under --numprocesses --dist --lfnf"
                  + " --last-failed-no-failures")
          .values("--code-highlight -p --reruns")
          .values(Meaning.WRITES, "--junitxml --junit-xml --log-file --report-log")
          .values(Meaning.READS, "--cov-config")
          .values(Meaning.CHANGES, "-co --config-file --rootdir --confcutdir --override-ini")
          .values(Meaning.CHANGES, "--basetemp --pastebin --pdbcls --html")
          .flags(Meaning.CHANGES, "--pyargs --pdb --trace --noconftest --cache-clear")
          .optional(Meaning.CHANGES, "--debug")
          .build();

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public Reading read(Call call) {
    Arguments arguments = TABLE.read(call.arguments());
    Draft draft = new Draft(TableReading.ofOptions("pytest", TABLE, arguments));
    for (Used one : arguments.used()) {
      String value = one.value() instanceof Arg.Known(String text) ? text : "";
      if (one.name().equals("-p") && !value.startsWith("no:")) {
        draft.raise(Nature.CHANGES, "pytest -p loads a plugin");
      }
      if (one.name().equals("-W") && value.indexOf('.') >= 0) {
        draft.raise(Nature.UNKNOWN, "pytest -W imports \"" + value + "\"");
      }
      if (one.name().equals("--cov-report") && value.indexOf(':') >= 0) {
        Arg report = new Arg.Known(value.substring(value.indexOf(':') + 1));
        if (!value.startsWith("term")) {
          draft.want(new Want.File(Access.WRITE, report));
        }
      }
    }
    for (Arg operand : arguments.operands()) {
      if (operand instanceof Arg.Known(String text)) {
        int colons = text.indexOf("::");
        String path = colons < 0 ? text : text.substring(0, colons);
        draft.want(new Want.File(Access.SEARCH, new Arg.Known(path)));
        if (text.startsWith("@")) {
          draft.raise(Nature.UNKNOWN, "pytest takes options from " + text.substring(1));
        }
      } else {
        draft.want(new Want.File(Access.SEARCH, operand));
      }
    }
    return Builds.done(draft, arguments);
  }
}
