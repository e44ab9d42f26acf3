// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.filters;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.guard.policy.Skeleton;
import dev.redoubt.mcp.client.ToolDescriptor;
import dev.redoubt.mcp.pins.Difference;
import dev.redoubt.mcp.pins.PinFile;
import dev.redoubt.mcp.pins.Review;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Filter;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.Ruling;
import dev.redoubt.relay.api.Upstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Holds a server to what it said of its tools when it was met first: a tool that is new or
/// described differently is neither listed nor called until somebody has approved it.
///
/// Before the first call, and when the server says that its tools changed, all of them are listed
/// by the relay itself, so that a page the agent never asked for hides nothing. Safe to share.
public final class PinnedTools implements Filter {

  private static final String LIST = "tools/list";
  private static final int MOST_PAGES = 100;
  private static final int LONGEST_NAME = 200;

  private final PinFile pins;
  private final Consumer<Told> told;
  private @Nullable Known known;
  private Told last = new Told(0, List.of(), List.of());
  private boolean isStale = true;

  /// What the server says now.
  ///
  /// @param accepted whole descriptors by the name of the tool
  /// @param differences why other tools are not among them, by name
  private record Known(Map<String, Node> accepted, Map<String, Difference> differences) {

    /* Of the tool itself or, when it is not listed, of one that a server may take it for. */
    private @Nullable Difference difference(String tool) {
      if (accepted.containsKey(tool) || differences.containsKey(tool)) {
        return differences.get(tool);
      }
      String like = Skeleton.of(tool.strip());
      for (Difference each : differences.values()) {
        if (Skeleton.of(each.tool().strip()).equals(like)) {
          return each;
        }
      }
      return null;
    }
  }

  /// What is told of the tools once they are listed.
  ///
  /// @param pinned how many were met for the first time
  /// @param differences what is described differently or new
  /// @param missing the tools that are pinned and there no more
  public record Told(int pinned, List<Difference> differences, List<String> missing) {
    public Told {
      differences = List.copyOf(differences);
      missing = List.copyOf(missing);
    }
  }

  /// @param pins of this server; used by this filter alone
  /// @param told hears of differences, and of tools that were met for the first time
  public PinnedTools(PinFile pins, Consumer<Told> told) {
    this.pins = requireNonNull(pins, "pins");
    this.told = requireNonNull(told, "told");
  }

  @Override
  public String name() {
    return "pins";
  }

  @Override
  public Ruling judge(Passing passing, Upstream upstream) throws InterruptedException {
    if (passing.direction() == Direction.TO_CLIENT
        && passing.message() instanceof RpcMessage.Notice(String method, var _)
        && method.equals("notifications/tools/list_changed")) {
      stale();
    }
    if (passing.asks("tools/call")) {
      return called(passing, upstream);
    }
    if (passing.asks(LIST)) {
      // Asked now, because the agent may close its side before the answer comes.
      known(upstream, false);
      return Ruling.PASSES;
    }
    return passing.answers(LIST)
            && passing.message() instanceof RpcMessage.Result(RpcId id, Node result)
        ? listed(id, result, upstream)
        : Ruling.PASSES;
  }

  private synchronized void stale() {
    isStale = true;
  }

  private Ruling called(Passing passing, Upstream upstream) throws InterruptedException {
    String tool = passing.body().flatMap(body -> body.text("name")).orElse("");
    return switch (known(upstream, false)) {
      case Listing.Failed(String reason) ->
          new Ruling.Blocks(
              "pins.unknown", "the tools of the server cannot be compared: " + reason);
      case Listing.Found(Known now) -> {
        Difference difference = now.difference(tool);
        if (difference != null) {
          yield new Ruling.Blocks("pins.changed", shown(difference));
        }
        // A server is held to what it lists; what it does without that, rules decide.
        yield now.accepted().containsKey(tool)
            ? Ruling.PASSES
            : new Ruling.Remarks(
                "pins.unlisted", "the server does not list the tool \"%s\"".formatted(cut(tool)));
      }
    };
  }

  /* The agent names what it likes. */
  private static String cut(String tool) {
    if (tool.length() <= LONGEST_NAME) {
      return tool;
    }
    int pair = Character.isHighSurrogate(tool.charAt(LONGEST_NAME - 1)) ? 1 : 0;
    return tool.substring(0, LONGEST_NAME - pair) + "…";
  }

