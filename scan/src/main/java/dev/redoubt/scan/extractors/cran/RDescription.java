// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.cran;

import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The DESCRIPTION of an R project: what it asks for by name.
///
/// @param scopes the scope of each name; suggested packages and what they enhance are dev
record RDescription(Map<String, Scope> scopes) {

  private static final Map<String, Scope> FIELDS =
      Map.of(
          "Depends", Scope.PROD,
          "Imports", Scope.PROD,
          "LinkingTo", Scope.PROD,
          "Suggests", Scope.DEV,
          "Enhances", Scope.DEV);

  RDescription {
    scopes = Map.copyOf(scopes);
  }

  /// Returns the DESCRIPTION beside `lock`, or empty when there is none that can be read.
  static Optional<RDescription> beside(SourceFile lock) {
    Optional<SourceFile> file = lock.sibling("DESCRIPTION");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(file.get().text()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /* "Field: value"; a line that starts with white space goes on with the field before. */
  private static RDescription read(String text) {
    Map<String, Scope> scopes = new HashMap<>();
    Scope scope = null;
    for (String row : (Iterable<String>) text.lines()::iterator) {
      String value = row;
      if (!row.isEmpty() && !Character.isWhitespace(row.charAt(0))) {
        int colon = row.indexOf(':');
        scope = colon < 0 ? null : FIELDS.get(row.substring(0, colon));
        value = row.substring(colon + 1);
      }
      if (scope != null) {
        for (String name : names(value)) {
          scopes.merge(name, scope, (a, b) -> a.compareTo(b) <= 0 ? a : b);
        }
      }
    }
    return new RDescription(scopes);
  }

  /// Returns the names in a list such as `cli (>= 3.0), glue`.
  static List<String> names(String list) {
    List<String> names = new ArrayList<>();
    for (String item : list.split(",", -1)) {
      String name = name(item);
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  /// Returns the name in one item of such a list.
  static String name(String item) {
    int open = item.indexOf('(');
    return (open < 0 ? item : item.substring(0, open)).strip();
  }
}
