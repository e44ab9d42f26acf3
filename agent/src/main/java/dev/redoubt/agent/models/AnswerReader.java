// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.document.Node;

/// Reads one answer. Not safe to share.
interface AnswerReader {

  /// Takes an event.
  ///
  /// @return whether nothing of the answer can follow
  /// @throws ProviderErrorException if it says that the provider failed
  /// @throws MalformedAnswerException if the format does not have it
  boolean event(SseEvent event) throws ProviderErrorException, MalformedAnswerException;

  /// Takes the answer of a provider that does not stream, all of it at once.
  void document(Node document) throws ProviderErrorException, MalformedAnswerException;

  /// Returns the answer, after the last event or the document.
  ///
  /// @throws CutAnswerException if it is not complete
  ModelAnswer.Replied end() throws CutAnswerException, MalformedAnswerException;

  /// Returns what was counted so far.
  Counts counts();
}
