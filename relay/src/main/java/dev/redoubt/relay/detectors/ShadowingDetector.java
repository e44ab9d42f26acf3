// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.model.Severity;
import java.util.List;

/// Notices descriptions that give orders about other tools.
final class ShadowingDetector implements Detector {

  @Override
  public String id() {
    return "mcp.shadowing";
  }

  @Override
  public Severity severity() {
    return Severity.CRITICAL;
  }

  @Override
  public List<Alert> look(Matter matter) {
    return matter.place() == Place.DESCRIPTOR
        ? matter.orders().alerts(Orders.Kind.SHADOWING, id())
        : List.of();
  }
}
