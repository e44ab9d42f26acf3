// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.http;

/// Answers requests. Safe to share: each request comes on a thread of its own.
public interface HttpHandler {

  /// Returns the answer. What is thrown becomes an answer of status 500 that says nothing of it.
  ///
  /// @throws InterruptedException if the server ends meanwhile
  HttpReply answer(HttpRequest request) throws InterruptedException;
}
