// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardCheckCommandTest {

  @TempDir private Path folder;
  @TempDir private Path home;

  @Test
  void theExitCodeSaysTheDecision() {
    assertThat(check("--path", "README.md").exitCode()).isEqualTo(ExitCode.OK);
    assertThat(check("--url", "https://a.example/").exitCode()).isEqualTo(ExitCode.QUESTION);
    assertThat(check("--path", "~/.ssh/id_ed25519").exitCode()).isEqualTo(ExitCode.DENIED);
  }

  @Test
  void everyLineIsAnsweredInItsOrder() throws Exception {
    Run run =
        stdin(
            """
            {"path": "README.md"}

            {"path": "~/.ssh/id_ed25519"}
            not json
            {"url": "https://a.example/", "cwd": "/nowhere"}
            {"command": "ls -la", "trusted": false}\
            """);

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(decisions(run)).containsExactly("allow", "deny", "deny", "ask", "allow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"command\": \"ls\", \"command\": \"ls\"}",
        "{\"command\": \"ls\", \"path\": \"a\"}",
        "{\"command\": [\"ls\"]}",
        "{\"command\": 1}",
        "{\"path\": \"a\", \"write\": \"no\"}",
        "{\"path\": \"a\", \"trusted\": \"yes\"}",
        "{\"path\": \"a\", \"cwd\": \"relative\"}",
        "{\"path\": \"a\", \"workspace\": 1}",
        "{\"tool\": \"no-server\"}",
        "{\"tool\": \"/a\"}",
        "{\"tool\": \"a/b\", \"args\": []}",
        "{\"command\": \"\\ud800\"}",
        "{\"cwd\": \"/a\"}",
        "{}",
        "[]",
        "\"ls\"",
        "null",
        "{\"command\": \"ls\"} {\"command\": \"ls\"}",
        "{\"command\": \"ls\",}",
        "{\"command\": \"ls\"",
        "command=ls"
      })
  void aMalformedLineIsDenied(String line) throws Exception {
    Run run = stdin(line);

    assertThat(decisions(run)).containsExactly("deny");
    assertThat(answers(run).getFirst().text("rule")).contains("input.malformed");
  }

  @Test
  void fieldsNobodyKnowsGrantNothing() throws Exception {
    Run run = stdin("{\"path\": \"~/.ssh/id_ed25519\", \"approved\": true, \"sandbox\": \"off\"}");

    assertThat(decisions(run)).containsExactly("deny");
  }

  @Test
  void aLineThatIsTooLongGetsOneAnswer() throws Exception {
    Run run = stdin("{\"command\": \"" + "a".repeat(2 << 20) + "\"}\n{\"path\": \"README.md\"}");

    assertThat(decisions(run)).containsExactly("deny", "allow");
  }

  @Test
  void aWorkingFolderDoesNotBecomeTheWorkspace() throws Exception {
    Run run = stdin("{\"path\": \"a\", \"write\": true, \"cwd\": \"/srv/elsewhere\"}");

    assertThat(decisions(run)).containsExactly("deny");
  }

  @Test
  void aQuestionIsOne() {
    assertThat(check().exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(check("--path", "a", "--command", "ls").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(check("--tool", "a/b", "--args", "{").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(check("--tool", "a").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  private Run check(String... arguments) {
    List<String> line = new ArrayList<>(List.of("guard", "check"));
    line.addAll(List.of(arguments));
    return new Terminal(folder, home).redoubt(line.toArray(String[]::new));
  }

  private Run stdin(String text) {
    return new Terminal(folder, home)
        .withInput(text)
        .redoubt("guard", "check", "--stdin", "--builtin-only");
  }

  private static List<Node> answers(Run run) throws Exception {
    List<Node> answers = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      answers.add(Json.readStrict(line.getBytes(StandardCharsets.UTF_8), Limits.SCAN));
    }
    return answers;
  }

  private static List<String> decisions(Run run) throws Exception {
    return answers(run).stream().map(answer -> answer.text("decision").orElse("none")).toList();
  }
}
