// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import java.math.BigDecimal;
import java.util.Optional;

/// What a request is called by whoever sent it: a text, a number or null, kept as it was written.
/// `1`, `1.0` and `"1"` are three ids.
///
/// @param json as JSON
public record RpcId(String json) {

  private static final int LONGEST_NUMBER = 40;

  /// The id `null`.
  public static final RpcId NOTHING = new RpcId("null");

  public RpcId {
    requireNonNull(json, "json");
  }

  /// Returns the id that is a whole number.
  public static RpcId of(long number) {
    return new RpcId(Long.toString(number));
  }

  /// Returns what two forms of one id have in common: a server may write `1.0` back as `1`. The
  /// text `"1"` is another id.
  public String key() {
    if (json.startsWith("\"") || json.equals("null") || json.length() > LONGEST_NUMBER) {
      return json;
    }
    try {
      BigDecimal number = new BigDecimal(json);
      return Math.abs((long) number.scale()) > LONGEST_NUMBER
          ? json
          : number.stripTrailingZeros().toPlainString();
    } catch (NumberFormatException e) {
      return json;
    }
  }

  /// Returns the id that `node` is; empty for what cannot be one.
  public static Optional<RpcId> of(Node node) {
    return switch (node) {
      case Node.Text _, Node.Num _, Node.Nothing _ -> Optional.of(new RpcId(JsonText.of(node)));
      case Node.Obj _, Node.Arr _, Node.Bool _ -> Optional.empty();
    };
  }
}
