// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.http;

import java.io.IOException;

/// Writes server-sent events as they come.
public interface EventStream {

  /// Writes events until there will be no more. Runs on the thread of the request.
  ///
  /// @throws IOException if the client is gone
  /// @throws InterruptedException if the server ends
  void run(EventSink sink) throws IOException, InterruptedException;
}
