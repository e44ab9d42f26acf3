// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;

/// `make`: plain targets of the workspace's own makefile.
///
/// `-n` is no protection: recipes with `+` and `$(shell …)` run all the same. Another makefile,
/// `--eval`, variables from the command line, `SHELL=` for one, and `-p`, which prints every
/// variable of the environment, are questions.
///
/// Sources: make(1) and the GNU make manual 4.4, "Summary of Options" and "Overriding Variables".
final class MakeManual implements Manual {

  private static final Set<String> NAMES = Set.of("gmake", "make");

  private static final Table TABLE =
      Table.of(Nature.BUILD, "builds with what the makefile says")
          .flags("-bmBdhikLnqrRsStvw --always-make --help --ignore-errors --keep-going")
          .flags("--check-symlink-times --just-print --dry-run --recon")
          .flags("--question --no-builtin-rules --no-builtin-variables --silent --quiet")
          .flags("--no-silent --no-keep-going --stop --touch --trace --version")
          .flags("--print-directory --no-print-directory --warn-undefined-variables")
          .optional("-jlO --jobs --load-average --max-load --output-sync --debug --shuffle")
          .values("-oW --old-file --assume-old --what-if --new-file --assume-new")
          .values(Meaning.FOLDER, "-C --directory")
          .flags(Meaning.CHANGES, "-e --environment-overrides -p --print-data-base")
          .values(Meaning.CHANGES, "-f --file --makefile -E --eval -I --include-dir")
          .build();

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return Reading.harmless("shows the version of make", List.of());
    }
    Arguments arguments = TABLE.read(call.arguments());
    Draft draft = new Draft(TableReading.ofOptions(call.name(), TABLE, arguments));
    for (Arg target : arguments.operands()) {
      String text = target instanceof Arg.Known(String known) ? known : "";
      if (text.contains("=")) {
        variable(draft, text);
      } else if (!isNumber(text) && !Tasks.isPlain(text)) {
        draft.raise(Nature.UNKNOWN, call.name() + " " + target.shown() + " is not a plain target");
      }
    }
    return Builds.done(draft, arguments);
  }

  /// `make -j 4` takes the number from the next word.
  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static void variable(Draft draft, String text) {
    String name = text.substring(0, text.indexOf('='));
    boolean plain =
        (name.equals("V") || name.equals("VERBOSE") || name.equals("DEBUG") || name.equals("CI"))
            && isNumber(text.substring(text.indexOf('=') + 1));
    if (!plain) {
      draft.raise(Nature.CHANGES, "make with the variable \"" + name + "\" runs something else");
    }
  }
}
