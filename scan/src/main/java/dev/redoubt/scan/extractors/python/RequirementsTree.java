// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.python;

import dev.redoubt.model.Gap;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.python.RequirementsFile.Include;
import dev.redoubt.scan.extractors.python.RequirementsFile.Kind;
import dev.redoubt.scan.extractors.python.RequirementsFile.Line;
import dev.redoubt.scan.extractors.python.RequirementsFile.Linked;
import dev.redoubt.scan.extractors.python.RequirementsFile.Local;
import dev.redoubt.scan.extractors.python.RequirementsFile.Malformed;
import dev.redoubt.scan.extractors.python.RequirementsFile.Wanted;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/// A requirements file with all that it includes.
///
/// An included file that is read on its own anyway is followed for its constraints only, so that
/// none of its lines counts twice.
final class RequirementsTree {

  private static final int MOST_FILES = 100;
  private static final int MOST_MALFORMED = 20;

  private final BiPredicate<FileEntry, Kind> readOnItsOwn;
  private final Set<String> visited = new HashSet<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final List<Placed> listed = new ArrayList<>();
  private final Map<String, List<Placed>> constraints = new HashMap<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final Map<String, RequirementsFile> files = new HashMap<>();

  /// A line and the file it is in.
  record Placed(String path, Line line) {}

  private RequirementsTree(BiPredicate<FileEntry, Kind> readOnItsOwn) {
    this.readOnItsOwn = readOnItsOwn;
  }

  /// Returns the tree of `root`.
  ///
  /// @param kind what the root itself is
  /// @throws IOException if the root cannot be read; an included file that cannot be is a gap
  static RequirementsTree of(SourceFile root, Kind kind, BiPredicate<FileEntry, Kind> readOnItsOwn)
      throws IOException {
    RequirementsTree tree = new RequirementsTree(readOnItsOwn);
    tree.visit(root, kind, true);
    return tree;
  }

  /// Returns the lines that name packages to install, in reading order.
  List<Placed> listed() {
    return listed;
  }

  /// Returns the constraints on the package `name`, in its one spelling.
  List<Placed> constraints(String name) {
    return constraints.getOrDefault(name, List.of());
  }

  List<Gap> gaps() {
    return gaps;
  }

  /// Returns whether the file at `path` is part of the tree.
  boolean holds(String path) {
    return visited.contains(path);
  }

  /// Returns whether a tool wrote the file at `path`.
  boolean isGenerated(String path) {
    RequirementsFile file = files.get(path);
    return file != null && file.generated();
  }

  private void visit(SourceFile source, Kind kind, boolean list) throws IOException {
    String path = source.entry().path();
    visited.add(path);
    open.push(path);
    try {
      RequirementsFile file = RequirementsFile.parse(source.text());
      files.put(path, file);
      int malformed = 0;
      for (Line line : file.lines()) {
        switch (line) {
          case Include include -> include(source, include, kind, list);
          case Malformed(String text, int at) -> {
            malformed++;
            if (list && malformed <= MOST_MALFORMED) {
              gaps.add(
                  new Gap(
                      path,
                      at,
                      "is no requirement: \"%s\"".formatted(PypiName.quotable(text)),
                      "write it as pip reads it, in the manner of name==1.2.3"));
            }
          }
          case Wanted wanted -> keep(new Placed(path, line), wanted, kind, list);
          case Linked _, Local _ -> {
            if (list && kind == Kind.REQUIREMENTS) {
              listed.add(new Placed(path, line));
            }
          }
        }
      }
      if (list && malformed > MOST_MALFORMED) {
        gaps.add(
            new Gap(
                path,
                null,
                "%d more lines are no requirements".formatted(malformed - MOST_MALFORMED),
                "rename the file if it is not for pip"));
      }
    } finally {
      open.pop();
    }
  }

  private void keep(Placed placed, Wanted wanted, Kind kind, boolean list) {
    if (kind == Kind.CONSTRAINTS) {
      constraints
          .computeIfAbsent(wanted.requirement().normalName(), _ -> new ArrayList<>())
          .add(placed);
    } else if (list) {
      listed.add(placed);
    }
  }

  private void include(SourceFile from, Include include, Kind parent, boolean list) {
    String target = include.target();
    String path = from.entry().path();
    if (target.isEmpty() || target.contains("://") || target.contains("${")) {
      missing(path, include, "is not a file of this project", list);
      return;
    }
    Optional<SourceFile> found =
        target.startsWith("/") ? Optional.empty() : from.sibling(target.replace('\\', '/'));
    if (found.isEmpty()) {
      missing(path, include, "is not there", list);
      return;
    }
    FileEntry entry = found.get().entry();
    if (open.contains(entry.path())) {
      missing(path, include, "includes this one", list || entry.path().equals(open.getLast()));
    } else if (!visited.contains(entry.path())) {
      Kind kind = parent == Kind.CONSTRAINTS ? Kind.CONSTRAINTS : include.kind();
      boolean own = readOnItsOwn.test(entry, kind);
      if (visited.size() >= MOST_FILES) {
        missing(path, include, "is file %d of one tree".formatted(visited.size()), list);
        return;
      }
      try {
        visit(found.get(), kind, list && !own);
      } catch (IOException e) {
        missing(path, include, "cannot be read", list);
      }
    }
  }

  private void missing(String path, Include include, String why, boolean list) {
    if (list) {
      gaps.add(
          new Gap(
              path,
              include.line(),
              "the included file \"%s\" %s".formatted(PypiName.quotable(include.target()), why),
              "commit it beside this file, or remove the line"));
    }
  }
}
