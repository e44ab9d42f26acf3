// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static dev.redoubt.guard.programs.Meaning.READS;
import static dev.redoubt.guard.programs.Meaning.SHELL;
import static dev.redoubt.guard.programs.Meaning.STARTS;
import static dev.redoubt.guard.programs.Meaning.UNKNOWN;
import static dev.redoubt.guard.programs.Meaning.WRITES;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Arguments.Used;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// tar: lists, packs and unpacks, and can run programs while it does.
///
/// Source: tar(1) and the manual of GNU tar 1.34. Options whose value bsdtar reads differently are
/// left out. An archive `host:file` is fetched from another machine.
record TarManual(String name) implements Manual {

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(dashed(call.arguments(), table));
    Draft draft = new Draft(TableReading.of("tar", table, arguments));
    Arg archive = arguments.value("-f", "--file").orElse(new Arg.Known("-"));
    if (archive.shown().contains(":") && !arguments.has("--force-local")) {
      draft.raise(Nature.UNKNOWN, "tar reaches another machine for " + archive.shown());
    }
    if (count(arguments, "-f", "--file") > 1) {
      draft.raise(Nature.UNKNOWN, "tar with more than one archive");
    }
    checkpoints(arguments, draft);
    List<Want> members = new ArrayList<>();
    mode(arguments, archive, members, draft);
    inFolders(members, arguments, draft);
    return draft.done();
  }

  private static int count(Arguments arguments, String option, String longOption) {
    int count = 0;
    for (Used one : arguments.used()) {
      if (one.name().equals(option) || one.name().equals(longOption)) {
        count++;
      }
    }
    return count;
  }

  private static void mode(Arguments arguments, Arg archive, List<Want> members, Draft draft) {
    boolean packs = arguments.has("-c", "--create", "-r", "--append", "-u", "--update");
    boolean unpacks = arguments.has("-x", "--extract", "--get");
    boolean compares = arguments.has("-d", "--diff", "--compare");
    boolean lists = arguments.has("-t", "--list");
    if (!packs && !unpacks && !compares && !lists && !arguments.has("--help", "--version")) {
      draft.raise(Nature.UNKNOWN, "tar without a mode that is known");
    }
    boolean standard = archive.equals(new Arg.Known("-"));
    if (packs) {
      if (!standard) {
        draft.file(Access.WRITE, archive, "tar writes an archive");
      }
      for (Arg operand : arguments.operands()) {
        members.add(new Want.File(Access.SEARCH, operand));
      }
    } else if (!standard) {
      draft.file(Access.READ, archive, "");
    }
    if (compares) {
      members.add(new Want.File(Access.SEARCH, new Arg.Known(".")));
    }
    if (unpacks && !arguments.has("-O", "--to-stdout")) {
      draft.raise(Nature.CHANGES, "tar unpacks files under names from the archive");
      members.add(new Want.File(Access.WRITE, new Arg.Known(".")));
    }
  }

  /// Adds `members` in the folders of `-C`, which count for the names behind them only.
  private static void inFolders(List<Want> members, Arguments arguments, Draft draft) {
    List<Arg> folders = new ArrayList<>();
    for (Used one : arguments.used()) {
      if ((one.name().equals("-C") || one.name().equals("--directory")) && one.value() != null) {
        folders.add(one.value());
      }
    }
    if (folders.isEmpty() || !arguments.operands().isEmpty()) {
      members.forEach(draft::want);
    }
    if (folders.size() > 1) {
      draft.raise(Nature.UNKNOWN, "tar changes the folder more than once");
    }
    for (Arg folder : folders) {
      draft.want(new Want.In(folder, members));
    }
  }

  private static void checkpoints(Arguments arguments, Draft draft) {
    for (Used one : arguments.used()) {
      if (!one.name().equals("--checkpoint-action") || one.value() == null) {
        continue;
      }
      String action = one.value().shown();
      if (one.value() instanceof Arg.Known && action.startsWith("exec=")) {
        draft.want(new Want.ShellText(new Arg.Known(action.substring("exec=".length()))));
        draft.raise(Nature.CHANGES, "tar --checkpoint-action runs a command");
      } else if (!action.equals("dot") && !action.equals("echo") && !action.equals(".")) {
        draft.raise(Nature.UNKNOWN, "tar --checkpoint-action " + action + " is not judged");
      }
    }
  }

  /// Returns `arguments` with the letters of the old form, `tar xzf a.tgz`, as options.
  private static List<Arg> dashed(List<Arg> arguments, Table table) {
    if (arguments.isEmpty()
        || !(arguments.getFirst() instanceof Arg.Known(String letters))
        || letters.startsWith("-")) {
      return arguments;
    }
    List<Arg> dashed = new ArrayList<>();
    int next = 1;
    for (int i = 0; i < letters.length(); i++) {
      String option = "-" + letters.charAt(i);
      dashed.add(new Arg.Known(option));
      boolean takesValue =
          table.option(option).filter(found -> found.arity() == Option.Arity.REQUIRED).isPresent();
      if (takesValue && next < arguments.size()) {
        dashed.add(arguments.get(next++));
      }
    }
    dashed.addAll(arguments.subList(next, arguments.size()));
    return dashed;
  }

  private static Table table() {
    return Table.harmless("lists an archive")
        .judgedFurther()
        .flags("-cxtdruvzjJZpkmOhSUWwBiaGMn --create --extract --get --list --diff")
        .flags("--compare")
        .flags("--append --update --verbose --gzip --gunzip --bzip2 --xz --zstd --lzma")
        .flags("--lzip")
        .flags("--compress --auto-compress --no-auto-compress --preserve-permissions")
        .flags("--force-local")
        .flags(
            "--same-permissions --keep-old-files --keep-newer-files --skip-old-files --overwrite")
        .flags("--touch --to-stdout --dereference --hard-dereference --sparse")
        .flags("--unlink-first")
        .flags("--verify --interactive --ignore-zeros --numeric-owner --no-same-owner")
        .flags("--same-owner")
        .flags("--no-same-permissions --no-recursion --recursion --one-file-system")
        .flags("--full-time")
        .flags("--show-transformed-names --show-stored-names --utc --wildcards")
        .flags("--no-wildcards")
        .flags("--anchored --no-anchored --ignore-case --no-ignore-case --exclude-vcs")
        .flags("--null")
        .flags("--exclude-backups --exclude-caches --exclude-vcs-ignores --old-archive")
        .flags("--help")
        .flags(
            "--version --posix --block-number --check-links --no-xattrs --xattrs --acls --selinux")
        .flags(
            "--no-acls --no-selinux --clamp-mtime --ignore-failed-read --warning"
                + " --no-overwrite-dir")
        .flags(Meaning.CHANGES, "-P --absolute-names --remove-files --recursive-unlink")
        .values("-fCbX --file --directory --blocking-factor --exclude --strip-components")
        .values("--owner")
        .values("--group --mode --mtime --sort --transform --xform --format --label")
        .values("--newer")
        .values("--after-date --newer-mtime --record-size --quoting-style --pax-option")
        .values("--level")
        .values(
            "--checkpoint-action --exclude-tag --exclude-tag-all --exclude-ignore --starting-file")
        .optional("--checkpoint --totals --occurrence --atime-preserve --backup")
        .values(READS, "--exclude-from --owner-map --group-map --add-file")
        .values(WRITES, "-g --listed-incremental --index-file --volno-file")
        .values(UNKNOWN, "-T --files-from --rmt-command")
        .values(SHELL, "-F --info-script --new-volume-script --to-command")
        .values(STARTS, "-I --use-compress-program --rsh-command")
        .build();
  }
}
