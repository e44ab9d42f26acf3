// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.model.Severity;
import java.util.List;

/// Notices orders to a model in what a server returns, or in what an agent passes back.
final class InjectionDetector implements Detector {

  @Override
  public String id() {
    return "mcp.injection";
  }

  @Override
  public Severity severity() {
    return Severity.CRITICAL;
  }

  @Override
  public List<Alert> look(Matter matter) {
    return matter.place() == Place.CONTENT || matter.place() == Place.REPLY
        ? matter.orders().alerts(Orders.Kind.INJECTION, id())
        : List.of();
  }
}
