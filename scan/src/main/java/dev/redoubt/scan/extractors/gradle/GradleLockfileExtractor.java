// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.gradle;

import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Reads the lock files of Gradle: one for each project, or the older one for each configuration.
///
/// The scope follows from the configurations that hold a module. A lock file does not tell what the
/// project itself asks for; a build script beside it does, as far as it states modules as text.
public final class GradleLockfileExtractor implements Extractor {

  private static final PluginId ID = new PluginId("gradle-lockfile");
  private static final int MOST_GAPS = 50;
  private static final String HINT = "run gradle dependencies --write-locks";

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    String name = file.name();
    return name.equals("gradle.lockfile") || name.endsWith("-gradle.lockfile") || isOld(file);
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    FileEntry entry = file.entry();
    boolean old = isOld(entry);
    String implied =
        old ? entry.name().substring(0, entry.name().length() - ".lockfile".length()) : "";
    boolean builds = entry.name().endsWith("-gradle.lockfile") || implied.startsWith("buildscript");
    GradleDeclared declared = GradleDeclared.beside(file, old ? "../../" : "");
    List<Component> components = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    int number = 0;
    Iterator<String> lines = file.text().lines().iterator();
    while (lines.hasNext()) {
      String line = lines.next().strip();
      number++;
      if (line.isEmpty() || line.startsWith("#") || line.startsWith("empty=")) {
        continue;
      }
      Location at = new Location(entry.path(), number);
      int equals = line.indexOf('=');
      List<String> configurations =
          equals < 0 ? List.of(implied) : configurations(line.substring(equals + 1));
      Optional<GradleCoordinate> module =
          equals < 0 && !old
              ? Optional.empty()
              : GradleCoordinate.parse(equals < 0 ? line : line.substring(0, equals));
      if (module.flatMap(GradleCoordinate::pinned).isEmpty()) {
        if (gaps.size() < MOST_GAPS) {
          gaps.add(Gap.at(at, "is not a locked module: \"%s\"".formatted(shorten(line)), HINT));
        }
        continue;
      }
      Scope scope = builds ? Scope.DEV : GradleScope.of(configurations);
      Relation relation = builds ? Relation.UNKNOWN : declared.relation(module.get());
      components.add(Component.of(module.get().purl(), scope, relation, at));
    }
    return Extraction.of(components, gaps);
  }

  private static boolean isOld(FileEntry file) {
    String folder = file.folder();
    return file.name().endsWith(".lockfile")
        && (folder.equals("gradle/dependency-locks")
            || folder.endsWith("/gradle/dependency-locks"));
  }

  private static List<String> configurations(String list) {
    List<String> names = new ArrayList<>();
    for (String name : list.split(",", -1)) {
      if (!name.isBlank()) {
        names.add(name.strip());
      }
    }
    return names;
  }

  static String shorten(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
