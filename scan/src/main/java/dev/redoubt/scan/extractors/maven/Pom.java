// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.maven;

import dev.redoubt.model.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One POM file as written: nothing inherited, nothing filled in.
///
/// @param at its file, and the line of the project
/// @param gav group and version are empty when they come from the parent
/// @param parent empty when there is none
/// @param section what stands outside of profiles
/// @param profiles in document order
/// @param links what it names outside of itself
record Pom(
    Location at,
    Gav gav,
    Optional<Parent> parent,
    Section section,
    List<Profile> profiles,
    Links links) {

  Pom {
    profiles = List.copyOf(profiles);
  }

  /// @param relativePath empty when the parent must not be looked for in the tree
  record Parent(Gav gav, String relativePath, Location at) {}

  record Section(
      Map<String, String> properties, List<Dependency> dependencies, List<Dependency> managed) {
    Section {
      properties = Map.copyOf(properties);
      dependencies = List.copyOf(dependencies);
      managed = List.copyOf(managed);
    }
  }

  record Profile(String id, Activation activation, Section section) {}

  enum Activation {
    /// Unless another profile of the same file is active.
    BY_DEFAULT,
    /// Active because a property is not set.
    ACTIVE,
    /// Only a run of Maven would tell, or a person asks for it.
    OPEN
  }

  /// @param packaging `jar` when absent
  /// @param modules paths of other POMs or their folders, those of profiles too
  /// @param relocation where the artifact went; parts that stay the same are empty
  record Links(String packaging, List<String> modules, Optional<Gav> relocation) {
    Links {
      modules = List.copyOf(modules);
    }
  }

  /// Returns the group, its own or the one its parent element names.
  String group() {
    return gav.group().isEmpty() ? parent.map(it -> it.gav().group()).orElse("") : gav.group();
  }

  /// Returns the version, its own or the one its parent element names.
  String version() {
    return gav.version().isEmpty()
        ? parent.map(it -> it.gav().version()).orElse("")
        : gav.version();
  }

  /// Returns the profiles that are active when nobody asks for one.
  List<Profile> active() {
    List<Profile> on =
        profiles.stream().filter(it -> it.activation() == Activation.ACTIVE).toList();
    return on.isEmpty()
        ? profiles.stream().filter(it -> it.activation() == Activation.BY_DEFAULT).toList()
        : on;
  }
}
