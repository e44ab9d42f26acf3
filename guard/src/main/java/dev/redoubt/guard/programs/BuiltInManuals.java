// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The written list of manuals.
///
/// [#of] builds the one manual it returns and keeps it.
public final class BuiltInManuals {

  private static final List<Shelf> SHELVES =
      List.of(
          new ShellShelf(),
          new WrapperShelf(),
          new InterpreterShelf(),
          new LaterShelf(),
          new TextShelf(),
          new CompareShelf(),
          new LookShelf(),
          new SearchShelf(),
          new VersionControlShelf(),
          new BuildShelf(),
          new NetworkShelf(),
          new PackageShelf(),
          new CheckShelf(),
          new ScriptShelf(),
          new ScriptToolShelf(),
          new BundleShelf(),
          new WebCheckShelf(),
          new TreeShelf(),
          new LanguageShelf(),
          new FileShelf(),
          new ArchiveShelf(),
          new ServiceShelf(),
          new SystemShelf(),
          new MachineShelf(),
          new ScreenShelf());

  /// Some names have a version in them, so there is no end of names.
  private static final int MOST = 1_000;

  private static final Map<String, Manual> BUILT = new ConcurrentHashMap<>();

  private BuiltInManuals() {}

  /// Forgets what was built, for tests that run beside classes changed under them.
  static void forget() {
    BUILT.clear();
    GitTables.forget();
  }

  /// Returns all of them, each once. Slow: for tests and documents.
  public static List<Manual> all() {
    List<Manual> all = new ArrayList<>();
    for (Shelf shelf : SHELVES) {
      for (String name : shelf.names()) {
        Manual manual = shelf.manual(name);
        if (manual == null) {
          throw new IllegalStateException("no manual is called \"%s\"".formatted(name));
        }
        if (all.stream().noneMatch(other -> other.names().equals(manual.names()))) {
          all.add(manual);
        }
      }
    }
    return List.copyOf(all);
  }

  /// Returns whether `name` is a tool that package managers put into the workspace, to be started
  /// from there: `node_modules/.bin/eslint`, `vendor/bin/phpunit`.
  public static boolean isInstalledByWorkspace(String name) {
    return switch (name) {
      case "eslint", "jest", "mocha", "prettier", "pyright", "tsc", "vitest", "vue-tsc" -> true;
      case "phpstan", "phpunit" -> true;
      case "golint", "misspell" -> false;
      default ->
          ScriptToolShelf.NAMES.contains(name)
              || BundleShelf.NAMES.contains(name)
              || WebCheckShelf.NAMES.contains(name)
              || TreeShelf.NAMES.contains(name);
    };
  }

  /// Returns the manual of the program called `name`, without folders.
  public static Optional<Manual> of(String name) {
    Manual built = BUILT.get(name);
    if (built != null) {
      return Optional.of(built);
    }
    for (Shelf shelf : SHELVES) {
      Manual manual = shelf.manual(name);
      if (manual != null) {
        if (BUILT.size() < MOST) {
          BUILT.put(name, manual);
        }
        return Optional.of(manual);
      }
    }
    return Optional.empty();
  }
}
