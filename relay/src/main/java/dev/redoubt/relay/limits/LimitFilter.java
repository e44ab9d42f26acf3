// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.limits;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Filter;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.Ruling;
import dev.redoubt.relay.api.Upstream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Holds the calls of one conversation to [Limit]s: those of tools, and reading, subscribing to and
/// taking of resources and prompts; and what nobody knows, under its method and the tool it names.
///
/// The last of the filters: what it lets pass is counted as made.
public final class LimitFilter implements Filter {

  private static final Set<String> COUNTED =
      Set.of("resources/read", "resources/subscribe", "prompts/get", "completion/complete");
  /* What keeps the connection, lists, and goes on with what was called before. */
  private static final Set<String> FREE =
      Set.of(
          "initialize",
          "server/discover",
          "ping",
          "logging/setLevel",
          "tools/list",
          "prompts/list",
          "resources/list",
          "resources/templates/list",
          "resources/unsubscribe",
          "subscriptions/listen",
          "tasks/list",
          "tasks/get",
          "tasks/result",
          "tasks/cancel",
          "tasks/update");
  private static final int LONGEST_KEY = 300;
  /* Its answer will not come any more: a count that never ends would close the tool for ever. */
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  private final String server;
  private final Supplier<List<String>> agents;
  private final List<Limit> limits;
  private final DayCounts counts;
  private final Running running;
  private final Clock clock;
  private final Object conversation;

  /// What waits for its answer in all conversations of a server.
  public static final class Running {

    private record Call(Instant since, List<Kept> kept) {}

    private record Place(Object conversation, String id) {}

    private record Kept(Limit limit, String key) {}

    private final Map<Place, Call> calls = new LinkedHashMap<>();
  }

  /// @param server what the server is called in rules
  /// @param agents the names of whoever calls
  /// @param running shared by the conversations of one server
  public LimitFilter(
      String server,
      Supplier<List<String>> agents,
      List<Limit> limits,
      DayCounts counts,
      Running running,
      Clock clock) {
    this(server, agents, limits, counts, running, clock, new Object());
  }

  private LimitFilter(
      String server,
      Supplier<List<String>> agents,
      List<Limit> limits,
      DayCounts counts,
      Running running,
      Clock clock,
      Object conversation) {
    this.conversation = conversation;
    this.server = requireNonNull(server, "server");
    this.agents = requireNonNull(agents, "agents");
    this.limits = List.copyOf(limits);
    this.counts = requireNonNull(counts, "counts");
    this.running = requireNonNull(running, "running");
    this.clock = requireNonNull(clock, "clock");
  }

  /// Returns what holds the same conversation to `others`: what waits for its answer goes on
  /// waiting, and is counted for the limits it was let pass by.
  public LimitFilter with(List<Limit> others) {
    return new LimitFilter(server, agents, others, counts, running, clock, conversation);
  }

  @Override
  public String name() {
    return "limits";
  }

  @Override
  public Ruling judge(Passing passing, Upstream upstream) {
    return switch (passing.message()) {
      case RpcMessage.Request(RpcId id, var _, var _)
          when passing.direction() == Direction.TO_SERVER -> {
        List<String> tools = tools(passing);
        yield tools.isEmpty() ? Ruling.PASSES : called(id, tools, passing);
      }
      case RpcMessage.Notice(var _, Optional<Node> params)
          when passing.direction() == Direction.TO_SERVER
              && passing.method().equals("notifications/cancelled") -> {
        params
            .flatMap(given -> given.get("requestId"))
            .flatMap(RpcId::of)
            .ifPresent(id -> ended(id, 0));
        yield Ruling.PASSES;
      }
      case RpcMessage.Result(RpcId id, Node result)
          when passing.direction() == Direction.TO_CLIENT -> {
        ended(id, size(result));
        yield Ruling.PASSES;
      }
      case RpcMessage.Failure(RpcId id, var error)
          when passing.direction() == Direction.TO_CLIENT -> {
        ended(id, error.data().map(LimitFilter::size).orElse(0L));
        yield Ruling.PASSES;
      }
      case RpcMessage.Request _, RpcMessage.Notice _, RpcMessage.Result _, RpcMessage.Failure _ ->
          Ruling.PASSES;
    };
  }

  /* What a server does with a method nobody knows is not known: it is called what it names. */
  private static List<String> tools(Passing passing) {
    String method = passing.method();
    if (FREE.contains(method)) {
      return List.of();
    }
    if (COUNTED.contains(method)) {
      return List.of(method);
    }
    Set<String> tools = new LinkedHashSet<>();
    passing.body().flatMap(body -> body.text("name")).ifPresent(tools::add);
    if (!method.equals("tools/call")) {
      passing.body().flatMap(body -> body.text("tool")).ifPresent(tools::add);
      tools.add(method);
    }
    return tools.isEmpty() ? List.of("") : List.copyOf(tools);
  }

