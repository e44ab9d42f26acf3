// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.Envelope;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.mcp.rpc.RpcFormatException;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.mcp.rpc.RpcReader;
import dev.redoubt.relay.api.Asked;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One agent and one server who talk to each other, whatever carries their messages.
///
/// What arrives is first taken in, in the order in which it came ([#arrive]), and then judged, many
/// at a time ([#judge]); what comes of it goes on in the order of arrival. A message that passes
/// unchanged goes on byte for byte. Safe to share.
public final class Conversation implements Upstream {

  private static final String INITIALIZE = "initialize";
  private static final String INITIALIZED = "notifications/initialized";
  private static final String NOTIFICATIONS = "notifications/";
  private static final String CANCELLED = "notifications/cancelled";
  private static final int KEPT_PARAMS = 16 << 10;

  private final Pending asked = new Pending();
  private final Pending askedBack = new Pending();
  private final Judging judging;
  private final RpcReader reader;
  private final Own own;

  /// @param judging who judges messages
  /// @param server where questions of the relay itself go
  /// @param largest the most bytes of what arrives at once
  public Conversation(Judging judging, Sender server, int largest) {
    this.judging = requireNonNull(judging, "judging");
    this.reader = new RpcReader(largest);
    this.own = new Own(server);
  }

  @Override
  public RpcAnswer ask(String method, Node.Obj params) throws InterruptedException {
    return own.ask(method, params);
  }

  /// Returns what two forms of one id have in common: a server may write `1.0` back as `1`.
  public static String key(RpcId id) {
    return Pending.key(id);
  }

  /// Takes in what arrived. Called in the order of arrival, by one thread a direction.
  public Arrival arrive(Direction direction, byte[] bytes) {
    Envelope envelope;
    try {
      envelope = reader.read(bytes);
    } catch (RpcFormatException e) {
      boolean mute = direction == Direction.TO_CLIENT && e.kind() == RpcFormatException.Kind.NOISE;
      return new Arrival.Unreadable(
          direction, String.valueOf(e.getMessage()), mute, mute ? Optional.empty() : id(bytes));
    }
    Optional<String> ambiguous = Lookalikes.of(envelope.tree());
    if (ambiguous.isPresent()) {
      return new Arrival.Unreadable(direction, ambiguous.get(), false, id(bytes));
    }
    List<Arrival.Part> parts = new ArrayList<>();
    for (int i = 0; i < envelope.messages().size(); i++) {
      Node raw =
          envelope.kind() == Envelope.Kind.BATCH ? envelope.tree().items().get(i) : envelope.tree();
      parts.add(part(direction, envelope.messages().get(i), raw));
    }
    return new Arrival.Messages(direction, bytes, envelope.kind(), parts);
  }

  /// Says what arrived and was longer than may be.
  ///
  /// @param beginning the first bytes of it
  public Arrival tooLong(Direction direction, byte[] beginning, int largest) {
    return new Arrival.Unreadable(
        direction, "is longer than %d bytes".formatted(largest), false, id(beginning));
  }

  private Pending of(Direction direction) {
    return direction == Direction.TO_SERVER ? asked : askedBack;
  }

  private Arrival.Part part(Direction direction, RpcMessage message, Node raw) {
    return switch (message) {
      case RpcMessage.Request(RpcId id, String method, Optional<Node> params) ->
          request(new Passing(direction, message, Optional.empty()), raw, id, method, params);
      case RpcMessage.Notice(String method, Optional<Node> params) -> {
        Passing passing = new Passing(direction, message, Optional.empty());
        // Some servers do what a request says even when nobody wants its answer.
        if (!method.startsWith(NOTIFICATIONS)) {
          yield new Arrival.Part.Refused(
              passing, "relay.malformed", "\"%s\" is a request and has no id".formatted(method));
        }
        if (method.equals(CANCELLED)) {
          params
              .flatMap(given -> given.get("requestId"))
              .flatMap(RpcId::of)
              .ifPresent(of(direction)::cancel);
        }
        yield new Arrival.Part.Due(passing, raw, 0);
      }
      case RpcMessage.Result(RpcId id, Node result) ->
          answer(direction, message, raw, id, new RpcAnswer.Replied(result));
      case RpcMessage.Failure(RpcId id, var error) ->
          answer(direction, message, raw, id, new RpcAnswer.Failed(error));
    };
  }

