// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import java.util.List;

/// Ends a request inside this package; becomes an answer to the program at its edge.
@SuppressWarnings("serial") // never leaves the package
final class RefusedRequest extends Exception {

  static final int MALFORMED = 400;
  static final int FORBIDDEN = 403;
  static final int TOO_LARGE = 431;
  static final int UPSTREAM = 502;
  static final int TOO_LATE = 504;

  private final int status;
  private final EgressRefusal refusal;

  /// @param status the status of the answer in HTTP
  RefusedRequest(int status, EgressRefusal refusal) {
    super(refusal.reason(), null, false, false);
    this.status = status;
    this.refusal = refusal;
  }

  static RefusedRequest malformed(String reason) {
    return new RefusedRequest(
        MALFORMED, new EgressRefusal("net.http-malformed", reason, List.of()));
  }

  static RefusedRequest forbidden(String rule, String reason) {
    return new RefusedRequest(FORBIDDEN, new EgressRefusal(rule, reason, List.of()));
  }

  static RefusedRequest upstream(int status, String rule, String reason) {
    return new RefusedRequest(status, new EgressRefusal(rule, reason, List.of()));
  }

  int status() {
    return status;
  }

  EgressRefusal refusal() {
    return refusal;
  }
}
