// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Set;

/// `rsync`: between local folders it only touches files; with another machine it is a question, and
/// so it is when it deletes.
///
/// Sources: rsync(1) of 3.2 to 3.4. `-e` and `--rsync-path` run programs, `-M` hands options on.
final class RsyncManual implements Manual {

  private static final Set<String> NAMES = Set.of("rsync");

  private static final Table TABLE =
      Table.filesOnly("copies files")
          .flags("-vqcarRulLkKHpEAXogDtOJSnWxyzhPiI48 --verbose --quiet --checksum --archive")
          .flags("--recursive --relative --no-relative --update --links --copy-links --safe-links")
          .flags("--hard-links --perms --executability --acls --xattrs --owner --group --devices")
          .flags("--times --omit-dir-times --sparse --dry-run --whole-file --one-file-system")
          .flags("--existing --ignore-existing --partial --delay-updates --compress --stats")
          .flags("--human-readable --progress --itemize-changes --ignore-times --size-only")
          .flags("--list-only --numeric-ids --no-owner --no-group --no-perms --no-times --fuzzy")
          .flags("--prune-empty-dirs --mkpath --cvs-exclude -C --append --inplace --version --help")
          .flags("--delete --delete-before --delete-during --delete-after --delete-excluded --del")
          .flags("--delete-delay --force --ignore-errors --backup -b --remove-source-files")
          .values("--exclude --include --max-size --min-size --bwlimit --timeout --chmod --info")
          .values(
              "--debug --suffix --out-format --max-delete --modify-window --outbuf --block-size")
          .values(Meaning.READS, "--exclude-from --include-from --password-file")
          .values(Meaning.SEARCHES, "--compare-dest --copy-dest --link-dest")
          .values(Meaning.WRITES, "--log-file --backup-dir -T --temp-dir --partial-dir")
          .values(Meaning.CHANGES, "-e --rsh --rsync-path -M --remote-option -f --filter")
          .values(Meaning.CHANGES, "--files-from --write-batch --only-write-batch --read-batch")
          .values(Meaning.CHANGES, "--config --address --port --sockopts --early-input --usermap")
          .values(Meaning.CHANGES, "--groupmap --chown --iconv --dparam")
          .flags(Meaning.CHANGES, "-Fs --daemon --server --sender --super --fake-super --no-motd")
          .flags(Meaning.CHANGES, "--copy-devices --write-devices --secluded-args --old-args")
          .build();

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return Reading.harmless("shows the version of rsync", List.of());
    }
    Arguments arguments = TABLE.read(call.arguments());
    Draft draft = new Draft(TableReading.ofOptions("rsync", TABLE, arguments));
    List<Arg> operands = arguments.operands();
    for (int i = 0; i < operands.size(); i++) {
      boolean source = i + 1 < operands.size() || operands.size() == 1;
      place(draft, operands.get(i), source ? Access.SEARCH : Access.WRITE);
    }
    if (arguments.has("--remove-source-files") && operands.size() > 1) {
      for (Arg operand : operands.subList(0, operands.size() - 1)) {
        draft.raise(Nature.CHANGES, "rsync --remove-source-files deletes");
        draft.want(new Want.File(Access.DELETE, operand));
      }
    }
    boolean deletes =
        arguments.has("--delete", "--del", "--delete-before", "--delete-during", "--delete-after")
            || arguments.has("--delete-excluded", "--delete-delay");
    if (deletes && !operands.isEmpty()) {
      draft.raise(Nature.CHANGES, "rsync --delete deletes");
      draft.want(new Want.File(Access.DELETE, operands.getLast()));
    }
    return draft.done();
  }

  private static void place(Draft draft, Arg operand, Access access) {
    String text = operand instanceof Arg.Known(String known) ? known : "";
    if (text.startsWith("rsync://")) {
      draft.raise(Nature.CHANGES, "rsync copies from or to another machine");
      String host = text.substring(8, (text + "/").indexOf('/', 8));
      connect(draft, host.substring(host.indexOf('@') + 1), "873");
    } else if (RemotePaths.hostOf(text) != null) {
      draft.raise(Nature.CHANGES, "rsync copies from or to another machine");
      connect(draft, String.valueOf(RemotePaths.hostOf(text)), text.contains("::") ? "873" : "22");
    } else {
      draft.file(access, operand, "rsync writes files");
    }
  }

  private static void connect(Draft draft, String host, String port) {
    String target = host.contains(":") ? host : host + ":" + port;
    draft.want(new Want.Connect("", new Arg.Known(target)));
  }
}
