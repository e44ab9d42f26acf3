// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.lsp;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// A language server that a session may use.
///
/// @param name as the operator knows it
/// @param origin who named it
/// @param run how it is started
/// @param files names of the files it is for: `*.ts`, or a whole name
/// @param start how long it may take until it answers
/// @param patience how long a question or an edit waits for it
public record LanguagePlan(
    String name,
    Origin origin,
    Action.Run run,
    List<String> files,
    Duration start,
    Duration patience) {

  public LanguagePlan {
    requireNonNull(name, "name");
    requireNonNull(origin, "origin");
    requireNonNull(run, "run");
    files = List.copyOf(files);
    requireNonNull(start, "start");
    requireNonNull(patience, "patience");
  }

  /// Who named a language server.
  public enum Origin {
    /// The operator, who wants it started.
    OPERATOR,
    /// Redoubt, which knows it, and found it on the PATH.
    KNOWN
  }

  /// Returns the action that starts it.
  public Action.StartServer action() {
    return new Action.StartServer("lsp-" + name, run);
  }

  /// Returns whether it is for `file`.
  boolean isFor(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
    return files.stream()
        .anyMatch(pattern ->
            pattern.startsWith("*")
                ? name.endsWith(pattern.substring(1).toLowerCase(Locale.ROOT))
                : name.equals(pattern.toLowerCase(Locale.ROOT)));
  }
}
