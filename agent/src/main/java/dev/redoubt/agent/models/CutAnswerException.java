// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import java.io.IOException;

/// Says that an answer ended before it was complete.
final class CutAnswerException extends IOException {

  private static final long serialVersionUID = 1L;

  CutAnswerException() {
    super("the answer was cut before it was complete");
  }
}
