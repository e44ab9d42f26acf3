// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import java.io.IOException;
import java.util.Optional;

/// Keeps tokens between runs, for this user only. Safe to share, between processes too.
public interface TokenVault {

  /// Returns what is kept under `name`.
  Optional<String> read(String name) throws IOException;

  /// Keeps `text`, a secret, under `name`, instead of what was kept there.
  void write(String name, String text) throws IOException;

  /// Forgets what is kept under `name`.
  void remove(String name) throws IOException;

  /// Returns what `work` returns, which nobody else, in no other process, does under `name`
  /// meanwhile.
  <T> T alone(String name, Work<T> work) throws IOException, InterruptedException;

  /// What is done by one at a time.
  @FunctionalInterface
  interface Work<T> {
    /// Does it.
    T run() throws IOException, InterruptedException;
  }
}
