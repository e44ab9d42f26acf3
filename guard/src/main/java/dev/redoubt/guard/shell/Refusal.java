// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

/// Ends the parsing of a text that is not understood; [ShellParser] turns it into a result.
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reason;
  private final int offset;

  Refusal(String reason, int offset) {
    super(reason, null, false, false);
    this.reason = reason;
    this.offset = offset;
  }

  String reason() {
    return reason;
  }

  int offset() {
    return offset;
  }
}
