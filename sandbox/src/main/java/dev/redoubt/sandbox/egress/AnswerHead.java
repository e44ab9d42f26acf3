// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import dev.redoubt.sandbox.egress.HeadLines.Unreadable;
import java.io.IOException;

/// The first line and the header of an answer.
///
/// @param status from 100 to 599
/// @param phrase what stands behind the status, may be empty
record AnswerHead(int status, String phrase, Header header, Framing framing) {

  private static final int STATUS_AT = 9;
  private static final int PHRASE_AT = 13;

  /// Returns the next answer to a request with `method`.
  static AnswerHead read(Wire wire, String method, int most) throws Unreadable, IOException {
    HeadLines lines = new HeadLines(wire, most);
    String line = lines.next();
    boolean isOld = line.startsWith("HTTP/1.0 ");
    if (!isOld && !line.startsWith("HTTP/1.1 ")) {
      throw new Unreadable("the answer is not in HTTP/1.1");
    }
    boolean phrased = line.length() >= PHRASE_AT && line.charAt(PHRASE_AT - 1) == ' ';
    if (line.length() != PHRASE_AT - 1 && !phrased) {
      throw new Unreadable("the answer has no status");
    }
    int status = 0;
    for (int i = STATUS_AT; i < PHRASE_AT - 1; i++) {
      char c = line.charAt(i);
      if (c < '0' || c > '9') {
        throw new Unreadable("the answer has no status");
      }
      status = status * 10 + c - '0';
    }
    if (status < 100 || status > 599) {
      throw new Unreadable("the status of the answer is not from 100 to 599");
    }
    Header header = Header.read(lines);
    return new AnswerHead(
        status,
        phrased ? line.substring(PHRASE_AT) : "",
        header,
        Framing.ofAnswer(header, method, status, isOld));
  }
}
