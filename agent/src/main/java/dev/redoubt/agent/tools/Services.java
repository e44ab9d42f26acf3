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
/// @param searchedAt host and port of the search engine; empty where there is none
public record Services(
    Outputs outputs,
    Optional<Crew> crew,
    Optional<Notebook> notebook,
    Optional<String> searchedAt) {
  public Services {
    requireNonNull(outputs, "outputs");
    requireNonNull(crew, "crew");
    requireNonNull(notebook, "notebook");
    requireNonNull(searchedAt, "searchedAt");
  }

  /// Services without a search engine.
  public Services(Outputs outputs, Optional<Crew> crew, Optional<Notebook> notebook) {
    this(outputs, crew, notebook, Optional.empty());
  }

  /// Returns the same services with the search engine at `at`, when there is one.
  public Services searching(Optional<String> at) {
    return new Services(outputs, crew, notebook, at);
  }
}
