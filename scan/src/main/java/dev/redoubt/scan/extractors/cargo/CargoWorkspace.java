// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.cargo;

import dev.redoubt.document.Node;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.SourceFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the manifests beside a lock file ask for: the root package, the members of the workspace
/// and the local packages they lead to.
///
/// A manifest that cannot be read is left out; its requirements then have an unknown scope. At most
/// 2,000 manifests are read.
final class CargoWorkspace {

  private static final int MOST_MANIFESTS = 2_000;

  private final Map<String, Map<String, Scope>> scopes = new HashMap<>();

  private CargoWorkspace() {}

  /// Returns the workspace of the Cargo.toml beside `lock`, empty when there is none.
  static CargoWorkspace beside(SourceFile lock) {
    CargoWorkspace workspace = new CargoWorkspace();
    Optional<CargoManifest> root = CargoManifest.at(lock, "Cargo.toml");
    Deque<CargoManifest> open = new ArrayDeque<>();
    root.ifPresent(open::add);
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      CargoManifest manifest = open.removeFirst();
      if (!seen.add(manifest.file().entry().path()) || seen.size() > MOST_MANIFESTS) {
        continue;
      }
      List<CargoManifest.Requirement> requirements =
          manifest.requirements(manifest.isWorkspace() ? Optional.of(manifest) : root);
      workspace.add(manifest, requirements);
      for (CargoManifest.Requirement requirement : requirements) {
        requirement
            .spec()
            .text("path")
            .flatMap(path -> CargoManifest.at(requirement.owner().file(), path + "/Cargo.toml"))
            .ifPresent(open::add);
      }
      for (Node member :
          manifest.root().get("workspace").map(it -> it.items("members")).orElse(List.of())) {
        member.scalar().ifPresent(glob -> members(manifest.file(), "", glob, open));
      }
    }
    return workspace;
  }

  /// Returns the scope in which the local package `name` asks for `dependency`; unknown when its
  /// manifest was not read or does not say.
  Scope scope(String name, String dependency) {
    return scopes.getOrDefault(name, Map.of()).getOrDefault(dependency, Scope.UNKNOWN);
  }

  private void add(CargoManifest manifest, List<CargoManifest.Requirement> requirements) {
    Optional<String> name = manifest.packageName();
    if (name.isEmpty()) {
      return;
    }
    Map<String, Scope> own = scopes.computeIfAbsent(name.get(), _ -> new HashMap<>());
    for (CargoManifest.Requirement requirement : requirements) {
      own.merge(requirement.name(), requirement.scope(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
    }
  }

  private static void members(
      SourceFile root, String folder, String glob, Deque<CargoManifest> into) {
    if (into.size() > MOST_MANIFESTS) {
      return;
    }
    if (glob.isEmpty()) {
      CargoManifest.at(root, folder + "Cargo.toml").ifPresent(into::add);
      return;
    }
    int slash = glob.indexOf('/');
    String segment = slash < 0 ? glob : glob.substring(0, slash);
    String rest = slash < 0 ? "" : glob.substring(slash + 1);
    if (segment.indexOf('*') < 0 && segment.indexOf('?') < 0) {
      members(root, folder + segment + "/", rest, into);
      return;
    }
    for (String name : root.siblings(folder.isEmpty() ? "." : folder)) {
      if (name.endsWith("/") && matches(segment, name.substring(0, name.length() - 1))) {
        members(root, folder + name, rest, into);
      }
    }
  }

  /* The usual two-pointer match: on a mismatch only the last star takes one more character. */
  private static boolean matches(String glob, String name) {
    int g = 0;
    int n = 0;
    int star = -1;
    int taken = 0;
    while (n < name.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        taken = n;
      } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == name.charAt(n))) {
        g++;
        n++;
      } else if (star >= 0) {
        g = star + 1;
        n = ++taken;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }
}
