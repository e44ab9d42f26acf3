// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;

/// The git subcommands that change, execute or connect.
///
/// Sources: the list of git(1); gitremote-helpers(7) on `ext::`, which runs a command.
final class GitChanges {

  private GitChanges() {}

  /// Returns what `git verb rest` does, of a verb that has no table.
  static Reading read(String verb, List<Arg> rest) {
    return switch (verb) {
      case "clone", "fetch", "pull", "push", "ls-remote", "remote", "submodule", "archive" ->
          connects(verb, rest);
      case "fetch-pack", "send-pack", "request-pull", "imap-send", "svn", "p4", "lfs" ->
          connects(verb, rest);
      case "add", "am", "apply", "bundle", "checkout", "checkout-index", "cherry-pick", "clean" ->
          changes(verb, "changes the repository or its files");
      case "commit", "commit-tree", "fast-import", "gc", "index-pack", "init", "maintenance" ->
          changes(verb, "changes the repository");
      case "merge", "merge-file", "mktag", "mktree", "mv", "notes", "pack-refs", "prune" ->
          changes(verb, "changes the repository or its files");
      case "read-tree", "rebase", "reflog", "repack", "replace", "reset", "restore", "revert" ->
          changes(verb, "changes the repository or its files");
      case "rm", "sparse-checkout", "stash", "switch", "update-index", "update-ref", "worktree" ->
          changes(verb, "changes the repository or its files");
      case "bisect",
          "filter-branch",
          "difftool",
          "mergetool",
          "for-each-repo",
          "hook",
          "send-email" ->
          changes(verb, "runs other programs");
      case "instaweb", "gui", "citool", "daemon", "http-backend", "cvsserver", "shell" ->
          changes(verb, "starts a program that stays");
      case "credential", "credential-store", "credential-cache", "credential-manager" ->
          changes(verb, "handles passwords");
      default -> Reading.unknown("git " + verb + " is not judged, it may be an alias", List.of());
    };
  }

  private static Reading changes(String verb, String what) {
    return new Reading(Nature.CHANGES, "git " + verb + " " + what, List.of());
  }

  /// Adds every word that looks like another repository's address.
  private static Reading connects(String verb, List<Arg> rest) {
    Draft draft = new Draft(Nature.CHANGES, "git " + verb + " connects or changes the repository");
    for (Arg arg : rest) {
      if (arg instanceof Arg.Known(String text)) {
        address(draft, text.substring(text.indexOf('=') + 1));
      }
    }
    return draft.done();
  }

  private static void address(Draft draft, String text) {
    int transport = text.indexOf("::");
    if (text.startsWith("ext::")) {
      draft.want(new Want.ShellText(new Arg.Known(text.substring(5))));
    } else if (transport > 0) {
      address(draft, text.substring(transport + 2));
    } else if (text.startsWith("ssh://")) {
      String host = text.substring(6, (text + "/").indexOf('/', 6));
      host = host.substring(host.indexOf('@') + 1);
      draft.want(new Want.Connect("", new Arg.Known(host.contains(":") ? host : host + ":22")));
    } else if (text.contains("://") && !text.startsWith("file:")) {
      draft.want(new Want.Connect("", new Arg.Known(text)));
    } else if (RemotePaths.hostOf(text) != null) {
      draft.want(new Want.Connect("", new Arg.Known(RemotePaths.hostOf(text) + ":22")));
    }
  }
}
