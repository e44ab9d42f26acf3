// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.agent.sessions.SessionReader.Recorded;
import dev.redoubt.agent.sessions.SessionSummary.Place;
import dev.redoubt.agent.sessions.SessionSummary.Time;
import dev.redoubt.agent.sessions.Transcript.Spent;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.CanonicalJson;
import dev.redoubt.evidence.Payload;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All sessions in short. What was read before is kept in `sessions/index.jsonl`, each line with
/// the size of the log it was read from; a line whose log has another size is read again, so the
/// file can be deleted, be old or be broken at any time.
public final class SessionIndex {

  private static final String NAME = "index.jsonl";
  private static final int LARGEST = 32 << 20;
  private static final int LONGEST_TITLE = 80;
  private static final Limits LINE = new Limits(64 << 10, 10, 200);

  private SessionIndex() {}

  private record Known(long size, SessionSummary summary) {}

  /// Returns all sessions, oldest first. One whose log cannot be read is left out.
  public static List<SessionSummary> of(SessionFolder sessions) {
    Map<SessionId, Known> before = read(sessions.root().resolve(NAME));
    List<Known> now = new ArrayList<>();
    boolean same = true;
    for (SessionId id : sessions.all()) {
      long size = size(sessions.stream(id));
      Known known = before.get(id);
      if (known == null || known.size() != size) {
        same = false;
        Optional<SessionSummary> summary = summary(sessions, id);
        known = summary.map(read -> new Known(size, read)).orElse(null);
      }
      if (known != null) {
        now.add(known);
      }
    }
    if (!same || before.size() != now.size()) {
      write(sessions.root(), now);
    }
    return now.stream().map(Known::summary).toList();
  }

  private static long size(Path stream) {
    long size = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(stream, "*.jsonl")) {
      for (Path file : files) {
        size += Files.size(file);
      }
      return size;
    } catch (IOException e) {
      return -1;
    }
  }

  private static Optional<SessionSummary> summary(SessionFolder sessions, SessionId id) {
    try {
      return summary(id, SessionReader.read(sessions, id));
    } catch (RedoubtException e) {
      return Optional.empty();
    }
  }

  private static Optional<SessionSummary> summary(SessionId id, List<Recorded> events) {
    if (events.isEmpty()) {
      return Optional.empty();
    }
    String title = "";
    Place place = new Place("", "");
    int prompts = 0;
    boolean named = false;
    String given = "";
    String status = "";
    for (Recorded recorded : events) {
      if (recorded.event() instanceof AgentEvent.Opened opened) {
        place = new Place(opened.workspace(), opened.model());
      } else if (recorded.event() instanceof AgentEvent.Named(String name)) {
        title = name;
        named = true;
      } else if (recorded.event() instanceof AgentEvent.Titled titled) {
        given = given.isEmpty() ? titled.title() : given;
      } else if (recorded.event() instanceof AgentEvent.Ended ended) {
        status = EventJson.word(ended.status());
      } else if (recorded.event()
              instanceof AgentEvent.Prompted(AgentEvent.Voice voice, List<Message.Seen> content)
          && voice == AgentEvent.Voice.PERSON) {
        prompts++;
        status = "";
        title = title.isEmpty() && !named ? title(content) : title;
      }
    }
    title = named || given.isEmpty() ? title : given;
    Transcript transcript = Transcript.of(events.stream().map(Recorded::event).toList());
    Time time = new Time(events.getFirst().time(), events.getLast().time(), prompts);
    return Optional.of(new SessionSummary(id, title, place, time, transcript.spent(), status));
  }

  private static String title(List<Message.Seen> content) {
    if (content.getLast() instanceof Message.Words(String text)) {
      String line = text.strip().lines().findFirst().orElse("");
      return line.length() > LONGEST_TITLE ? line.substring(0, LONGEST_TITLE) + "…" : line;
    }
    return "";
  }

  private static void write(Path folder, List<Known> all) {
    StringBuilder lines = new StringBuilder();
    for (Known known : all) {
      lines.append(new String(CanonicalJson.of(json(known)), UTF_8)).append('\n');
    }
    try {
      OwnFiles.makeFolder(folder);
      Path staged = Files.createTempFile(folder, ".staged-", ".tmp", OwnFiles.file());
      Files.write(staged, lines.toString().getBytes(UTF_8));
      Files.move(staged, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // It only saves the next one some reading.
    }
  }

  private static Node.Obj json(Known known) {
    SessionSummary summary = known.summary();
    Spent spent = summary.spent();
    return new Payload()
        .text("id", summary.id().text())
        .number("size", known.size())
        .text("title", summary.title())
        .text("workspace", summary.place().workspace())
        .text("model", summary.place().model())
        .text("first", summary.time().first().toString())
        .text("last", summary.time().last().toString())
        .number("prompts", summary.time().prompts())
        .number("turns", spent.turns())
        .node("usage", EventJson.usage(spent.usage()))
        .number("nanoUsd", spent.cost().nanoUsd())
        .number("unpriced", spent.unpriced())
        .text("status", summary.status())
        .object();
  }

  private static Map<SessionId, Known> read(Path file) {
    Map<SessionId, Known> known = new HashMap<>();
    if (!Files.exists(file)) {
      return known;
    }
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LARGEST), UTF_8);
      for (String line : text.split("\n", -1)) {
        if (!line.isEmpty()) {
          Known one = known(Json.read(line.getBytes(UTF_8), LINE));
          known.put(one.summary().id(), one);
        }
      }
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      return new HashMap<>();
    }
    return known;
  }

  private static Known known(Node line) {
    Node usage = line.get("usage").orElse(new Node.Nothing(1));
    Spent spent =
        new Spent(
            (int) number(line, "turns"),
            new Usage(
                number(usage, "inputTokens"),
                number(usage, "cacheReadTokens"),
                number(usage, "cacheWriteTokens"),
                number(usage, "outputTokens")),
            new Cost(number(line, "nanoUsd")),
            (int) number(line, "unpriced"));
    return new Known(
        number(line, "size"),
        new SessionSummary(
            new SessionId(text(line, "id")),
            text(line, "title"),
            new Place(text(line, "workspace"), text(line, "model")),
            new Time(
                Instant.parse(text(line, "first")),
                Instant.parse(text(line, "last")),
                (int) number(line, "prompts")),
            spent,
            text(line, "status")));
  }

  private static String text(Node line, String name) {
    return line.text(name).orElseThrow(IllegalArgumentException::new);
  }

  private static long number(Node line, String name) {
    return line.scalar(name).map(Long::parseLong).orElseThrow(IllegalArgumentException::new);
  }
}
