// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is judged at once: one tool's description, the arguments of one call, one answer.
///
/// Its texts are folded, decoded and read for orders once, for whoever asks first. Safe to share.
public final class Matter {

  private final Place place;
  private final String subject;
  private final List<Piece> pieces;
  private final Surroundings surroundings;
  private @Nullable Orders orders;

  /// What is known beside the texts.
  ///
  /// @param tool the descriptor of the tool that is called or that answers
  /// @param names the tools the server has
  public record Surroundings(Optional<Node> tool, Set<String> names) {
    /// Nothing is known.
    public static final Surroundings NONE = new Surroundings(Optional.empty(), Set.of());

    public Surroundings {
      requireNonNull(tool, "tool");
      names = Set.copyOf(names);
    }
  }

  /// @param subject the name of the tool, prompt or resource; empty when it is about none
  public Matter(Place place, String subject, List<Piece> pieces, Surroundings surroundings) {
    this.place = requireNonNull(place, "place");
    this.subject = requireNonNull(subject, "subject");
    this.pieces = List.copyOf(pieces);
    this.surroundings = requireNonNull(surroundings, "surroundings");
  }

  /// Returns what its texts are for.
  public Place place() {
    return place;
  }

  /// Returns the name of what it is about.
  public String subject() {
    return subject;
  }

  /// Returns its texts in order.
  public List<Piece> pieces() {
    return pieces;
  }

  /// Returns what is known beside them.
  Surroundings surroundings() {
    return surroundings;
  }

  /// Returns what its texts tell a reader to do.
  synchronized Orders orders() {
    if (orders == null) {
      orders = Orders.in(this);
    }
    return orders;
  }
}
