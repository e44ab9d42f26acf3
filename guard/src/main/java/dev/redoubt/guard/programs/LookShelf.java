// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static dev.redoubt.guard.programs.Meaning.READS;
import static dev.redoubt.guard.programs.Meaning.RECURSES;
import static dev.redoubt.guard.programs.Meaning.WRITES;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Programs that show which files there are and what they are like: `ls`, `stat`, `du`.
///
/// Sources: the manual pages of GNU coreutils 9, file(1) 5.44, tree(1) 2.1, bat(1), eza(1).
final class LookShelf implements Shelf {

  private static final List<String> NAMES =
      List.of(
          "ls",
          "dir",
          "vdir",
          "file",
          "stat",
          "du",
          "df",
          "tree",
          "realpath",
          "readlink",
          "basename",
          "dirname",
          "pathchk",
          "bat",
          "batcat",
          "eza",
          "exa");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    Table table = table(name);
    return table == null ? null : TableManual.of(name, table);
  }

  private static @Nullable Table table(String name) {
    return switch (name) {
      case "ls", "dir", "vdir" -> ls();
      case "file" -> file();
      case "stat" -> stat();
      case "du" -> du();
      case "df" -> df();
      case "tree" -> tree();
      case "realpath" -> realpath();
      case "readlink" -> readlink();
      case "basename" ->
          plain("shows a name").flags("-az --multiple --zero").values("-s --suffix").build();
      case "dirname" -> plain("shows a folder's name").flags("-z --zero").build();
      case "pathchk" -> plain("checks names").flags("-pP --portability").build();
      case "bat", "batcat" -> bat();
      case "eza", "exa" -> eza();
      default -> null;
    };
  }

  private static Table.Builder plain(String reason) {
    return Table.harmless(reason).flags("--help --version");
  }

  /// `-I`, `-T` and `-w` take a value in GNU only: elsewhere it would be a folder. Left out.
  private static Table ls() {
    return plain("lists files")
        .flags("-aAbBcCdDfFgGhHiklLmnNopqQrsStuUvxXZ1@O --all --almost-all --author")
        .flags("--escape")
        .flags("--ignore-backups --directory --dired --file-type --full-time --no-group")
        .flags("--group-directories-first --human-readable --si")
        .flags("--dereference-command-line")
        .flags("--dereference-command-line-symlink-to-dir --inode --kibibytes")
        .flags("--dereference")
        .flags("--numeric-uid-gid --literal --hide-control-chars --show-control-chars")
        .flags("--quote-name")
        .flags("--reverse --size --context --zero")
        .flags(RECURSES, "-R --recursive")
        .optional("--color --classify --hyperlink")
        .values("--block-size --format --hide --indicator-style --ignore --quoting-style")
        .values("--sort")
        .values("--time --time-style --tabsize --width")
        .operands(Operands.LIST, ".")
        .build();
  }

  /// `-C` writes a compiled magic file beside the given one.
  private static Table file() {
    return plain("tells what files are")
        .flags("-bcdEhiIklLnNprsSvzZ0 --apple --brief --checking-printout --debug")
        .flags("--dereference")
        .flags("--extension --keep-going --list --mime --mime-encoding --mime-type")
        .flags("--no-buffer")
        .flags("--no-dereference --no-pad --no-sandbox --preserve-date --print0 --raw")
        .flags("--special-files --uncompress --uncompress-noreport")
        .flags(Meaning.CHANGES, "-C --compile")
        .values("-eFP --exclude --exclude-quiet --parameter --separator")
        .values(READS, "-f --files-from")
        .values(Meaning.UNKNOWN, "-m --magic-file")
        .operands(Operands.READ)
        .build();
  }

  private static Table stat() {
    return plain("shows what is known about files")
        .flags("-fLtx --dereference --file-system --terse")
        .values("-c --cached --format --printf")
        .operands(Operands.LIST)
        .build();
  }

  private static Table du() {
    return plain("adds up sizes")
        .flags("-0abcDHhklLmPsSx --null --all --apparent-size --bytes --total")
        .flags("--dereference-args")
        .flags("--human-readable --inodes --dereference --count-links --no-dereference")
        .flags("--si")
        .flags("--separate-dirs --summarize --one-file-system")
        .optional("--time")
        .values("-Bdt --block-size --max-depth --threshold --time-style --exclude")
        .values(READS, "-X --exclude-from --files0-from")
        .operands(Operands.SEARCH, ".")
        .build();
  }

  private static Table df() {
    return plain("shows how full disks are")
        .flags("-ahHiklmPTvY --all --human-readable --si --inodes --local --no-sync")
        .flags("--portability")
        .flags("--sync --total --print-type")
        .optional("--output")
        .values("-Btx --block-size --type --exclude-type")
        .build();
  }

  private static Table tree() {
    return plain("lists folders and what is below")
        .flags(
            "-acCdDfFghiJlnNpqQrsStuUvxX --dirsfirst --du --filesfirst --hyperlink --ignore-case")
        .flags("--inodes --device --matchdirs --metafirst --noreport --nolinks --prune")
        .flags("--si")
        .flags("--caseinsensitive --fromfile --fromtabfile --gitignore --info")
        .flags("--opt-toggle -A")
        .values("-HILPT --charset --filelimit --timefmt --sort --houtro --hintro")
        .values("--gitfile")
        .values("--infofile --scheme --authority")
        .values(WRITES, "-o --output")
        .flags(Meaning.WRITES, "-R")
        .operands(Operands.SEARCH, ".")
        .build();
  }

  private static Table realpath() {
    return plain("shows where a path leads")
        .flags("-eELmPqsz --canonicalize-existing --canonicalize --canonicalize-missing")
        .flags("--logical")
        .flags("--physical --quiet --strip --no-symlinks --zero")
        .values("--relative-to --relative-base")
        .build();
  }

  private static Table readlink() {
    return plain("shows where a link leads")
        .flags("-efmnqsvz --canonicalize-existing --canonicalize --canonicalize-missing")
        .flags("--no-newline --quiet --silent --verbose --zero")
        .build();
  }

  /// bat pipes through a pager only on a terminal; `--pager` names another program.
  private static Table bat() {
    return plain("shows files")
        .flags("-AfhLnpPSuV --show-all --force-colorization --list-languages")
        .flags("--list-themes")
        .flags("--no-config --number --plain --chop-long-lines --unbuffered --diff")
        .flags("--no-paging")
        .flags("--no-custom-assets --acknowledgements --config-file --config-dir")
        .flags("--cache-dir")
        .values("-lHrmd --language --highlight-line --file-name --diff-context --tabs")
        .values("--wrap")
        .values("--terminal-width --color --italic-text --decorations --paging")
        .values("--map-syntax")
        .values("--ignored-suffix --theme --style --line-range --squeeze-limit")
        .values("--theme-dark")
        .values("--theme-light --nonprintable-notation --binary --strip-ansi")
        .values(Meaning.STARTS, "--pager")
        .operands(Operands.READ)
        .build();
  }

  /// `--git` reads the repository by a library; it starts nothing.
  private static Table eza() {
    return plain("lists files")
        .flags("-1aAbBdDfFgGhHilmMnOrsuUxXZ@? --oneline --long --grid --across")
        .flags("--dereference --all")
        .flags("--almost-all --list-dirs --only-dirs --only-files --reverse --binary")
        .flags("--bytes")
        .flags("--group --header --links --inode --modified --mounts --numeric --flags")
        .flags("--blocksize")
        .flags("--accessed --created --changed --no-permissions --no-filesize --no-user")
        .flags("--no-time")
        .flags("--git --no-git --git-ignore --extended --context")
        .flags("--group-directories-first")
        .flags("--octal-permissions --no-icons --no-quotes --total-size --smart-group")
        .flags(RECURSES, "-RT --recurse --tree")
        .optional("--classify --color --colour --icons --hyperlink --color-scale")
        .values("-ILtw --level --sort --ignore-glob --time --time-style --width")
        .operands(Operands.LIST, ".")
        .build();
  }
}
