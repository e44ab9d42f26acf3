// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.mcp.pins.PinFile;

/// One server in front of which a relay stands, and what is known of it before it is asked.
///
/// @param name what it is called in rules
/// @param scope what makes it this server and no other, beside its name
/// @param place where and what it is, in words for a person; secrets are masked
/// @param approving the command that shows and accepts what it says differently of its tools
/// @param stream the stream of evidence of this relay
record RelayedServer(String name, String scope, String place, String approving, String stream) {

  RelayedServer {
    requireNonNull(name, "name");
    requireNonNull(scope, "scope");
    requireNonNull(place, "place");
    requireNonNull(approving, "approving");
    requireNonNull(stream, "stream");
  }

  /// Returns what is kept of what this server said of its tools.
  PinFile pins(Call call) {
    return PinFile.of(call.globals().dataDir().toAbsolutePath(), scope, name);
  }
}
