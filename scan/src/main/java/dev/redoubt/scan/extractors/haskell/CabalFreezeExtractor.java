// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.haskell;

import dev.redoubt.document.DocumentException;
import dev.redoubt.model.Component;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.lock.LockGaps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads cabal.project.freeze: the constraints that pin every package of a build plan.
///
/// Only `==` pins; flags say nothing about versions. A package under another constraint is a
/// component without a version, and a gap.
public final class CabalFreezeExtractor implements Extractor {

  private static final PluginId ID = new PluginId("cabal-freeze");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("cabal.project.freeze");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    LockGaps gaps = new LockGaps(file.entry().path(), "run cabal freeze");
    List<Component> components = new ArrayList<>();
    boolean constraints = false;
    boolean found = false;
    int line = 0;
    for (String row : (Iterable<String>) file.text().lines()::iterator) {
      line++;
      int comment = row.indexOf("--");
      String content = comment < 0 ? row : row.substring(0, comment);
      if (!content.isBlank() && !Character.isWhitespace(content.charAt(0))) {
        int colon = content.indexOf(':');
        constraints = content.substring(0, Math.max(0, colon)).strip().equals("constraints");
        found |= constraints;
        content = content.substring(colon + 1);
      }
      if (constraints) {
        for (String constraint : content.split(",", -1)) {
          add(constraint.strip(), line, gaps, components);
        }
      }
    }
    if (!found) {
      throw new DocumentException(1, "has no constraints", "run cabal freeze");
    }
    return Extraction.of(components, gaps.list());
  }

  private static void add(String constraint, int line, LockGaps gaps, List<Component> into) {
    int space = 0;
    while (space < constraint.length() && "=<>^ ".indexOf(constraint.charAt(space)) < 0) {
      space++;
    }
    String target = constraint.substring(0, space);
    String rule = constraint.substring(space).strip();
    boolean version = rule.startsWith("=") || rule.startsWith("<") || rule.startsWith(">");
    if (!version && !rule.startsWith("^")) {
      return;
    }
    String name = target.substring(Math.max(target.lastIndexOf('.'), target.lastIndexOf(':')) + 1);
    String pinned = rule.startsWith("==") ? rule.substring(2).strip() : "";
    boolean exact = pinned.matches("[0-9.]+");
    Optional<Purl> purl =
        gaps.purl(line, () -> Purl.of("hackage", null, name, exact ? pinned : null));
    purl.ifPresent(
        it -> into.add(Component.of(it, Scope.UNKNOWN, Relation.UNKNOWN, gaps.at(line))));
    if (purl.isPresent() && !exact) {
      gaps.add(line, "\"%s\" is not pinned: \"%s\"".formatted(name, LockGaps.quote(rule)));
    }
  }
}
