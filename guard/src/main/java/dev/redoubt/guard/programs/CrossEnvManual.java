// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.programs.Reading.Want;
import java.util.Set;

/// `cross-env` sets variables and starts a program, like `env` without its options.
///
/// It replaces `$NAME` in words itself, after the shell did, so a word with a dollar is not known.
///
/// Source: the README of cross-env 7.
final class CrossEnvManual implements Manual {

  private static final Manual WRAPPER =
      new WrapperManual(
              "cross-env",
              Table.harmless("starts a command with other variables").endsAtOperand().build(),
              0)
          .allowingVariables();

  @Override
  public Set<String> names() {
    return Set.of("cross-env");
  }

  @Override
  public Reading read(Call call) {
    Draft draft = new Draft(WRAPPER.read(call));
    for (String text : Builds.texts(call.arguments())) {
      if (text.indexOf('$') >= 0) {
        draft.want(new Want.Opaque("command.code", text, "cross-env replaces variables by itself"));
      }
    }
    return draft.done();
  }
}
