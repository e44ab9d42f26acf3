// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Filter;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.Ruling;
import dev.redoubt.relay.api.Upstream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one detector does to messages: what is critical does not pass, the rest is said.
///
/// A tool, prompt or resource whose description is critical is taken out of the listing, and a tool
/// is not called, whether it was listed before or not. The instructions of a server go the same
/// way. Everything else that is critical is blocked as a whole. Safe to share.
final class DetectorFilter implements Filter {

  private static final Set<String> LISTS =
      Set.of("tools/list", "prompts/list", "resources/list", "resources/templates/list");

  private final Detector detector;
  private final Matters matters;
  private final Suppressions suppressions;

  DetectorFilter(Detector detector, Matters matters, Suppressions suppressions) {
    this.detector = requireNonNull(detector, "detector");
    this.matters = requireNonNull(matters, "matters");
    this.suppressions = requireNonNull(suppressions, "suppressions");
  }

  @Override
  public String name() {
    return detector.id();
  }

  @Override
  public Ruling judge(Passing passing, Upstream upstream) throws InterruptedException {
    if (passing.direction() == Direction.TO_CLIENT
        && passing.message() instanceof RpcMessage.Notice(String method, var _)
        && method.equals("notifications/tools/list_changed")) {
      matters.shelf().forget();
    }
    if (passing.asks("tools/call")) {
      Optional<Ruling> poisoned = poisoned(passing, upstream);
      if (poisoned.isPresent()) {
        return poisoned.get();
      }
    }
    List<Noticed> noticed = new ArrayList<>();
    for (Matters.Entry entry : matters.of(passing)) {
      for (Alert alert : detector.look(entry.matter())) {
        noticed.add(noticed(entry, alert));
      }
    }
    return noticed.isEmpty() ? Ruling.PASSES : ruling(passing, noticed);
  }

  private record Noticed(Matters.Entry entry, Alert alert, Optional<String> suppressed) {
    boolean stops() {
      return alert.isCritical() && suppressed.isEmpty();
    }
  }

  private Noticed noticed(Matters.Entry entry, Alert alert) {
    return new Noticed(entry, alert, suppressions.reason(detector.id(), entry.matter().subject()));
  }

  private Optional<Ruling> poisoned(Passing passing, Upstream upstream)
      throws InterruptedException {
    String tool = passing.body().flatMap(body -> body.text("name")).orElse("");
    Optional<Node> descriptor = matters.shelf().find(tool, upstream);
    if (descriptor.isEmpty()) {
      return Optional.empty();
    }
    Matter matter = Matters.descriptor(descriptor.get(), matters.shelf().names());
    for (Alert alert : detector.look(matter)) {
      Noticed noticed = noticed(new Matters.Entry(matter, "", 0), alert);
      if (noticed.stops()) {
        return Optional.of(
            new Ruling.Blocks(
                detector.id(),
                "the description of the tool %s: %s".formatted(shown(tool), said(noticed))));
      }
    }
    return Optional.empty();
  }

  private Ruling ruling(Passing passing, List<Noticed> noticed) {
    List<Noticed> stopping = noticed.stream().filter(Noticed::stops).toList();
    if (stopping.isEmpty()) {
      return new Ruling.Remarks(detector.id(), reason(noticed));
    }
    if (passing.message() instanceof RpcMessage.Result(RpcId id, Node result)
        && passing.direction() == Direction.TO_CLIENT) {
      if (LISTS.contains(passing.method())) {
        return without(id, result, stopping);
      }
      boolean greets =
          passing.method().equals("initialize") || passing.method().equals("server/discover");
      if (greets && stopping.stream().allMatch(DetectorFilter::isAboutInstructions)) {
        Map<String, Node> fields = new LinkedHashMap<>(result.fields());
        fields.remove("instructions");
        return new Ruling.Changes(
            new RpcMessage.Result(id, new Node.Obj(fields, 1)), detector.id(), reason(stopping));
      }
    }
    return new Ruling.Blocks(detector.id(), reason(stopping));
  }

  /* An order read over several texts of a greeting is told without a place; the instructions are
  what models read of it. */
  private static boolean isAboutInstructions(Noticed noticed) {
    String where = noticed.alert().where();
    return where.isEmpty() || where.equals("result.instructions");
  }

  private Ruling without(RpcId id, Node result, List<Noticed> stopping) {
    String list = stopping.getFirst().entry().list();
    Set<Integer> left = new HashSet<>();
    stopping.forEach(noticed -> left.add(noticed.entry().index()));
    List<Node> kept = new ArrayList<>();
    List<Node> items = result.items(list);
    for (int i = 0; i < items.size(); i++) {
      if (!left.contains(i)) {
        kept.add(items.get(i));
      }
    }
    Map<String, Node> fields = new LinkedHashMap<>(result.fields());
    fields.put(list, new Node.Arr(kept, 1));
    return new Ruling.Changes(
        new RpcMessage.Result(id, new Node.Obj(fields, 1)), detector.id(), reason(stopping));
  }

  private String reason(List<Noticed> noticed) {
    StringBuilder out = new StringBuilder();
    int more = 0;
    for (Noticed one : noticed) {
      if (out.length() > 300) {
        more++;
        continue;
      }
      String subject = one.entry().matter().subject();
      out.append(out.isEmpty() ? "" : "; ");
      out.append(subject.isEmpty() ? "" : shown(subject) + ": ").append(said(one));
    }
    return more == 0 ? out.toString() : out + "; and " + more + " more";
  }

  private String said(Noticed noticed) {
    Alert alert = noticed.alert();
    String where = alert.where().isEmpty() ? "" : " in " + shown(alert.where());
    String behind =
        noticed
            .suppressed()
            .map(reason -> ", let pass: " + reason)
            .orElseGet(
                () -> suppressions.expired(detector.id(), noticed.entry().matter().subject()));
    return alert.what() + where + behind;
  }

  /* Names are chosen by the server: the agent reads the refusal, so only plain letters of them. */
  private static String shown(String name) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.length() && i < 80; i++) {
      char c = name.charAt(i);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "._-/[]".indexOf(c) >= 0);
      out.append(plain ? c : '?');
    }
    return out.toString();
  }
}
