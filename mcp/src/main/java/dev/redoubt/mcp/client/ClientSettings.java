// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a server is met.
///
/// @param version of this program, which the server is told
/// @param roots the folders the server is told to work in, absolute
/// @param start how long it may take until it answers
/// @param probe how long the question whether it is of the stateless era may go without an answer
///   before it is greeted as before
/// @param approach of which era it is taken to be
/// @param person whom it may ask; nobody when it is empty, and then it is told so
public record ClientSettings(
    String version,
    List<Path> roots,
    Duration start,
    Duration probe,
    Approach approach,
    Optional<Person> person) {
  public ClientSettings {
    requireNonNull(version, "version");
    roots = List.copyOf(roots);
    requireNonNull(start, "start");
    requireNonNull(probe, "probe");
    requireNonNull(approach, "approach");
    requireNonNull(person, "person");
  }

  /// Of which era a server is taken to be.
  public enum Approach {
    /// It is asked, as the stateless era has it, and greeted as before when it does not know that.
    FIND_OUT,
    /// Stateless, and nothing else.
    STATELESS,
    /// A session, at once.
    SESSION
  }

  /// Settings for a server that is asked for its era and may ask nobody.
  public ClientSettings(String version, List<Path> roots, Duration start, Duration probe) {
    this(version, roots, start, probe, Approach.FIND_OUT, Optional.empty());
  }

  /// Returns the same with another approach.
  public ClientSettings approaching(Approach other) {
    return new ClientSettings(version, roots, start, probe, other, person);
  }

  /// Returns the same with somebody who can be asked.
  public ClientSettings asking(Person somebody) {
    return new ClientSettings(version, roots, start, probe, approach, Optional.of(somebody));
  }

  /// Returns what a server is told that this client can do.
  Node.Obj capabilities() {
    Fields capabilities = new Fields().and("roots", new Fields().object());
    if (person.isPresent()) {
      capabilities.and("elicitation", Elicitation.capability());
    }
    return capabilities.object();
  }

  /// Settings with the usual probe of three seconds.
  public ClientSettings(String version, List<Path> roots, Duration start) {
    this(version, roots, start, Duration.ofSeconds(3));
  }
}
