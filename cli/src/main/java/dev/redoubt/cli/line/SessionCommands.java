// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static dev.redoubt.cli.line.BuiltInCommands.command;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.sessions.SessionChanges;
import dev.redoubt.agent.sessions.SessionFolder;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.agent.sessions.SessionIndex;
import dev.redoubt.agent.sessions.SessionSummary;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.line.SlashCommand.Next;
import dev.redoubt.cli.run.RunOptions.Wanted;
import java.security.SecureRandom;
import java.util.List;

/// The slash commands about sessions.
final class SessionCommands {

  private static final int MOST = 20;
  private static final int LONGEST_NAME = 200;

  private SessionCommands() {}

  static List<SlashCommand> all() {
    return List.of(
        command(
            "session",
            "list|resume ID|fork|rename NAME",
            "List, resume, fork or rename sessions.",
            List.of("list", "resume", "fork", "rename"),
            SessionCommands::session),
        command(
            "resume",
            "[ID]",
            "Go on with another session of this folder.",
            List.of(),
            SessionCommands::resume),
        command("rename", "NAME", "Give this session a name.", List.of(), SessionCommands::rename));
  }

  private static Next session(Conversation here, String rest) throws InterruptedException {
    String word = rest.split("\\s+", 2)[0];
    String more = rest.substring(word.length()).strip();
    return switch (word) {
      case "", "list" -> list(here);
      case "resume" -> resume(here, more);
      case "fork" -> fork(here);
      case "rename" -> rename(here, more);
      default ->
          throw new UsageException(
              "/session %s is not list, resume ID, fork or rename NAME".formatted(word));
    };
  }

  private static Next list(Conversation here) {
    List<SessionSummary> all =
        SessionIndex.of(new SessionFolder(here.call().globals().dataDir())).stream()
            .filter(summary -> summary.place().workspace().equals(here.workspace().toString()))
            .toList();
    if (all.isEmpty()) {
      here.console().show("  there is no session of this folder yet");
    }
    for (SessionSummary summary : all.subList(Math.max(0, all.size() - MOST), all.size())) {
      here.console()
          .show(
              "  %s %s  %d prompts  %s"
                  .formatted(
                      summary.id().equals(here.session()) ? "*" : " ",
                      summary.id(),
                      summary.time().prompts(),
                      Style.safe(summary.title())));
    }
    return SlashCommand.STAY;
  }

  private static Next resume(Conversation here, String rest) throws InterruptedException {
    if (rest.isEmpty()) {
      list(here);
      here.console().show("  /resume ID goes on with one; the beginning of an id is enough");
      return SlashCommand.STAY;
    }
    here.goOn(new Wanted.Named(rest));
    here.bench();
    here.console()
        .show(
            "  goes on with \"%s\""
                .formatted(Style.safe(here.summary().map(SessionSummary::title).orElse(rest))));
    return SlashCommand.STAY;
  }

  private static Next fork(Conversation here) throws InterruptedException {
    if (here.summary().isEmpty()) {
      throw new UsageException("nothing was said yet, so there is nothing to fork");
    }
    SessionId from = here.session();
    SessionId to = SessionId.at(here.call().world().clock().instant(), new SecureRandom());
    here.close();
    new SessionChanges(
            new SessionFolder(here.call().globals().dataDir()), here.call().world().clock())
        .fork(from, to, Integer.MAX_VALUE);
    here.goOn(new Wanted.Named(to.text()));
    here.bench();
    here.console().show("  forked: this is %s now, %s stays as it is".formatted(to, from));
    return SlashCommand.STAY;
  }

  private static Next rename(Conversation here, String rest) throws InterruptedException {
    if (rest.isEmpty() || rest.length() > LONGEST_NAME) {
      throw new UsageException("a name has 1 to %d characters".formatted(LONGEST_NAME));
    }
    here.write(new AgentEvent.Named(rest));
    here.console().show("  this session is called \"%s\"".formatted(Style.safe(rest)));
    return SlashCommand.STAY;
  }
}
