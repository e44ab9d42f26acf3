// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static dev.redoubt.guard.programs.Meaning.FOLDER;
import static dev.redoubt.guard.programs.Meaning.READS;
import static dev.redoubt.guard.programs.Meaning.WRITES;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Programs that make, change, move and delete files.
///
/// Sources: the manual pages of GNU coreutils 9, patch(1) 2.7, dos2unix(1), sponge(1).
final class FileShelf implements Shelf {

  private static final List<String> NAMES =
      List.of(
          "tee",
          "sponge",
          "mkdir",
          "touch",
          "cp",
          "mv",
          "ln",
          "install",
          "rm",
          "rmdir",
          "unlink",
          "shred",
          "truncate",
          "chmod",
          "chown",
          "chgrp",
          "dd",
          "split",
          "csplit",
          "mktemp",
          "patch",
          "dos2unix",
          "unix2dos",
          "mkfifo",
          "sync",
          "link");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "cp" -> new CopyManual(name, copy(), CopyManual.Kind.COPIES);
      case "install" -> new CopyManual(name, install(), CopyManual.Kind.COPIES);
      case "mv" -> new CopyManual(name, move(), CopyManual.Kind.MOVES);
      case "ln", "link" -> new CopyManual(name, link(), CopyManual.Kind.LINKS);
      case "dd" -> new DdManual();
      case "split" -> new SplitManual(name, split(), "-", "x");
      case "csplit" -> new SplitManual(name, csplit(), "-f", "xx");
      case "mktemp" -> new MktempManual();
      default -> {
        Table table = table(name);
        yield table == null ? null : TableManual.of(name, table);
      }
    };
  }

  private static @Nullable Table table(String name) {
    return switch (name) {
      case "tee" ->
          writes("writes what it reads")
              .flags("-aip --append --ignore-interrupts")
              .optional("--output-error")
              .build();
      case "sponge" -> writes("writes what it reads").flags("-a").build();
      case "mkdir" ->
          writes("makes folders")
              .flags("-pvZ --parents --verbose")
              .optional("--context")
              .values("-m --mode")
              .build();
      case "touch" -> touch();
      case "rm" -> rm();
      case "rmdir" -> deletes().flags("-pv --parents --verbose --ignore-fail-on-non-empty").build();
      case "unlink" -> deletes().build();
      case "shred" -> shred();
      case "truncate" ->
          changes("cuts files")
              .flags("-co --no-create --io-blocks")
              .values("-s --size")
              .values(READS, "-r --reference")
              .build();
      case "chmod", "chown", "chgrp" -> rights();
      case "patch" -> patch();
      case "dos2unix", "unix2dos" ->
          writes("changes the ends of lines")
              .flags("-kqfnoesu --keepdate --quiet --force --newfile --oldfile --verbose")
              .flags("--safe")
              .build();
      case "mkfifo" -> writes("makes a pipe").values("-m --mode").build();
      case "sync" -> Table.harmless("waits for the disk").flags("-df --data --file-system").build();
      default -> null;
    };
  }

  private static Table.Builder writes(String reason) {
    return Table.filesOnly(reason).flags("--help --version").operands(Operands.WRITE);
  }

  private static Table.Builder changes(String reason) {
    return Table.of(Nature.CHANGES, reason).flags("--help --version").operands(Operands.WRITE);
  }

  private static Table.Builder deletes() {
    return Table.of(Nature.CHANGES, "deletes files")
        .flags("--help --version")
        .operands(Operands.DELETE);
  }

  private static Table touch() {
    return writes("makes files or sets their time")
        .flags("-acfhm --no-create --no-dereference")
        .values("-dt --date --time")
        .values(Meaning.LISTS, "-r --reference")
        .build();
  }

  private static Table rm() {
    return deletes()
        .flags("-dfiIrRvPW --force --one-file-system --recursive --dir --verbose")
        .flags(Meaning.CHANGES, "--no-preserve-root")
        .optional("--interactive --preserve-root")
        .build();
  }

  private static Table shred() {
    return deletes()
        .flags("-fuvxz --force --verbose --exact --zero")
        .optional("--remove")
        .values("-ns --iterations --size")
        .values(READS, "--random-source")
        .build();
  }

  /// The mode or the owner counts as a file too, which does no harm.
  private static Table rights() {
    return changes("changes who may use files")
        .flags("-cfhvRHLP --changes --silent --quiet --verbose --recursive")
        .flags("--no-preserve-root")
        .flags("--preserve-root --dereference --no-dereference")
        .values("--from")
        .values(READS, "--reference")
        .build();
  }

  private static Table patch() {
    return changes("changes the files a patch names")
        .flags("-bcEeflNnRstTuvZ --backup --context --remove-empty-files --ed --force")
        .flags("--forward")
        .flags("--ignore-whitespace --normal --reverse --silent --quiet --batch")
        .flags("--unified --binary")
        .flags("--dry-run --verbose --merge --posix")
        .values(
            "-pFVgBYzD --strip --fuzz --prefix --suffix --ifdef --version-control"
                + " --basename-prefix")
        .values(READS, "-i --input")
        .values(WRITES, "-or --output --reject-file")
        .values(FOLDER, "-d --directory")
        .build();
  }

  private static Table copy() {
    return Table.filesOnly("copies files")
        .flags("-abdfiHLnPpTuvxZ --archive --attributes-only --copy-contents --force")
        .flags("--interactive")
        .flags("--dereference --no-clobber --no-dereference --parents")
        .flags("--remove-destination")
        .flags("--strip-trailing-slashes --no-target-directory --verbose")
        .flags("--one-file-system --debug")
        .flags("-rR --recursive --help --version")
        .flags(Meaning.CHANGES, "-ls --link --symbolic-link")
        .optional("--backup --preserve --reflink --update --context")
        .values("-S --suffix --no-preserve --sparse -t --target-directory")
        .build();
  }

  private static Table install() {
    return Table.filesOnly("copies files")
        .flags("-bcCdDpTvZ --compare --directory --preserve-timestamps")
        .flags("--no-target-directory")
        .flags("--verbose --preserve-context --debug --help --version")
        .flags(Meaning.CHANGES, "-s --strip")
        .optional("--backup --context")
        .values("-mS --mode --suffix -t --target-directory")
        .values(Meaning.CHANGES, "-og --owner --group")
        .values(Meaning.STARTS, "--strip-program")
        .build();
  }

  private static Table move() {
    return Table.of(Nature.CHANGES, "moves files")
        .flags("-bfinTuvZ --force --interactive --no-clobber --strip-trailing-slashes")
        .flags("--no-copy")
        .flags("--no-target-directory --verbose --context --exchange --debug --help")
        .flags("--version")
        .optional("--backup --update")
        .values("-S --suffix -t --target-directory")
        .build();
  }

  private static Table link() {
    return Table.of(Nature.CHANGES, "makes links")
        .flags("-bdFfiLnPrsTv --directory --force --interactive --logical")
        .flags("--no-dereference")
        .flags("--physical --relative --symbolic --no-target-directory --verbose --help")
        .flags("--version")
        .optional("--backup")
        .values("-S --suffix -t --target-directory")
        .build();
  }

  /// `--filter` hands its value to a shell.
  private static Table split() {
    return Table.filesOnly("writes parts of a file")
        .numbers()
        .flags("-deuxz --elide-empty-files --unbuffered --verbose --help --version")
        .optional("--numeric-suffixes --hex-suffixes")
        .values("-abClnt --suffix-length --additional-suffix --bytes --line-bytes --lines")
        .values("--number")
        .values("--separator")
        .values(Meaning.SHELL, "--filter")
        .build();
  }

  private static Table csplit() {
    return Table.filesOnly("writes parts of a file")
        .flags("-kqsz --keep-files --suppress-matched --quiet --silent")
        .flags("--elide-empty-files --help")
        .flags("--version")
        .values("-bfn --suffix-format --prefix --digits")
        .build();
  }
}
