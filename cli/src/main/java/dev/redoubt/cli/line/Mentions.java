// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Message;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.run.Attachments;
import dev.redoubt.cli.run.Workbench;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the files that a prompt names in the manner of `@src/Main.java` or `@"a b.txt"`. What is
/// no file there stays a word.
///
/// @param workspace where relative names begin
record Mentions(Path workspace) {

  Mentions {
    requireNonNull(workspace, "workspace");
  }

  /// Returns the names in `prompt` that are files, in order, each once.
  List<String> in(String prompt) {
    Set<String> names = new LinkedHashSet<>();
    for (int at = prompt.indexOf('@'); at >= 0; at = prompt.indexOf('@', at + 1)) {
      if (at > 0 && !Character.isWhitespace(prompt.charAt(at - 1))) {
        continue;
      }
      file(name(prompt, at + 1)).ifPresent(names::add);
    }
    return List.copyOf(names);
  }

  private static String name(String prompt, int from) {
    if (from < prompt.length() && prompt.charAt(from) == '"') {
      int end = prompt.indexOf('"', from + 1);
      return end < 0 ? "" : prompt.substring(from + 1, end);
    }
    int end = from;
    while (end < prompt.length() && !Character.isWhitespace(prompt.charAt(end))) {
      end++;
    }
    return prompt.substring(from, end);
  }

  /* "@a.txt," in a sentence means the file. */
  private Optional<String> file(String name) {
    String rest = name;
    while (!rest.isEmpty()) {
      if (isFile(rest)) {
        return Optional.of(rest);
      }
      if (",.;:!?)".indexOf(rest.charAt(rest.length() - 1)) < 0) {
        return Optional.empty();
      }
      rest = rest.substring(0, rest.length() - 1);
    }
    return Optional.empty();
  }

  private boolean isFile(String name) {
    try {
      return Files.isRegularFile(workspace.resolve(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /// Returns what the model sees of `names`, read through the gate of `bench`.
  ///
  /// @throws UsageException if one may not be read, cannot be read or is no text and no picture;
  ///   nothing is sent then
  List<Message.Seen> read(List<String> names, Workbench bench) throws InterruptedException {
    List<Message.Seen> seen = new ArrayList<>();
    for (String name : names) {
      Path path = workspace.resolve(name).normalize();
      seen.add(
          switch (bench.perform(new Action.Read(path), Manner.quiet())) {
            case Outcome.ReadFile(Content content, long size) -> shown(name, content, size);
            case Outcome.RefusedByGuard(var _, var decision) ->
                throw unread(name, "%s  (%s)".formatted(decision.reason(), decision.rule()));
            case Outcome.RefusedByWall(String reason, String _) -> throw unread(name, reason);
            case Outcome.NotStarted(String reason, String _) -> throw unread(name, reason);
            case Outcome.Failed(String reason) -> throw unread(name, reason);
            case Outcome.Called _,
                Outcome.Ran _,
                Outcome.Runs _,
                Outcome.Changed _,
                Outcome.Listed _,
                Outcome.Found _,
                Outcome.Connected _,
                Outcome.Fetched _ ->
                throw new IllegalStateException("no outcome of a read");
          });
    }
    return seen;
  }

  private static Message.Seen shown(String name, Content content, long size) {
    if (size > Math.min(content.size(), Attachments.most(name))) {
      throw unread(name, "it has %d bytes, too many to be shown".formatted(size));
    }
    return Attachments.of("@", name, content.bytes());
  }

  private static UsageException unread(String name, String reason) {
    return new UsageException("@%s was not read, so nothing was sent: %s".formatted(name, reason));
  }
}
