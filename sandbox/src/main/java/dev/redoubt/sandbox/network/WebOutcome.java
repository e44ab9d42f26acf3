// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static java.util.Objects.requireNonNull;

/// What came of asking a web server.
public sealed interface WebOutcome {

  /// It answered, with whatever status. The response is to be closed.
  record Answered(WebResponse response) implements WebOutcome {
    public Answered {
      requireNonNull(response, "response");
    }
  }

  /// It was not asked, or sent where nothing may be asked.
  ///
  /// @param rule the stable id of the reason, in the manner of `net.redirect-elsewhere`
  /// @param reason why, in one sentence for a person or a model
  record Refused(String rule, String reason) implements WebOutcome {
    public Refused {
      requireNonNull(rule, "rule");
      requireNonNull(reason, "reason");
    }
  }
}
