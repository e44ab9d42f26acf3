// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.hooks;

import dev.redoubt.agent.api.HookAnswer;
import dev.redoubt.agent.api.HookAnswer.Ruling;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import java.util.List;
import java.util.Optional;

/// Reads what a hook writes. Nothing is no opinion; everything else has to be one JSON object with
/// the fields of docs/hooks.md, so that no answer is taken for a yes because it was not understood.
final class HookReply {

  /// The most bytes of an answer.
  static final int LARGEST = 64 << 10;

  private static final Limits LIMITS = new Limits(LARGEST, 50, 10_000);
  private static final List<String> FIELDS = List.of("decision", "reason", "arguments", "context");

  private HookReply() {}

  static HookAnswer read(byte[] written) {
    if (isBlank(written)) {
      return HookAnswer.Said.NOTHING;
    }
    try {
      return Json.readStrict(written, LIMITS) instanceof Node.Obj said
          ? read(said)
          : new HookAnswer.Failed("its answer is no JSON object");
    } catch (DocumentException e) {
      return new HookAnswer.Failed("its answer %s".formatted(e.getMessage()));
    }
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  private static HookAnswer read(Node.Obj said) {
    for (String key : said.fields().keySet()) {
      if (!FIELDS.contains(key)) {
        return new HookAnswer.Failed(
            "its answer has a field \"%s\"; known: %s".formatted(key, String.join(", ", FIELDS)));
      }
    }
    for (String key : List.of("decision", "reason", "context")) {
      if (said.get(key).isPresent() && said.text(key).isEmpty()) {
        return new HookAnswer.Failed("\"%s\" of its answer is no text".formatted(key));
      }
    }
    Optional<Node> arguments = said.get("arguments");
    if (arguments.isPresent() && !(arguments.get() instanceof Node.Obj)) {
      return new HookAnswer.Failed("\"arguments\" of its answer is no object");
    }
    Optional<Node.Obj> rewritten =
        arguments.filter(Node.Obj.class::isInstance).map(Node.Obj.class::cast);
    String decision = said.text("decision").orElse("none");
    String reason = said.text("reason").orElse("");
    String context = said.text("context").orElse("");
    return switch (decision) {
      case "none" -> new HookAnswer.Said(Ruling.NONE, reason, rewritten, context);
      case "allow" -> new HookAnswer.Said(Ruling.ALLOW, reason, rewritten, context);
      case "deny" -> new HookAnswer.Said(Ruling.DENY, reason, rewritten, context);
      default -> new HookAnswer.Failed("its decision is not none, allow or deny");
    };
  }
}
