// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.document.Node;
import java.io.IOException;

/// Carries an error that a provider reported in the middle of an answer.
final class ProviderErrorException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient Node document;

  /// @param document in the form in which the provider reports errors
  ProviderErrorException(Node document) {
    super("the provider reported an error");
    this.document = document;
  }

  Node document() {
    return document;
  }
}
