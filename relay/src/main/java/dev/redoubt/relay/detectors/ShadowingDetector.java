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
    if (matter.place() != Place.DESCRIPTOR) {
      return List.of();
    }
    List<Alert> alerts = matter.orders().alerts(Orders.Kind.SHADOWING, id());
    if (alerts.stream().anyMatch(Alert::isCritical)) {
      return alerts;
    }
    return new Advice(matter).shadowing(id()).map(List::of).orElse(alerts);
  }
}
