// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.document.Node;
import dev.redoubt.model.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Notices text from a tool that reads the outside world in the arguments of a tool that acts.
///
/// Remembers such texts as sums over every [#WIDTH] letters of theirs, the last [#KEPT] sums of one
/// conversation, whatever their number. What a tool is, its annotations say (`openWorldHint`,
/// `readOnlyHint`), which a server may lie about: a hint only ever makes a tool more suspicious
/// than its name does. Critical when the text had an order in it that was let pass; else it is
/// said. Safe to share.
final class TaintDetector implements Detector {

  private static final int WIDTH = 32;
  private static final int KEPT = 1 << 16;
  private static final List<String> OUTSIDE =
      List.of(
          "fetch",
          "browse",
          "web",
          "http",
          "url",
          "download",
          "crawl",
          "scrape",
          "search",
          "email",
          "mail",
          "inbox",
          "issue",
          "comment",
          "slack",
          "message",
          "feed",
          "rss",
          "page",
          "ticket",
          "pull_request");
  private static final List<String> ACTS =
      List.of(
          "send",
          "write",
          "delete",
          "create",
          "update",
          "exec",
          "run",
          "post",
          "push",
          "put",
          "move",
          "upload",
          "transfer",
          "pay",
          "merge",
          "commit",
          "publish",
          "invite",
          "grant",
          "edit",
          "remove",
          "insert",
          "shell",
          "command",
          "deploy",
          "reply",
          "forward",
          "submit",
          "add",
          "set",
          "execute");

  private final long[] sums = new long[KEPT];
  private final int[] slots = new int[KEPT * 4];
  private final boolean[] grave = new boolean[KEPT];
  private int next;

  @Override
  public String id() {
    return "mcp.taint";
  }

  @Override
  public Severity severity() {
    return Severity.CRITICAL;
  }

  @Override
  public synchronized List<Alert> look(Matter matter) {
    return switch (matter.place()) {
      case CONTENT -> {
        if (isOutside(matter)) {
          boolean order = matter.orders().hasOrder();
          matter.pieces().forEach(piece -> remember(piece.text(), order));
        }
        yield List.of();
      }
      case ARGUMENT -> isActing(matter) ? used(matter) : List.of();
      case DESCRIPTOR, REPLY -> List.of();
    };
  }

  private List<Alert> used(Matter matter) {
    Alert found = null;
    for (Piece piece : matter.pieces()) {
      Severity severity = known(piece.text());
      if (severity != Severity.UNKNOWN
          && (found == null || severity.compareTo(found.severity()) < 0)) {
        found =
            new Alert(
                id(),
                severity,
                piece.path(),
                severity == Severity.CRITICAL
                    ? "acts on text from outside that has orders in it"
                    : "acts on text from outside");
      }
    }
    return found == null ? List.of() : List.of(found);
  }

  private void remember(String text, boolean order) {
    String folded = Folding.fold(text);
    long sum = 0;
    // Every eighth place is enough to meet again any text of 40 letters.
    for (int i = 0; i < folded.length(); i++) {
      sum = rolled(sum, folded, i);
      if (i >= WIDTH - 1 && i % 8 == 7) {
        keep(sum, order);
      }
    }
  }

  private static long rolled(long sum, String text, int at) {
    long out = at >= WIDTH ? text.charAt(at - WIDTH) * OLDEST : 0;
    return (sum - out) * BASE + text.charAt(at);
  }

  private static final long BASE = 1_000_003L;
  private static final long OLDEST = power();

  private static long power() {
    long power = 1;
    for (int i = 1; i < WIDTH; i++) {
      power *= BASE;
    }
    return power;
  }

  private void keep(long sum, boolean order) {
    int at = next;
    next = (next + 1) % KEPT;
    sums[at] = sum;
    grave[at] = order;
    slots[slot(sum)] = at + 1;
  }

  private static int slot(long sum) {
    long mixed = sum * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 46);
  }

  private Severity known(String text) {
    String folded = Folding.fold(text);
    long sum = 0;
    Severity worst = Severity.UNKNOWN;
    for (int i = 0; i < folded.length(); i++) {
      sum = rolled(sum, folded, i);
      int at = i < WIDTH - 1 ? 0 : slots[slot(sum)];
      if (at > 0 && sums[at - 1] == sum) {
        if (grave[at - 1]) {
          return Severity.CRITICAL;
        }
        worst = Severity.HIGH;
      }
    }
    return worst;
  }

  private static boolean isOutside(Matter matter) {
    Optional<Node> hints = hints(matter);
    return hints.filter(node -> node.isTrue("openWorldHint")).isPresent()
        || has(matter.subject(), OUTSIDE);
  }

  private static boolean isActing(Matter matter) {
    Optional<Node> hints = hints(matter);
    boolean destroys = hints.filter(node -> node.isTrue("destructiveHint")).isPresent();
    boolean reads = hints.filter(node -> node.isTrue("readOnlyHint")).isPresent();
    return destroys || has(matter.subject(), ACTS) || (hints.isPresent() && !reads);
  }

  private static Optional<Node> hints(Matter matter) {
    return matter.surroundings().tool().flatMap(tool -> tool.get("annotations"));
  }

  private static boolean has(String name, List<String> words) {
    String lower = name.toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(lower::contains);
  }
}
