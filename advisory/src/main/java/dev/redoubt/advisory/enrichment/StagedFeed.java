// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.enrichment;

import dev.redoubt.advisory.files.AtomicFile;

/// A feed that was read and compiled and is not yet in use.
///
/// Closing one that was not published leaves everything as it was.
public final class StagedFeed implements AutoCloseable {

  private final AtomicFile file;
  private final Enrichment.State state;

  StagedFeed(AtomicFile file, Enrichment.State state) {
    this.file = file;
    this.state = state;
  }

  /// Returns what is known about it.
  public Enrichment.State state() {
    return state;
  }

  /// Puts it to use for everybody who opens the enrichment from now on.
  public void publish() {
    file.publish();
  }

  @Override
  public void close() {
    file.close();
  }
}
