// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.conan;

import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What a conanfile.txt asks for: the names in its sections of requirements.
///
/// A conanfile.py is a program and says nothing here.
final class ConanFile {

  private static final Set<String> SECTIONS =
      Set.of("[requires]", "[build_requires]", "[tool_requires]", "[test_requires]");

  private final Optional<Set<String>> names;

  private ConanFile(Optional<Set<String>> names) {
    this.names = names;
  }

  static ConanFile beside(SourceFile lock) {
    Optional<SourceFile> file = lock.sibling("conanfile.txt");
    if (file.isEmpty()) {
      return new ConanFile(Optional.empty());
    }
    try {
      return new ConanFile(Optional.of(names(file.get().text())));
    } catch (IOException e) {
      return new ConanFile(Optional.empty());
    }
  }

  /// Returns the relation of `purl` to the project.
  Relation relation(Purl purl) {
    if (names.isEmpty()) {
      return Relation.UNKNOWN;
    }
    return names.get().contains(purl.name()) ? Relation.DIRECT : Relation.TRANSITIVE;
  }

  private static Set<String> names(String text) {
    Set<String> names = new HashSet<>();
    boolean inside = false;
    for (String row : (Iterable<String>) text.lines()::iterator) {
      String line = row.strip();
      if (line.startsWith("[")) {
        inside = SECTIONS.contains(line);
      } else if (inside && !line.isEmpty() && !line.startsWith("#")) {
        int slash = line.indexOf('/');
        names.add(slash < 0 ? line : line.substring(0, slash));
      }
    }
    return names;
  }
}
