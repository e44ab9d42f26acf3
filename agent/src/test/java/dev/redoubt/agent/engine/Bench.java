// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Hook;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.Price;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.agent.sessions.EventJson;
import dev.redoubt.agent.sessions.SessionFolder;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.agent.sessions.SessionLog;
import dev.redoubt.agent.sessions.SessionReader;
import dev.redoubt.agent.sessions.Transcript;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Permit;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// An engine between fakes: a model that was scripted, a world that only remembers, a guard that
/// goes by words in a path.
final class Bench implements AutoCloseable {

  static final SessionId ID = new SessionId("test");
  static final Price PRICE =
      new Price(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.TEN);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-15T12:00:00Z"), ZoneOffset.UTC);

  final ScriptedModel model = new ScriptedModel();
  final List<AgentEvent> events = Collections.synchronizedList(new ArrayList<>());
  final List<String> done = Collections.synchronizedList(new ArrayList<>());
  final List<Duration> slept = new ArrayList<>();
  final Steering steering = new Steering();
  final List<FinalCheck> checks = new ArrayList<>();
  final List<Hook> hooks = new ArrayList<>();
  Performer world = this::remember;
  Approver approver = Approver.NEVER;
  Function<ModelChoice, ModelChain> chain = ModelChain::of;
  Budget run = Budget.UNLIMITED;
  Budget session = Budget.UNLIMITED;
  EngineSettings.Day day = EngineSettings.Day.UNLIMITED;
  Optional<Price> price = Optional.of(PRICE);
  ModelChoice.Sizes sizes = ModelChoice.Sizes.UNKNOWN;
  List<Tool> tools = List.of(new ReadTool(Tool.Access.READS), new ReadTool(Tool.Access.WRITES));
  final SessionFolder folder;
  final SessionLog log;

  Bench(Path data) {
    folder = new SessionFolder(data);
    log = SessionLog.open(folder, ID, CLOCK);
  }

  Finish prompt(String text) {
    return engine().work(List.of(new Message.Words(text)), steering, checks);
  }

  Engine engine() {
    return new Engine(
        chain.apply(new ModelChoice("acme", "eu", "large", model, sizes, price)),
        tools,
        new Doors(List.of(new ByWords()), approver, world, Person.NOBODY, hooks, Map.of()),
        new EngineSettings(
            "You are careful.",
            new ModelRequest.Settings(1000, Optional.empty(), Optional.empty()),
            run,
            session,
            day,
            Patience.usual(slept::add)),
        new Engine.Session(log, past(), events::add));
  }

  Transcript past() {
    return Transcript.of(recorded());
  }

  List<AgentEvent> recorded() {
    return SessionReader.read(folder, ID).stream().map(SessionReader.Recorded::event).toList();
  }

  List<String> types() {
    return events.stream().map(EventJson::type).toList();
  }

  /// Returns the results the model saw last.
  List<ToolResult> results() {
    for (Message message : model.requests.getLast().messages().reversed()) {
      if (message instanceof Message.FromTools(var results)) {
        return results;
      }
    }
    return List.of();
  }

  String resultText() {
    return results().getLast().content().getFirst() instanceof Message.Words(String text)
        ? text
        : "";
  }

  private Outcome remember(Permit permit, Manner manner) {
    Action action = permit.spend();
    done.add(ActionText.kind(action) + " " + ActionText.of(action));
    return new Outcome.Changed();
  }

  @Override
  public void close() {
    log.close();
  }

  /// `look` reads and `change` deletes what it is called with, in as many steps as it has paths.
  record ReadTool(Access access) implements Tool {

    @Override
    public ToolSpec spec() {
      return new ToolSpec(
          access == Access.READS ? "look" : "change",
          "It does.",
          new Payload().text("type", "object").object());
    }

    @Override
    public Step plan(Node.Obj arguments) {
      if (arguments.isTrue("breaks")) {
        throw new IllegalStateException("the tool is broken");
      }
      Optional<String> question = arguments.text("question");
      if (question.isPresent()) {
        return new Step.AskPerson(question.get(), List.of(), this::said);
      }
      return next(arguments.items("paths"), 0, arguments.text("path").orElse("/w/file"));
    }

    private Step next(List<Node> paths, int at, String only) {
      Path path = Path.of(paths.isEmpty() ? only : paths.get(at).scalar().orElseThrow());
      Action action = access == Access.READS ? new Action.Read(path) : new Action.Delete(path);
      return new Step.Perform(
          action,
          Manner.quiet(),
          outcome ->
              at + 1 < paths.size() ? next(paths, at + 1, only) : said(spec().name() + " " + path));
    }

    private Step said(String text) {
      return Step.Done.said(text, new Payload().text("path", text).object());
    }
  }

  /// Denies what has `secret` in it, asks about `doubt`, allows the rest.
  record ByWords() implements Guard {

    @Override
    public String name() {
      return "words";
    }

    @Override
    public Decision review(Action action) {
      String about = ActionText.of(action);
      if (about.contains("secret")) {
        return new Decision.Deny("test.secret", "it is secret", List.of("read:/w/secret"));
      }
      return about.contains("doubt")
          ? new Decision.Ask("test.doubt", "it is doubtful", List.of("write:/w/doubt"))
          : new Decision.Allow("test.fine", "it is fine");
    }
  }
}
