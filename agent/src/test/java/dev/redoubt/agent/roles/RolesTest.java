// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.DecisionLog;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Guard;
import dev.redoubt.testkit.Hostile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolesTest {

  private static final Role.Source SOURCE = new Role.Source("x.md", Role.Owner.USER);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tools: Read, Grep, Bash(git:*)   | view,grep,bash",
        "tools: [view, mcp__db__query]    | view,mcp__db__query",
        "tools: WebFetch,TodoWrite, Task  | fetch,todo,spawn_agent",
        "tools: '*'                       | ''",
        "tools:                           | ''",
        "colour: blue                     | ''"
      })
  void toolsHaveOurNames(String line, String tools) {
    String text = "---\nname: r\ndescription: looks\n" + line + "\n---\nBody";

    assertThat(RoleFile.read(text, "f", SOURCE).orElseThrow())
        .isEqualTo(
            new Role(
                "r",
                "looks",
                tools.isEmpty() ? List.of() : List.of(tools.split(",", -1)),
                "",
                "Body",
                SOURCE));
  }

  @Test
  void aDescriptionWithColonsIsReadLineByLine() {
    String text =
        "---\r\ndescription: Use when: a user: says \"x\"\r\nmodel: acme/small\r\n---\r\nBody: 1";

    assertThat(RoleFile.read(text, "file", SOURCE))
        .contains(
            new Role(
                "file",
                "Use when: a user: says \"x\"",
                List.of(),
                "acme/small",
                "Body: 1",
                SOURCE));
  }

  @ParameterizedTest
  @CsvSource({"sonnet,''", "inherit,''", "acme/large,acme/large"})
  void aModelThatOnlyOneProviderKnowsIsLeftOpen(String written, String model) {
    assertThat(
            RoleFile.read("---\ndescription: d\nmodel: " + written + "\n---\n", "f", SOURCE)
                .map(Role::model))
        .contains(model);
  }

  @Test
  void whatDescribesNothingIsNoRole() {
    for (String text :
        List.of(
            "", "Body", "---\nname: x\n---\n", "---\ndescription: d\nname: a/b\n---\n", "---")) {
      assertThat(RoleFile.read(text, "f", SOURCE)).isEmpty();
    }
    for (Map.Entry<String, byte[]> input : Hostile.inputs().entrySet()) {
      String text = new String(input.getValue(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(RoleFile.read("---\n" + text + "\n---\n", "f", SOURCE)).isNotNull();
    }
  }

  @Test
  void aCheckoutCountsOnlyWhenPermittedAndStandsBeforeTheUsers() throws Exception {
    Path own = Files.createDirectories(folder.resolve("own"));
    Path work = Files.createDirectories(folder.resolve("work"));
    role(own, "reviewer", "mine");
    role(own, "writer", "mine, too");
    role(work.resolve(".claude/agents"), "reviewer", "theirs");
    role(work.resolve(".redoubt/agents"), "tester", "theirs, too");
    Files.createSymbolicLink(work.resolve(".redoubt/agents/link.md"), own.resolve("writer.md"));

    Roles.Found denied =
        Roles.find(List.of(own), List.of(), work, gate(new Decision.Deny("no", "no", List.of())));
    Roles.Found allowed =
        Roles.find(List.of(own), List.of(), work, gate(new Decision.Allow("yes", "yes")));

    assertThat(denied.roles()).extracting(Role::description).containsExactly("mine", "mine, too");
    assertThat(denied.notes())
        .containsExactly(
            ".claude/agents/reviewer.md was not loaded: no  (no)",
            ".redoubt/agents/tester.md was not loaded: no  (no)");
    assertThat(allowed.roles())
        .extracting(Role::description)
        .containsExactly("mine, too", "theirs", "theirs, too");
    assertThat(allowed.named("reviewer").map(Role::source))
        .isEqualTo(Optional.of(new Role.Source(".claude/agents/reviewer.md", Role.Owner.CHECKOUT)));
  }

  private static void role(Path folder, String name, String description) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve(name + ".md"), "---\ndescription: %s\n---\nBe good.".formatted(description));
  }

  private static Gate gate(Decision decision) {
    Guard guard =
        new Guard() {
          @Override
          public String name() {
            return "fixed";
          }

          @Override
          public Decision review(Action action) {
            return decision;
          }
        };
    return new Gate(List.of(guard), Approver.NEVER, DecisionLog.NONE);
  }
}
