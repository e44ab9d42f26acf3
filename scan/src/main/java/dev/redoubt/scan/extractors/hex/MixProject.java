// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.hex;

import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a mix.exs asks for, as far as it is a plain list.
///
/// @param scopes the scope by application; dev when `only` names neither prod nor anything unknown
record MixProject(Map<String, Scope> scopes) {

  private static final Set<String> DEVELOPMENT = Set.of("dev", "test", "docs", "ci", "lint");
  private static final List<String> STARTS =
      List.of("defp deps do", "def deps do", "defp deps() do", "def deps() do");

  MixProject {
    scopes = Map.copyOf(scopes);
  }

  /// Returns the project beside `lock` with the applications of an umbrella; empty when there is
  /// none or when one of them cannot be told without running it.
  static Optional<MixProject> beside(SourceFile lock) {
    Map<String, Scope> scopes = new HashMap<>();
    Optional<SourceFile> root = lock.sibling("mix.exs");
    if (root.isEmpty() || !add(root.get(), scopes)) {
      return Optional.empty();
    }
    for (String name : lock.siblings("apps")) {
      Optional<SourceFile> application =
          name.endsWith("/") ? lock.sibling("apps/" + name + "mix.exs") : Optional.empty();
      if (application.isPresent() && !add(application.get(), scopes)) {
        return Optional.empty();
      }
    }
    return Optional.of(new MixProject(scopes));
  }

  private static boolean add(SourceFile file, Map<String, Scope> into) {
    try {
      String text = file.text();
      for (String start : STARTS) {
        Terms terms = new Terms(text);
        if (terms.toAfter(start)) {
          Term list = terms.next();
          list.items().forEach(dependency -> add(dependency, into));
          return terms.take("end");
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static void add(Term dependency, Map<String, Scope> into) {
    Optional<String> name =
        dependency instanceof Term.Pair(String key, Term _, int _)
            ? Optional.of(key)
            : dependency.word(0);
    if (name.isEmpty() || dependency.option("in_umbrella").isPresent()) {
      return;
    }
    Scope scope = dependency.option("only").map(MixProject::scope).orElse(Scope.PROD);
    into.merge(name.get(), scope, (a, b) -> a.compareTo(b) <= 0 ? a : b);
  }

  private static Scope scope(Term only) {
    List<Term> environments = only.items().isEmpty() ? List.of(only) : only.items();
    boolean development =
        environments.stream().allMatch(it -> DEVELOPMENT.contains(it.word().orElse("")));
    return development ? Scope.DEV : Scope.PROD;
  }
}
