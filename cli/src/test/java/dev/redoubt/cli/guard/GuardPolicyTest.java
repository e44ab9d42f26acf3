// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardPolicyTest {

  private static final String TOOL = "files/list";

  @TempDir private Path folder;
  @TempDir private Path home;

  @Test
  void thePersonsOwnRulesCount() throws IOException {
    assertThat(askTool().out()).startsWith("ask ");

    own("allow");

    assertThat(askTool().out()).startsWith("allow  policy." + home);
    assertThat(askTool("--builtin-only").out()).startsWith("ask ");
  }

  @Test
  void whatIsTypedCounts() {
    assertThat(askTool("--allow", "tool:files/*").out())
        .isEqualTo("allow  policy.command-line:1: allowed by --allow 'tool:files/*'\n");
    assertThat(askTool("--allow", "tool:files/*", "--deny", "tool:*/list").exitCode())
        .isEqualTo(20);
    assertThat(askTool("--allow", "nonsense").exitCode()).isEqualTo(2);
  }

  @Test
  void aQuestionProposesTheRuleThatAnswersIt() {
    assertThat(askTool().out()).contains("a rule that would allow it: tool:files/list");
    assertThat(askTool("--allow", "tool:files/list").exitCode()).isZero();
  }

  @Test
  void aNamedFileCounts() throws IOException {
    write(folder.resolve("p.toml"), rule("allow"));

    assertThat(askTool("--policy", "p.toml").out()).startsWith("allow  policy.p.toml:1");
    assertThat(askTool("--policy", "missing.toml").exitCode()).isEqualTo(4);
  }

  @Test
  void aWorkspaceNarrowsAndDoesNotWiden() throws IOException {
    write(folder.resolve("redoubt.toml"), rule("allow"));
    assertThat(askTool().out()).startsWith("ask ");

    write(folder.resolve("redoubt.toml"), rule("deny"));
    assertThat(askTool().out()).startsWith("deny  policy.redoubt.toml:1");
    assertThat(askTool("--untrusted").out()).startsWith("ask ");
  }

  @Test
  void aWorkspaceWidensWhenThePersonSaidSo() throws IOException {
    write(folder.resolve("redoubt.toml"), rule("allow"));
    write(ownFile(), "[guard]\nworkspace-may-widen = true\n");

    assertThat(askTool().out()).startsWith("allow  policy.redoubt.toml:1");
  }

  @Test
  void aPolicyThatIsNotUnderstoodStopsTheCommand() throws IOException {
    write(folder.resolve("redoubt.toml"), "[[guard.rules]]\nefect = 'deny'\n");

    Run run = askTool();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("redoubt.toml:1:1: a rule needs \"effect\"");
  }

  @Test
  void aRuleThatExpiredIsSaid() throws IOException {
    write(ownFile(), rule("allow") + "expires = 2026-06-14\n");

    assertThat(askTool().err()).contains("the rule expired on 2026-06-14 and no longer counts");
    assertThat(askTool().out()).startsWith("ask ");
  }

  @Test
  void theTableOfCasesIsCompared() throws IOException {
    write(
        folder.resolve("cases.toml"),
        """
        [[case]]
        tool = "files/list"
        expect = "allow"
        rule = "policy.p.toml:1"

        [[case]]
        tool = "files/write"
        args = { path = "notes.txt" }
        expect = "deny"

        [[case]]
        path = "~/.ssh/id_ed25519"
        expect = "deny"

        [[case]]
        url = "http://169.254.169.254/latest"
        expect = "allow"
        """);
    write(folder.resolve("p.toml"), rule("allow"));

    Run run = terminal().redoubt("guard", "test", "--policy", "p.toml", "cases.toml");

    assertThat(run.exitCode()).isEqualTo(1);
    Golden.check(run.out(), "guard/test.txt");
  }

  @Test
  void aTableThatIsNotUnderstoodIsAnError() throws IOException {
    Path cases = folder.resolve("cases.toml");
    write(cases, "[[case]]\ncommand = 'ls'\nexpct = 'allow'\n");
    Run misspelt = terminal().redoubt("guard", "test", "cases.toml");

    assertThat(misspelt.exitCode()).isEqualTo(2);
    assertThat(misspelt.err())
        .contains("cases.toml:3: there is no key \"expct\"; did you mean \"expect\"?");
    write(cases, "[[case]]\ncommand = 'ls'\n");
    assertThat(terminal().redoubt("guard", "test", "cases.toml").err())
        .contains("cases.toml:1: a case needs expect = \"allow\", \"ask\" or \"deny\"");
    write(cases, "");
    assertThat(terminal().redoubt("guard", "test", "cases.toml").exitCode()).isEqualTo(2);
  }

  @Test
  void whatANewPolicyAllowsIsShown() throws IOException {
    Path old = folder.resolve("old.toml");
    Path now = folder.resolve("new.toml");
    write(
        old,
        """
        [[guard.rules]]
        effect = "deny"
        action = "tool"
        server = "files"
        tool = "delete*"
        reason = "nothing is deleted here"

        [[guard.rules]]
        effect = "allow"
        action = "net"
        host = "docs.example"
        port = 443
        """);
    write(
        now,
        """
        [guard]
        workspace-may-widen = true

        [[guard.rules]]
        effect = "ask"
        action = "tool"
        server = "files"
        tool = "delete*"
        reason = "ask before something is deleted"

        [[guard.rules]]
        effect = "allow"
        action = "write"
        path = "/data/**"

        [[guard.rules]]
        effect = "allow"
        action = "start-server"
        server = "files"
        when = "trusted && wall == 'other'"
        """);

    Run wider = terminal().redoubt("guard", "diff", "old.toml", "new.toml");
    Run same = terminal().redoubt("guard", "diff", "old.toml", "old.toml");

    assertThat(wider.exitCode()).isEqualTo(1);
    Golden.check(wider.out(), "guard/diff.txt");
    Golden.check(
        terminal().redoubt("guard", "diff", "--json", "old.toml", "new.toml").out(),
        "guard/diff.json");
    assertThat(same.exitCode()).isZero();
    assertThat(same.out()).isEqualTo("0 wider, 0 may be wider, 0 narrower\n");
  }

  @Test
  void aPolicyThatOnlyNarrowsIsFine() throws IOException {
    write(folder.resolve("old.toml"), rule("allow"));
    write(folder.resolve("new.toml"), rule("deny"));

    assertThat(terminal().redoubt("guard", "diff", "old.toml", "new.toml").exitCode()).isZero();
    assertThat(terminal().redoubt("guard", "diff", "new.toml", "old.toml").exitCode()).isEqualTo(1);
  }

  private Run askTool(String... options) {
    return terminal()
        .redoubt(
            Stream.concat(Stream.of("guard", "check", "--tool", TOOL), Stream.of(options))
                .toArray(String[]::new));
  }

  private Terminal terminal() {
    return new Terminal(folder, home);
  }

  private void own(String effect) throws IOException {
    write(ownFile(), rule(effect));
  }

  private Path ownFile() {
    return home.resolve(".config/redoubt/redoubt.toml");
  }

  private static String rule(String effect) {
    return """
    [[guard.rules]]
    effect = "%s"
    action = "tool"
    server = "files"
    tool = "list"
    reason = "it only lists"
    """
        .formatted(effect);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
