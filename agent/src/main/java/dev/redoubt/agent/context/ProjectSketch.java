// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.context;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// A first AGENTS.md for a project, from the names of the files in it. Reads and runs nothing.
public final class ProjectSketch {

  private static final int MOST_FOLDERS = 30;

  /* The commands that a tool's own documentation gives for each kind of project. */
  private static final Map<String, String> BUILDS = builds();

  private ProjectSketch() {}

  private static Map<String, String> builds() {
    Map<String, String> builds = new LinkedHashMap<>();
    builds.put("pom.xml", "Maven: `mvn -q verify` builds and tests");
    builds.put("build.gradle", "Gradle: `gradle build` builds and tests");
    builds.put("build.gradle.kts", "Gradle: `gradle build` builds and tests");
    builds.put("package.json", "npm: `npm install`, then `npm test`");
    builds.put("pyproject.toml", "Python: `python3 -m pytest` tests");
    builds.put("requirements.txt", "Python: `pip install -r requirements.txt`");
    builds.put("Cargo.toml", "Cargo: `cargo build`, `cargo test`");
    builds.put("go.mod", "Go: `go build ./...`, `go test ./...`");
    builds.put("composer.json", "Composer: `composer install`, `composer test`");
    builds.put("Gemfile", "Bundler: `bundle install`, `bundle exec rake test`");
    builds.put("CMakeLists.txt", "CMake: `cmake -B build`, `cmake --build build`");
    builds.put("Makefile", "make: `make`, `make test`");
    return builds;
  }

  /// Returns the text for the project in `folder`.
  public static String of(Path folder) {
    StringBuilder text = new StringBuilder("# Instructions for agents\n\n## Build and test\n\n");
    List<String> found = new ArrayList<>();
    BUILDS.forEach((name, line) -> {
      if (Files.isRegularFile(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        found.add(line);
      }
    });
    found.forEach(line -> text.append("- ").append(line).append(".\n"));
    if (found.isEmpty()) {
      text.append("- No build file was recognised: say here how it is built and tested.\n");
    }
    text.append("\n## Layout\n\n");
    folders(folder).forEach(name -> text.append("- `").append(name).append("/`: \n"));
    return text.append("\n## Rules\n\n- Say here what must never be changed, and why.\n")
        .toString();
  }

  private static List<String> folders(Path folder) {
    TreeSet<String> names = new TreeSet<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        String name = String.valueOf(child.getFileName());
        boolean plain = name.matches("[A-Za-z0-9_][A-Za-z0-9_. -]{0,60}");
        if (plain && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
          names.add(name);
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return names.stream().limit(MOST_FOLDERS).toList();
  }
}