  private Arrival.Part request(
      Passing passing, Node raw, RpcId id, String method, Optional<Node> params) {
    if (passing.direction() == Direction.TO_SERVER) {
      own.spoken(params);
      if (method.equals(INITIALIZE)) {
        own.greeting();
      }
    }
    return switch (of(passing.direction()).open(id, new Asked(method, Optional.empty()))) {
      case Pending.Opened.Open(long ticket) -> new Arrival.Part.Due(passing, raw, ticket);
      case Pending.Opened.InUse() ->
          new Arrival.Part.Refused(
              passing, "relay.id-in-use", "a request with the id %s waits".formatted(id.json()));
      case Pending.Opened.TooMany() ->
          new Arrival.Part.Refused(
              passing, "relay.too-many", "%d requests wait already".formatted(Pending.MOST));
      case Pending.Opened.Lost() ->
          new Arrival.Part.Refused(passing, "relay.server-lost", "the server is gone");
    };
  }

  private Arrival.Part answer(
      Direction direction, RpcMessage message, Node raw, RpcId id, RpcAnswer answer) {
    if (direction == Direction.TO_CLIENT && own.takes(id, answer)) {
      return new Arrival.Part.Ours();
    }
    Pending waiting = of(direction.back());
    Optional<Asked> question = waiting.answered(id);
    Passing passing = new Passing(direction, message, question);
    if (question.isPresent()) {
      if (direction == Direction.TO_CLIENT
          && message instanceof RpcMessage.Failure
          && question.get().method().equals(INITIALIZE)) {
        // No session comes of it, and nothing has to wait for one.
        own.greeted();
      }
      return new Arrival.Part.Due(passing, raw, 0);
    }
    return waiting.wasCancelled(id)
        ? new Arrival.Part.Ours()
        : new Arrival.Part.Refused(
            passing, "relay.unasked", "answers nothing that was asked: " + id.json());
  }

  /* Whoever sent it may wait for an answer to what cannot be read in one way only. */
  private static Optional<RpcId> id(byte[] bytes) {
    return FirstId.of(bytes);
  }

  /// Returns what becomes of `arrival`.
  ///
  /// @throws InterruptedException if the relay ends meanwhile
  public Passage judge(Arrival arrival) throws InterruptedException {
    return switch (arrival) {
      case Arrival.Unreadable unreadable -> unreadable(unreadable);
      case Arrival.Messages messages -> messages(messages);
    };
  }

  private Passage unreadable(Arrival.Unreadable arrival) {
    if (arrival.mute()) {
      return Passage.NOTHING;
    }
    Direction direction = arrival.direction();
    judging.blocked(direction, "", "relay.malformed", arrival.reason());
    if (direction == Direction.TO_SERVER) {
      // An id that is in use belongs to another request, which gets its own answer.
      RpcId id = arrival.id().filter(given -> !asked.isOpen(given)).orElse(RpcId.NOTHING);
      return back(Refusals.malformed(id, arrival.reason()));
    }
    Optional<RpcId> waited = arrival.id().filter(id -> asked.answered(id).isPresent());
    return waited
        .map(id ->
            onward(Refusals.of(id, "relay.malformed", "the server's answer " + arrival.reason())))
        // Whoever waits for it would wait for ever.
        .orElse(new Passage(Optional.empty(), Optional.empty(), Passage.Then.HANG_UP));
  }

  private static Passage back(RpcMessage message) {
    return new Passage(Optional.empty(), Optional.of(Refusals.text(message)), Passage.Then.GO_ON);
  }

  private static Passage onward(RpcMessage message) {
    return new Passage(Optional.of(Refusals.text(message)), Optional.empty(), Passage.Then.GO_ON);
  }

