// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import static java.util.Objects.requireNonNull;

import dev.redoubt.evidence.EvidenceFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where sessions lie below a data folder: the log of each is a stream of evidence, and what is too
/// large for it lies in `sessions/<id>`.
///
/// @param dataDir where Redoubt keeps its data
public record SessionFolder(Path dataDir) {

  public SessionFolder {
    requireNonNull(dataDir, "dataDir");
  }

  EvidenceFolder evidence() {
    return EvidenceFolder.in(dataDir);
  }

  Path stream(SessionId session) {
    return evidence().stream(session.stream());
  }

  Path of(SessionId session) {
    return root().resolve(session.text());
  }

  Path root() {
    return dataDir.resolve("sessions");
  }

  /// Returns what is kept beside the log of `session`.
  public Blobs blobs(SessionId session) {
    return new Blobs(of(session).resolve("blobs"));
  }

  /// Returns whether there is a log of `session`.
  public boolean has(SessionId session) {
    return Files.isDirectory(stream(session));
  }

  /// Returns all sessions that have a log, oldest first.
  public List<SessionId> all() {
    return evidence().streams().stream()
        .filter(name -> name.startsWith(SessionId.STREAM_PREFIX))
        .map(name -> name.substring(SessionId.STREAM_PREFIX.length()))
        .filter(SessionId::isId)
        .map(SessionId::new)
        .toList();
  }
}
