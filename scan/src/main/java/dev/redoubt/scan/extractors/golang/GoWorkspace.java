// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.golang;

import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.golang.GoModFile.Directive;
import dev.redoubt.scan.extractors.golang.GoModFile.Replacement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the nearest go.work above a go.mod says about its modules.
///
/// @param members the module paths of the workspace, the go.mod's own among them
/// @param replacements those of go.work, which win over those of go.mod
record GoWorkspace(Set<String> members, List<Replacement> replacements) {

  private static final GoWorkspace NONE = new GoWorkspace(Set.of(), List.of());
  private static final int MOST_MEMBERS = 500;

  GoWorkspace {
    members = Set.copyOf(members);
    replacements = List.copyOf(replacements);
  }

  /// Returns the workspace that uses the folder of `mod`, or an empty one.
  ///
  /// @throws IOException if there is one that cannot be read
  static GoWorkspace around(SourceFile mod) throws IOException {
    String folder = mod.entry().folder();
    int depth = folder.isEmpty() ? 0 : folder.split("/", -1).length;
    StringBuilder up = new StringBuilder();
    for (int i = 0; i <= depth; i++) {
      Optional<SourceFile> work = mod.sibling(up + "go.work");
      if (work.isPresent()) {
        return read(work.get(), folder);
      }
      up.append("../");
    }
    return NONE;
  }

  private static GoWorkspace read(SourceFile work, String folder) throws IOException {
    GoModFile file = GoModFile.parse(work.text());
    Set<String> members = new HashSet<>();
    boolean used = false;
    for (Directive use : file.all("use").limit(MOST_MEMBERS).toList()) {
      Optional<SourceFile> mod = work.sibling(use.words().getFirst() + "/go.mod");
      if (mod.isPresent()) {
        used |= mod.get().entry().folder().equals(folder);
        GoModFile.parse(mod.get().text()).value("module").ifPresent(members::add);
      }
    }
    return used ? new GoWorkspace(members, new ArrayList<>(file.replacements())) : NONE;
  }
}
