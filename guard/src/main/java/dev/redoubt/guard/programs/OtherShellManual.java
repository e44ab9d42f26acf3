// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Set;

/// A shell of Windows; nothing behind it is followed.
///
/// @param rule the id under which that is said
record OtherShellManual(String name, String rule) implements Manual {

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    return Reading.unknown(
        "starts " + name,
        List.of(new Want.Opaque(rule, name, "what %s runs is not followed".formatted(name))));
  }
}