  private Ruling called(RpcId id, List<String> tools, Passing passing) {
    Instant now = clock.instant();
    List<String> names = agents.get();
    List<Running.Kept> kept = new ArrayList<>();
    for (Limit limit : limits) {
      Optional<String> tool =
          tools.stream().filter(each -> isMeant(limit.scope(), each, names)).findFirst();
      if (tool.isPresent() && !limit.window().isOpen(now)) {
        return refused(
            limit,
            new DayCounts.Full("it is not the time", Optional.of(limit.window().opensAfter(now))),
            now);
      }
      tool.ifPresent(each -> kept.add(new Running.Kept(limit, key(limit, each, names))));
    }
    if (kept.isEmpty()) {
      return Ruling.PASSES;
    }
    Ruling started = started(id, now, kept);
    return started instanceof Ruling.Blocks ? started : counted(id, kept, passing, now);
  }

  /* What one limit refuses is not called, and so no other one has counted it. */
  private Ruling counted(RpcId id, List<Running.Kept> kept, Passing passing, Instant now) {
    List<Running.Kept> taken = new ArrayList<>();
    for (Running.Kept each : kept) {
      if (!each.limit().rates().areKept()) {
        continue;
      }
      Optional<DayCounts.Full> full =
          counts.take(each.limit(), each.key(), bytes(each.limit(), passing), now);
      if (full.isPresent()) {
        for (Running.Kept before : taken) {
          counts.giveBack(before.limit(), before.key(), bytes(before.limit(), passing), now);
        }
        ended(id, 0);
        return refused(each.limit(), full.get(), now);
      }
      taken.add(each);
    }
    return Ruling.PASSES;
  }

  private static long bytes(Limit limit, Passing passing) {
    return limit.rates().bytesPerDay() == 0 ? 0 : passing.body().map(LimitFilter::size).orElse(0L);
  }

  private Ruling started(RpcId id, Instant now, List<Running.Kept> kept) {
    synchronized (running.calls) {
      running.calls.values().removeIf(call -> call.since().plus(FORGOTTEN).isBefore(now));
      for (Running.Kept each : kept) {
        int most = each.limit().rates().atOnce();
        long waiting =
            most == 0
                ? 0
                : running.calls.values().stream()
                    .filter(call -> call.kept().contains(each))
                    .count();
        if (most > 0 && waiting >= most) {
          return refused(
              each.limit(),
              new DayCounts.Full(
                  "%d calls wait for their answer".formatted(most), Optional.empty()),
              now);
        }
      }
      running.calls.put(place(id), new Running.Call(now, List.copyOf(kept)));
    }
    return Ruling.PASSES;
  }

  private void ended(RpcId id, long bytes) {
    Running.Call call;
    synchronized (running.calls) {
      call = running.calls.remove(place(id));
    }
    if (call == null || bytes == 0) {
      return;
    }
    for (Running.Kept kept : call.kept()) {
      if (kept.limit().rates().bytesPerDay() > 0) {
        var _ = counts.add(kept.limit(), kept.key(), bytes, clock.instant());
      }
    }
  }

  /* Two conversations have the same ids. */
  private Running.Place place(RpcId id) {
    return new Running.Place(conversation, id.key());
  }

  private static Ruling refused(Limit limit, DayCounts.Full full, Instant now) {
    String again =
        full.again()
            .map(moment -> {
              Instant whole = moment.plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
              return "; again at %s, in %d s"
                  .formatted(whole, Math.max(1, Duration.between(now, whole).toSeconds()));
            })
            .orElse("");
    return new Ruling.Blocks(
        "limits." + limit.name(),
        "the limit %s: %s%s".formatted(limit.name(), full.reason(), again));
  }

  private boolean isMeant(Limit.Scope scope, String tool, List<String> names) {
    return matches(scope.server(), server)
        && matches(scope.tool(), tool)
        && names.stream().anyMatch(name -> matches(scope.agent(), name));
  }

  private String key(Limit limit, String tool, List<String> names) {
    List<String> parts = new ArrayList<>();
    if (limit.each().contains(Limit.Each.SERVER)) {
      parts.add(server);
    }
    if (limit.each().contains(Limit.Each.TOOL)) {
      parts.add(folded(tool));
    }
    if (limit.each().contains(Limit.Each.AGENT)) {
      parts.add(names.isEmpty() ? "" : names.getFirst());
    }
    String key = String.join("/", parts);
    return key.substring(0, Math.min(LONGEST_KEY, key.length()));
  }

  /* Only the last `*` is ever tried again. */
  private static boolean matches(String pattern, String name) {
    String wanted = folded(pattern);
    String text = folded(name);
    int p = 0;
    int t = 0;
    int star = -1;
    int retry = 0;
    while (t < text.length()) {
      if (p < wanted.length() && wanted.charAt(p) == '*') {
        star = p++;
        retry = t;
      } else if (p < wanted.length() && wanted.charAt(p) == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++retry;
      } else {
        return false;
      }
    }
    while (p < wanted.length() && wanted.charAt(p) == '*') {
      p++;
    }
    return p == wanted.length();
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  private static long size(Node node) {
    return JsonText.of(node).getBytes(StandardCharsets.UTF_8).length;
  }
}
