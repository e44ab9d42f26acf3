// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Programs that take over the terminal and can start a shell from there: pagers, editors, `man`.
///
/// Sources: less(1), more(1), man(1) of man-db 2.11, the manuals of the editors.
final class ScreenShelf implements Shelf {

  private static final List<String> PAGERS =
      List.of("less", "more", "most", "pg", "zless", "zmore", "bzless", "xzless", "info", "pinfo");

  private static final List<String> EDITORS =
      List.of(
          "vi",
          "vim",
          "nvim",
          "view",
          "vimdiff",
          "ex",
          "ed",
          "red",
          "nano",
          "pico",
          "emacs",
          "emacsclient",
          "micro",
          "joe",
          "mcedit",
          "mc",
          "code",
          "subl",
          "gedit",
          "kate",
          "helix",
          "hx");

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>(PAGERS);
    names.addAll(EDITORS);
    names.add("man");
    return names;
  }

  @Override
  public @Nullable Manual manual(String name) {
    if (name.equals("man")) {
      return new ManManual();
    }
    if (PAGERS.contains(name)) {
      return new Interactive(name, Access.READ);
    }
    return EDITORS.contains(name) ? new Interactive(name, Access.WRITE) : null;
  }

  /// Never judged harmless, but the files it opens are known.
  private record Interactive(String name, Access access) implements Manual {
    @Override
    public Set<String> names() {
      return Set.of(name);
    }

    @Override
    public Reading read(Call call) {
      if (AskManual.isVersion(call.arguments())) {
        return Reading.harmless("shows its version", List.of());
      }
      Draft draft = new Draft(Nature.UNKNOWN, name + " can run commands while it is open");
      for (Arg arg : call.arguments()) {
        if (!arg.shown().startsWith("-") && !arg.shown().startsWith("+")) {
          draft.want(new Want.File(access, arg));
        }
      }
      return draft.done();
    }
  }

  /// man: opens a pager; `-k`, `-f` and `-w` only list names.
  private record ManManual() implements Manual {
    @Override
    public Set<String> names() {
      return Set.of("man");
    }

    @Override
    public Reading read(Call call) {
      Table table = table();
      Arguments arguments = table.read(call.arguments());
      Draft draft = new Draft(TableReading.of("man", table, arguments));
      boolean lists =
          arguments.has(
              "-k",
              "--apropos",
              "-f",
              "--whatis",
              "-w",
              "-W",
              "--where",
              "--path",
              "--where-cat",
              "--location",
              "--help",
              "--version");
      if (!lists) {
        draft.raise(Nature.UNKNOWN, "man opens a pager, which can run commands");
      }
      return draft.done();
    }

    private static Table table() {
      return Table.harmless("shows manual pages")
          .judgedFurther()
          .flags("-afkwWiIuV7? --all --apropos --whatis --where --path --where-cat")
          .flags("--location --help")
          .flags("--version --ignore-case --match-case --regex --wildcard --names-only")
          .flags("--no-subpages")
          .values("-sSRLe --sections --recode --locale --extension")
          .values(Meaning.STARTS, "-P --pager")
          .values(Meaning.UNKNOWN, "-CMmlpEr --config-file --manpath --systems")
          .values(Meaning.UNKNOWN, "--preprocessor")
          .build();
    }
  }
}