  private Passage messages(Arrival.Messages arrival) throws InterruptedException {
    Gathering gathering = new Gathering(arrival);
    for (Arrival.Part part : arrival.parts()) {
      switch (part) {
        case Arrival.Part.Ours _ -> gathering.leftOut();
        case Arrival.Part.Refused(Passing passing, String rule, String reason) -> {
          judging.blocked(passing.direction(), passing.method(), rule, reason);
          gathering.leftOut();
          if (passing.message() instanceof RpcMessage.Request(RpcId id, var _, var _)) {
            gathering.answered(Refusals.of(id, rule, reason));
          }
        }
        case Arrival.Part.Due due -> due(gathering, due, judging.judge(due.passing(), this));
      }
    }
    return gathering.passage();
  }

  private void due(Gathering gathering, Arrival.Part.Due due, Judging.Judged judged) {
    Passing passing = due.passing();
    switch (judged) {
      case Judging.Judged.Passed(RpcMessage message, boolean changed) -> {
        if (message instanceof RpcMessage.Request(RpcId id, String method, var params)) {
          of(passing.direction()).sent(id, new Asked(method, small(params)), due.ticket());
        }
        if (passing.direction() == Direction.TO_SERVER
            && message instanceof RpcMessage.Notice(String method, var _)
            && method.equals(INITIALIZED)) {
          gathering.greets();
        }
        gathering.passed(due.raw(), message, changed);
      }
      case Judging.Judged.Blocked(String rule, String reason) ->
          blocked(gathering, due, rule, reason);
    }
  }

  /* Every request in flight keeps this: of a long one, what it is about. */
  private static Optional<Node> small(Optional<Node> params) {
    return params.map(given -> JsonText.of(given).length() <= KEPT_PARAMS ? given : named(given));
  }

  private static Node named(Node params) {
    Map<String, Node> kept = new LinkedHashMap<>();
    for (String key : List.of("name", "uri", "taskId")) {
      params
          .text(key)
          .filter(text -> text.length() <= KEPT_PARAMS)
          .ifPresent(text -> kept.put(key, new Node.Text(text, 1)));
    }
    return new Node.Obj(kept, 1);
  }

  private void blocked(Gathering gathering, Arrival.Part.Due due, String rule, String reason) {
    Passing passing = due.passing();
    gathering.leftOut();
    switch (passing.message()) {
      case RpcMessage.Request(RpcId id, var _, var _) -> {
        if (of(passing.direction()).drop(id, due.ticket())) {
          gathering.answered(Refusals.of(id, rule, reason));
        }
      }
      case RpcMessage.Notice _ -> {
        // Nobody waits for an answer to it.
      }
      case RpcMessage.Result(RpcId id, var _) -> gathering.instead(Refusals.of(id, rule, reason));
      case RpcMessage.Failure(RpcId id, var _) -> gathering.instead(Refusals.of(id, rule, reason));
    }
  }

  /// Takes note that `passage` has gone on to the server.
  public void written(Passage passage) {
    if (passage.then() == Passage.Then.GREETED) {
      own.greeted();
    }
  }

  /// Waits until everything that the agent asked is answered, and `most` at most.
  public void settled(Duration most) throws InterruptedException {
    asked.settled(most);
  }

  /// Ends everything that waits for the server. What is judged now and would be refused is among
  /// it, and gets no second answer; what is asked afterwards is refused at once.
  ///
  /// @param reason what happened to it, in the manner of `has ended`
  /// @return an answer for each request of the agent that waits
  public List<byte[]> lost(String reason) {
    // Before whoever asks for the relay hears of it: they would refuse what waits for them.
    List<RpcId> ids = asked.giveUp();
    own.lose(reason);
    List<byte[]> answers = new ArrayList<>();
    for (RpcId id : ids) {
      answers.add(Refusals.text(Refusals.of(id, "relay.server-lost", "the server " + reason)));
    }
    return answers;
  }
}
