// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Crew;
import dev.redoubt.agent.api.Notebook;
import dev.redoubt.agent.api.Outputs;
import java.util.Optional;

/// What a session offers to its tools.
///
/// @param outputs where whoever cuts results keeps the whole of them
/// @param crew the sub-agents; empty where there may be none
/// @param notebook what is remembered; empty where nothing is
public record Services(Outputs outputs, Optional<Crew> crew, Optional<Notebook> notebook) {
  public Services {
    requireNonNull(outputs, "outputs");
    requireNonNull(crew, "crew");
    requireNonNull(notebook, "notebook");
  }
}
