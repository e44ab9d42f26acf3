// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import java.util.List;

/// How a server is spoken to.
public enum Era {
  /// A session that begins with `initialize`: 2025-11-25 and before.
  SESSION,
  /// Every request stands for itself: 2026-07-28.
  STATELESS;

  static final String LATEST = "2026-07-28";
  static final String LATEST_SESSION = "2025-11-25";
  static final List<String> SESSIONS =
      List.of(LATEST_SESSION, "2025-06-18", "2025-03-26", "2024-11-05");
}
