// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.document.Node;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MemoryToolTest {

  private final Tool tool =
      BuiltInTools.of(Path.of("/workspace"), Offered.services(new LatestOutputs())).stream()
          .filter(one -> one.spec().name().equals("memory"))
          .findFirst()
          .orElseThrow();

  @Test
  void whatIsJudgedHoldsTheNoteAsItIsKept() {
    String token = "ghp_" + "a1B2".repeat(9);

    assertThat(judged(Facts.of("action", "save").and("name", "a").and("text", " use make\n")))
        .isEqualTo(
            Facts.of("action", "save")
                .and("name", "a")
                .and("scope", "project")
                .and("text", "use make")
                .all());
    assertThat(judged(Facts.of("action", "save").and("name", "a").and("text", token)).text("text"))
        .hasValueSatisfying(text -> assertThat(text).isNotEmpty().doesNotContain(token));
    assertThat(judged(Facts.of("action", "delete").and("name", "a")))
        .isEqualTo(Facts.of("action", "delete").and("name", "a").and("scope", "project").all());
  }

  private Node.Obj judged(Facts arguments) {
    return ((Step.Own) tool.plan(arguments.all())).about();
  }
}
