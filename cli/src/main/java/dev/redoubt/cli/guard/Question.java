// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Situation.Trust;

/// Something the guard is asked about, from a command line or a line of JSON.
///
/// @param subject what is asked about
/// @param folder the working folder, absolute with `/`
/// @param workspace the workspace, absolute with `/`
/// @param trust whether the workspace counts as trusted
record Question(Subject subject, String folder, String workspace, Trust trust) {

  /// What is asked about.
  sealed interface Subject {
    /// A line of Bash.
    record Command(String line) implements Subject {}

    /// A path, as written.
    record Path(String path, Access access) implements Subject {}

    /// A URL, as written.
    record Url(String url) implements Subject {}

    /// A call of a tool.
    record Tool(String server, String tool, Node arguments) implements Subject {}
  }

  Question {
    requireNonNull(subject, "subject");
    requireNonNull(folder, "folder");
    requireNonNull(workspace, "workspace");
    requireNonNull(trust, "trust");
  }
}
