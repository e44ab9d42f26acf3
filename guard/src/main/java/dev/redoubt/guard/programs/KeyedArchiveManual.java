// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;

/// ar and 7z: the first word is a key that says what happens to the archive in the second.
///
/// Only the keys that list, test and show are known; everything else changes something.
record KeyedArchiveManual(String name) implements Manual {

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    List<Arg> arguments = call.arguments();
    if (arguments.isEmpty()) {
      return Reading.harmless("shows its help", List.of());
    }
    Draft draft = new Draft(Nature.HARMLESS, "lists an archive");
    if (!shows(arguments.getFirst())) {
      draft.raise(Nature.CHANGES, name + " " + arguments.getFirst().shown() + " changes something");
    }
    for (Arg arg : arguments.subList(1, arguments.size())) {
      if (!(arg instanceof Arg.Known(String text)) || text.startsWith("-")) {
        draft.raise(Nature.UNKNOWN, name + ": " + arg.shown() + " is not judged");
      }
      draft.file(Access.READ, arg, "");
    }
    return draft.done();
  }

  private boolean shows(Arg key) {
    if (!(key instanceof Arg.Known(String text))) {
      return false;
    }
    return name.equals("ar")
        ? text.equals("t") || text.equals("tv") || text.equals("p")
        : text.equals("l") || text.equals("t");
  }
}
