// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import java.io.IOException;

/// Says in what an answer is not what its wire format has.
final class MalformedAnswerException extends IOException {

  private static final long serialVersionUID = 1L;

  MalformedAnswerException(String message) {
    super(message);
  }

  MalformedAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
