// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.model.Severity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What the texts of one [Matter] tell a reader to do, the worst of each kind.
///
/// @param worst by kind
record Orders(Map<Kind, Order> worst) {

  /// Whose matter an order is.
  enum Kind {
    POISONING,
    SHADOWING,
    INJECTION
  }

  /// One order.
  ///
  /// @param where the path of the text it is in
  record Order(Severity severity, String where, String what) {}

  Orders {
    worst = Map.copyOf(worst);
  }

  /// Returns the alert of `detector` about an order of `kind`, if there is one.
  List<Alert> alerts(Kind kind, String detector) {
    Order order = worst.get(kind);
    return order == null
        ? List.of()
        : List.of(new Alert(detector, order.severity(), order.where(), order.what()));
  }

  /// Returns whether there is an order that is more than a remark.
  boolean hasOrder() {
    return worst.values().stream()
        .anyMatch(order -> order.severity().compareTo(Severity.HIGH) <= 0);
  }

  static Orders in(Matter matter) {
    Map<Kind, Order> worst = new EnumMap<>(Kind.class);
    for (Passage passage : passages(matter)) {
      for (Decoded decoded : Decoded.of(passage.text())) {
        OrderReader reader = new OrderReader(matter, decoded);
        reader
            .read()
            .forEach((kind, found) -> {
              Order before = worst.get(kind);
              if (before == null || found.severity().compareTo(before.severity()) < 0) {
                worst.put(
                    kind,
                    new Order(found.severity(), passage.where(), found.what() + decoded.how()));
              }
            });
      }
    }
    return new Orders(worst);
  }

  private record Passage(String where, String text) {}

  /* An order may be spread over the fields of one description and over the parts of one answer, so
  all of it is read in one go; an alert names the part when it has only one. */
  private static List<Passage> passages(Matter matter) {
    List<Piece> pieces = matter.pieces();
    if (pieces.isEmpty()) {
      return List.of();
    }
    if (pieces.size() == 1) {
      return List.of(new Passage(pieces.getFirst().path(), pieces.getFirst().text()));
    }
    StringBuilder all = new StringBuilder();
    for (Piece piece : pieces) {
      all.append(piece.text()).append('\n');
    }
    return List.of(new Passage("", all.toString()));
  }
}
