// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.maven;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A POM with everything inherited, imported, filled in and managed.
///
/// @param gav its own coordinates
/// @param dependencies in the order of the class path
/// @param managed by [Dependency#key()]
/// @param relocation where the artifact went, when it moved
record EffectivePom(
    Gav gav,
    List<Dependency> dependencies,
    Map<String, Dependency> managed,
    Optional<Gav> relocation) {

  EffectivePom {
    dependencies = List.copyOf(dependencies);
  }
}
