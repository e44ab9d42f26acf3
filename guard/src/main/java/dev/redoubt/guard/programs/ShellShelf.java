// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Programs that shells also have built in: `echo`, `printf`, `test`.
///
/// Sources: POSIX.1-2024, the manuals of GNU coreutils 9.
final class ShellShelf implements Shelf {

  private static final List<String> NAMES =
      List.of("[", "echo", "false", "kill", "printf", "pwd", "test", "true");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "echo", "printf" -> new Inert(name, "prints its arguments");
      case "true", "false" -> new Inert(name, "does nothing");
      case "test", "[" -> new Inert(name, "compares");
      case "pwd" ->
          TableManual.of(
              name,
              Table.harmless("shows the working folder")
                  .flags("-LP --logical --physical --help --version")
                  .build());
      case "kill" -> new Kill();
      default -> null;
    };
  }

  /// Does nothing but show or compare, whatever its arguments are.
  private record Inert(String name, String reason) implements Manual {
    @Override
    public Set<String> names() {
      return Set.of(name);
    }

    @Override
    public Reading read(Call call) {
      return Reading.harmless(reason, List.of());
    }
  }

  /// Signal 0 only asks whether a process is there.
  private record Kill() implements Manual {
    @Override
    public Set<String> names() {
      return Set.of("kill");
    }

    @Override
    public Reading read(Call call) {
      boolean asks =
          !call.arguments().isEmpty()
              && call.arguments().getFirst() instanceof Arg.Known(String text)
              && (text.equals("-0") || text.equals("-l") || text.equals("-L"));
      return asks
          ? Reading.harmless("asks about processes or signals", List.of())
          : new Reading(Nature.CHANGES, "kill ends processes", List.of());
    }
  }
}
