// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.install;

import dev.redoubt.scan.api.MachinePaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The configurations of a client that are there, and can be edited as texts.
///
/// @param editable JSON and TOML
/// @param others what is there in another format
/// @param looked every place that was looked at
record ClientFiles(List<Path> editable, List<Path> others, List<Path> looked) {

  ClientFiles {
    editable = List.copyOf(editable);
    others = List.copyOf(others);
    looked = List.copyOf(looked);
  }

  /// Returns those of a person.
  static ClientFiles of(MachinePaths places) {
    Set<Path> paths = new LinkedHashSet<>();
    for (MachinePaths.Place place : places.places()) {
      if (!place.pattern().contains("*")) {
        paths.add(place.folder().resolve(place.pattern()));
      }
    }
    return among(paths);
  }

  /// Returns those below `folder`.
  ///
  /// @param names as the client looks for them in a project
  static ClientFiles in(Path folder, List<String> names) {
    Set<Path> paths = new LinkedHashSet<>();
    names.stream().filter(name -> !name.contains("*")).map(folder::resolve).forEach(paths::add);
    return among(paths);
  }

  private static ClientFiles among(Set<Path> paths) {
    List<Path> editable = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    for (Path path : paths) {
      String name = path.getFileName().toString();
      // What whoever manages the machine wrote is theirs.
      if (!Files.isRegularFile(path) || name.startsWith("managed")) {
        continue;
      }
      boolean text = name.endsWith(".json") || name.endsWith(".jsonc") || name.endsWith(".toml");
      (text ? editable : others).add(path);
    }
    return new ClientFiles(editable, others, List.copyOf(paths));
  }

  /// Returns how the file at `path` is written.
  static Wrapping.Format format(Path path) {
    String name = path.getFileName().toString();
    return new Wrapping.Format(name.endsWith(".toml"), name.contains("mcp"));
  }
}
