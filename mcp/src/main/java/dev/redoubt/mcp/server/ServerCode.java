// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

/// What a server does when one of its things is asked for. Safe to share.
public interface ServerCode {

  /// Returns what comes of the call. Runs on a thread of its own, which is interrupted when nobody
  /// waits any more. What is thrown becomes an error that says nothing of it.
  ServerAnswer answer(ServerCall call) throws InterruptedException;
}
