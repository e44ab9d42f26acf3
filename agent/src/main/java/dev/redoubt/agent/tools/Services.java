// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Crew;
import dev.redoubt.agent.api.Outputs;
import java.util.Optional;

/// What a session offers to its tools.
///
/// @param outputs where whoever cuts results keeps the whole of them
/// @param crew the sub-agents; empty where there may be none
public record Services(Outputs outputs, Optional<Crew> crew) {
  public Services {
    requireNonNull(outputs, "outputs");
    requireNonNull(crew, "crew");
  }
}
