// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;

/// Reads the JSON in an answer, up to 64 MB and 200 levels.
final class AnswerJson {

  static final int LARGEST = 64 << 20;
  private static final Limits LIMITS = new Limits(LARGEST, 200, 1_000_000);

  private AnswerJson() {}

  static Node read(String text) throws MalformedAnswerException {
    return read(text.getBytes(UTF_8));
  }

  static Node read(byte[] text) throws MalformedAnswerException {
    try {
      return Json.read(text, LIMITS);
    } catch (DocumentException e) {
      throw new MalformedAnswerException("a part of the answer " + e.getMessage(), e);
    }
  }
}
