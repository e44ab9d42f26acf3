// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.http;

import static java.util.Objects.requireNonNull;

/// One event of a stream.
///
/// @param type `message` unless the server said another
/// @param data may be empty, when an event only has an id
record SseEvent(String type, String data) {
  SseEvent {
    requireNonNull(type, "type");
    requireNonNull(data, "data");
  }
}
