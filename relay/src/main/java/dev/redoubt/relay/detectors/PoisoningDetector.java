// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.model.Severity;
import java.util.List;

/// Notices descriptions that give orders to the model: set instructions aside, hide something, take
/// credentials, send something away.
final class PoisoningDetector implements Detector {

  @Override
  public String id() {
    return "mcp.poisoning";
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
    List<Alert> alerts = matter.orders().alerts(Orders.Kind.POISONING, id());
    if (alerts.stream().anyMatch(Alert::isCritical)) {
      return alerts;
    }
    return new Advice(matter).poisoning(id()).map(List::of).orElse(alerts);
  }
}
