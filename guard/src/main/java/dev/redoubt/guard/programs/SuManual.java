// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Set;

/// `su` and `runuser` start a shell of another user.
record SuManual(String name) implements Manual {

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    Draft draft = new Draft(Nature.CHANGES, name + " runs a shell as another user");
    List<Arg> arguments = call.arguments();
    for (int at = 0; at + 1 < arguments.size(); at++) {
      if (arguments.get(at) instanceof Arg.Known(String text)
          && (text.equals("-c") || text.equals("--command"))) {
        draft.want(new Want.ShellText(arguments.get(at + 1)));
      }
    }
    return draft.done();
  }
}
