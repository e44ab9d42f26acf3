// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.agent.api.Crew;
import dev.redoubt.guard.Content;
import java.util.List;
import java.util.Optional;

/// Puts what an agent made in its worktree into a unified diff that `git apply` and `patch` read.
public final class WorktreeDiff {

  private WorktreeDiff() {}

  /// Returns the diff. What is no text, or has an obstacle, is a line that says so.
  public static String of(List<Crew.Change> changes) {
    StringBuilder out = new StringBuilder();
    for (Crew.Change change : changes) {
      String path = Names.oneLine(change.path());
      Optional<String> before = text(change.before());
      Optional<String> after = text(change.after());
      if (!change.obstacle().isEmpty() || before.isEmpty() || after.isEmpty()) {
        out.append("# ").append(path).append(": ");
        out.append(change.obstacle().isEmpty() ? "no text" : change.obstacle()).append('\n');
        continue;
      }
      out.append("diff --git a/%s b/%s\n".formatted(path, path));
      if (change.before().isEmpty()) {
        out.append("new file mode 100644\n");
      } else if (change.after().isEmpty()) {
        out.append("deleted file mode 100644\n");
      }
      String hunks = FileChange.of(path, before.get(), after.get()).diff().unified();
      if (!hunks.isEmpty()) {
        out.append("--- ").append(change.before().isEmpty() ? "/dev/null" : "a/" + path);
        out.append("\n+++ ").append(change.after().isEmpty() ? "/dev/null" : "b/" + path);
        out.append('\n').append(hunks);
      }
    }
    return out.toString();
  }

  private static Optional<String> text(Optional<Content> content) {
    return content.isEmpty()
        ? Optional.of("")
        : TextFile.of(content.get(), true).map(TextFile::text);
  }
}
