// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import dev.redoubt.agent.sessions.SessionFolder;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.agent.sessions.SessionIndex;
import dev.redoubt.agent.sessions.SessionSummary;
import dev.redoubt.cli.UsageException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds sessions by what a person calls them.
public final class SessionNames {

  private SessionNames() {}

  /// Returns the session of that id, or the only one whose id begins like that.
  ///
  /// @throws UsageException if there is none, or more than one
  public static SessionId find(SessionFolder sessions, String name) {
    List<SessionId> found =
        sessions.all().stream().filter(id -> id.text().startsWith(name)).toList();
    if (SessionId.isId(name) && found.contains(new SessionId(name))) {
      return new SessionId(name);
    }
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new UsageException(
        found.isEmpty()
            ? "there is no session \"%s\": redoubt session list".formatted(name)
            : "\"%s\" begins the ids of %d sessions".formatted(name, found.size()));
  }

  /// Returns the session of `workspace` that was worked on last; no sub-agent's.
  public static Optional<SessionId> last(SessionFolder sessions, Path workspace) {
    return SessionIndex.of(sessions).stream()
        .filter(summary -> summary.id().parent().isEmpty())
        .filter(summary -> summary.place().workspace().equals(workspace.toString()))
        .max(Comparator.comparing(summary -> summary.time().last()))
        .map(SessionSummary::id);
  }
}
