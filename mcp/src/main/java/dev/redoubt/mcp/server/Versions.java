// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import java.util.ArrayList;
import java.util.List;

/// The versions of MCP that are spoken, and how fields and errors are called in them.
final class Versions {

  static final String STATELESS = "2026-07-28";
  static final String SESSION = "2025-11-25";
  static final String BATCHES = "2025-03-26";
  static final List<String> SESSIONS = List.of(SESSION, "2025-06-18", BATCHES, "2024-11-05");

  static final String META = "_meta";
  static final String META_VERSION = "io.modelcontextprotocol/protocolVersion";
  static final String META_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
  static final String META_LOG_LEVEL = "io.modelcontextprotocol/logLevel";
  static final String META_SERVER = "io.modelcontextprotocol/serverInfo";
  static final String META_SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

  static final long HEADER_MISMATCH = -32_020;
  static final long MISSING_CAPABILITY = -32_021;
  static final long UNSUPPORTED_VERSION = -32_022;
  static final long NO_RESOURCE = -32_002;
  static final long NOT_JSON = -32_700;
  static final long INVALID_REQUEST = -32_600;
  static final long INVALID_PARAMS = -32_602;

  private Versions() {}

  static List<String> all() {
    List<String> all = new ArrayList<>();
    all.add(STATELESS);
    all.addAll(SESSIONS);
    return all;
  }
}
