// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Programs that let others run later or elsewhere: `at`, `crontab`, `tmux`, `ssh`.
///
/// Sources: the manuals of at(1), crontab(1), systemd-run(1), tmux(1), screen(1), ssh(1).
final class LaterShelf implements Shelf {

  private static final List<String> NAMES =
      List.of(
          "at",
          "atq",
          "batch",
          "crontab",
          "daemonize",
          "dtach",
          "launchctl",
          "mosh",
          "screen",
          "ssh",
          "start-stop-daemon",
          "systemd-run",
          "tmux",
          "zellij");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "at", "batch", "daemonize", "dtach", "start-stop-daemon", "systemd-run", "zellij" ->
          new Outliving(name, "");
      case "atq" -> new Outliving(name, "atq");
      case "crontab" -> new Outliving(name, "-l");
      case "launchctl" -> new Outliving(name, "list");
      case "tmux" -> new Outliving(name, "ls list-sessions -V");
      case "screen" -> new Outliving(name, "-ls -list -v");
      case "ssh", "mosh" -> new SshManual(name);
      default -> null;
    };
  }

  /// Starts something that outlives the line, unless the first argument only asks.
  private record Outliving(String name, String asks) implements Manual {
    @Override
    public Set<String> names() {
      return Set.of(name);
    }

    @Override
    public Reading read(Call call) {
      List<Arg> arguments = call.arguments();
      boolean onlyAsks =
          AskManual.isVersion(arguments)
              || (asks.equals(name) && arguments.isEmpty())
              || (arguments.size() == 1
                  && arguments.getFirst() instanceof Arg.Known(String text)
                  && List.of(asks.split(" ", -1)).contains(text));
      return onlyAsks
          ? Reading.harmless("shows what runs", List.of())
          : new Reading(
              Nature.CHANGES,
              name + " starts or changes what runs later",
              List.of(
                  new Want.Opaque(
                      "command.outlives", name, name + " lets commands outlive the line")));
    }
  }
}
