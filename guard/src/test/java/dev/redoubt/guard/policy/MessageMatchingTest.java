// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.McpMessage;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.policy.Layers.Managed;
import dev.redoubt.guard.policy.Layers.Widening;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rules on the messages of a server that are no calls.
class MessageMatchingTest {

  @ParameterizedTest
  @CsvSource({
    "ALLOW, tool:*/*, s@request/sampling/createMessage, ask",
    "ALLOW, tool:s/*, s@request/sampling/createMessage, ask",
    "ALLOW, tool:s@request/sampling/createMessage, s@request/sampling/createMessage, allow",
    "ALLOW, tool:*@request/sampling/*, s@request/sampling/createMessage, allow",
    "ALLOW, tool:other@request/*, s@request/sampling/createMessage, ask",
    "DENY, tool:*/*, s@result/read, allow",
    "DENY, tool:s*/*, s@result/read, allow",
    "DENY, tool:s@result/*, s@result/read, deny",
    "DENY, tool:*@result/read, s@result/read, deny",
    "DENY, tool:*@*/*, s@notice/notifications/progress, deny",
    "DENY, tool:s@result/*, s@error/read, allow",
    "ASK, tool:s@request/elicitation/create, s@request/elicitation/create, ask",
    "DENY, tool:S@Rеsult/READ, s@result/read, deny",
    "DENY, tool:s@result/*, s/read, ask",
    "DENY, read:**, s@result/read, allow",
    "DENY, tool:*@mail/*, x@mail/read, deny",
    "DENY, tool:*/*, x@mail/read, deny",
  })
  void aRuleMeansAMessageOnlyByItsMark(Stance stance, String rule, String call, String expected) {
    int slash = call.indexOf('/');
    Node secret = new Node.Obj(Map.of("text", new Node.Text("~/.ssh/id_rsa", 1)), 1);
    Node said = call.contains("@") ? secret : new Node.Obj(Map.of(), 1);
    Effect effect = new Effect.CallTool(call.substring(0, slash), call.substring(slash + 1), said);
    Layers layers =
        new Layers(
            new RuleSet(List.of(TestRules.rule(stance, rule)), List.of()),
            RuleSet.NONE,
            RuleSet.NONE,
            Widening.REFUSED,
            new Managed.NotEnrolled());
    BuiltInPolicy builtIn = new BuiltInPolicy(FileFacts.NONE, NameResolver.NONE);
    Decision decision =
        layers.decide(
            effect, Example.SCENE, each -> builtIn.decide(each, Example.SCENE.situation()));

    assertThat(List.of("allow", "ask", "deny").get(decision.strictness())).isEqualTo(expected);
  }

  @Test
  void aWiderServerCoversNoMessages() {
    Matcher everything = ShortRule.matcher("tool:*/*");
    Matcher results = ShortRule.matcher("tool:*@result/*");

    assertThat(everything.covers(results)).isFalse();
    assertThat(everything.covers(ShortRule.matcher("tool:s/*"))).isTrue();
    assertThat(results.covers(ShortRule.matcher("tool:s@result/read"))).isTrue();
    assertThat(new ToolMatcher(List.of(), List.of(), List.of()).covers(results)).isFalse();
  }

  @Test
  void theEndingSaysWhatKindOfMessageItIs() {
    for (McpMessage kind : McpMessage.values()) {
      assertThat(McpMessage.in(kind.of("files"))).contains(kind);
    }
    assertThat(McpMessage.in("files")).isEmpty();
    assertThat(McpMessage.in("files@mail")).isEqualTo(Optional.empty());
  }
}
