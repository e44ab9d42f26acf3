// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import java.util.List;

/// What stands in for the result of a call that was cut off.
public final class Cancelled {

  private Cancelled() {}

  /// Returns the result of `call`.
  ///
  /// @param begun whether something of it was permitted, and may have been done
  public static ToolResult result(ToolCall call, boolean begun) {
    String text =
        begun
            ? "cancelled: it was cut off while it ran, so some of it may have been done;"
                + " look before you repeat it"
            : "cancelled: it did not begin";
    return new ToolResult(call.id(), List.of(new Message.Words(text)), true);
  }
}