  /* What the agent is told is compared itself: a server may answer the relay differently. */
  private Ruling listed(RpcId id, Node result, Upstream upstream) throws InterruptedException {
    if (isAccepted(result, known(upstream, false))) {
      return Ruling.PASSES;
    }
    Listing before = known(upstream, false);
    Listing after = known(upstream, true);
    Listing listing = after instanceof Listing.Found ? after : before;
    if (!(listing instanceof Listing.Found(Known now))) {
      return new Ruling.Blocks("pins.unknown", "the tools of the server cannot be compared");
    }
    List<Node> kept = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (Node tool : result.items("tools")) {
      String name = tool.text("name").orElse("");
      if (isAccepted(tool, now)) {
        kept.add(tool);
      } else {
        Difference difference = now.differences().get(name);
        left.add(
            difference == null
                ? "\"%s\" is told differently to the agent and to the relay".formatted(name)
                : shown(difference));
      }
    }
    if (left.isEmpty()) {
      return Ruling.PASSES;
    }
    Map<String, Node> fields = new LinkedHashMap<>(result.fields());
    fields.put("tools", new Node.Arr(kept, 1));
    return new Ruling.Changes(
        new RpcMessage.Result(id, new Node.Obj(fields, 1)),
        "pins.changed",
        String.join("; ", left));
  }

  private static boolean isAccepted(Node result, Listing listing) {
    return listing instanceof Listing.Found(Known now)
        && result.items("tools").stream().allMatch(tool -> isAccepted(tool, now));
  }

  private static boolean isAccepted(Node tool, Known now) {
    Node accepted = now.accepted().get(tool.text("name").orElse(""));
    return accepted instanceof Node.Obj was
        && tool instanceof Node.Obj is
        && PinFile.isSame(was, is);
  }

  /* What it says now is not repeated: the agent would read it all the same. */
  private static String shown(Difference difference) {
    return "the tool \"%s\" %s and waits for a person to look at it"
        .formatted(
            difference.tool(),
            difference.kind() == Difference.Kind.ADDED
                ? "is new since the server was met"
                : "is described differently than when the server was met");
  }

  private sealed interface Listing {
    record Found(Known known) implements Listing {}

    record Failed(String reason) implements Listing {}
  }

  /* One listing at a time, and whoever comes meanwhile takes what it found. */
  private synchronized Listing known(Upstream upstream, boolean anew) throws InterruptedException {
    Known now = known;
    if (now != null && !isStale && !anew) {
      return new Listing.Found(now);
    }
    isStale = true;
    List<ToolDescriptor> tools = new ArrayList<>();
    Optional<String> problem = list(upstream, tools);
    if (problem.isPresent()) {
      return new Listing.Failed(problem.get());
    }
    boolean first = pins.isFirst();
    Review review = pins.review(tools);
    Map<String, Node> accepted = new HashMap<>();
    review.accepted().forEach(tool -> accepted.put(tool.name(), tool.whole()));
    Map<String, Difference> differences = new LinkedHashMap<>();
    review.differences().forEach(each -> differences.put(each.tool(), each));
    Known found = new Known(accepted, differences);
    Told news = new Told(first ? accepted.size() : 0, review.differences(), review.missing());
    if (!news.equals(last)) {
      told.accept(news);
      last = news;
    }
    known = found;
    isStale = false;
    return new Listing.Found(found);
  }

  /* Empty when all of them are in `tools`. */
  private static Optional<String> list(Upstream upstream, List<ToolDescriptor> tools)
      throws InterruptedException {
    Set<String> names = new HashSet<>();
    Map<String, Node> params = Map.of();
    for (int page = 0; page < MOST_PAGES; page++) {
      RpcAnswer answer = upstream.ask(LIST, new Node.Obj(params, 1));
      if (answer instanceof RpcAnswer.Failed(RpcError error)
          && error.code() == RpcError.NO_METHOD) {
        return Optional.empty();
      }
      if (!(answer instanceof RpcAnswer.Replied(Node result))) {
        return Optional.of(reason(answer));
      }
      for (Node tool : result.items("tools")) {
        Optional<String> name = tool.text("name");
        if (name.isEmpty() || !(tool instanceof Node.Obj whole) || !names.add(name.get())) {
          return Optional.of("it lists a tool without a name, or two of one name");
        }
        tools.add(new ToolDescriptor(name.get(), whole));
      }
      Optional<Node> next =
          result.get("nextCursor").filter(cursor -> !(cursor instanceof Node.Nothing));
      if (next.isEmpty()) {
        return Optional.empty();
      }
      params = Map.of("cursor", next.get());
    }
    return Optional.of("it lists more than %d pages of tools".formatted(MOST_PAGES));
  }

  private static String reason(RpcAnswer answer) {
    return switch (answer) {
      case RpcAnswer.Failed(var error) -> "it answered \"%s\"".formatted(error.message());
      case RpcAnswer.Lost(String lost) -> "it " + lost;
      case RpcAnswer.Late(var waited) ->
          "it did not answer within %d s".formatted(waited.toSeconds());
      case RpcAnswer.Replied _ -> "";
    };
  }
}
