// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Step;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.testkit.Hostile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSearchToolTest {

  private final WebSearchTool tool = new WebSearchTool("search.example");

  @Test
  void whoeverJudgesItSeesTheQueryAndWhereItGoes() {
    assertThat(planned("{\"query\":\" a b \"}").action())
        .isEqualTo(
            new Action.CallTool(
                "redoubt",
                "web_search",
                Workbench.object(
                    "{\"at\":\"the operator's engine search.example\",\"query\":\"a b\"}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"query\":\" \\n \"}", "{\"query\":[\"a\"]}"})
  void withoutAQueryNothingIsPlanned(String arguments) {
    assertThat(tool.plan(Workbench.object(arguments)))
        .isInstanceOfSatisfying(Step.Done.class, done -> assertThat(done.failed()).isTrue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a <b>b</b>c<br>d | a bc d",
        "a&amp;b &lt;i&gt; | a&b <i>",
        "a<script>x()</script><style>y</style><!-- z -->b | ab",
        "a<p hidden>b</p>c | ac",
        "a\u200bb\u202ec\u2028d | abc d",
        "1 < 2 | 1 < 2"
      })
  void aPieceIsOneLineOfWhatAPersonWouldRead(String text, String line) {
    assertThat(PlainLine.of(text)).isEqualTo(line);
  }

  @Test
  void noAnswerLooksLikeTheEndOfTheFrame() {
    for (byte[] input : Hostile.inputs().values()) {
      String said = said(new String(input, UTF_8));

      assertThat(said.lines().toList()).hasSize(5);
      assertThat(said).hasSizeLessThan(2_000).endsWith("\n[the text from outside ends]");
    }
  }

  @Test
  void aCutLeavesNoHalfOfACharacter() {
    String title = said("x" + "𝄞".repeat(200)).lines().skip(1).findFirst().orElseThrow();

    assertThat(title).isEqualTo("1. x" + "𝄞".repeat(99) + "…");
    assertThat(said("x".repeat(200))).contains("1. " + "x".repeat(200) + "\n");
  }

  private String said(String title) {
    Node.Obj result = Facts.of("title", title).and("address", title).and("text", title).all();
    Node.Obj answer = Facts.of("x", "").and("results", java.util.List.of(result)).all();
    return Workbench.said(
        (Step.Done) planned("{\"query\":\"x\"}").then().apply(new Outcome.Called(answer)));
  }

  private Step.Perform planned(String arguments) {
    return (Step.Perform) tool.plan(Workbench.object(arguments));
  }
}
