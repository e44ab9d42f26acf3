// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.mcp;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.Matches;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.commands.CommandLine;
import dev.redoubt.scan.commands.ShellScript;
import dev.redoubt.scan.commands.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reports every MCP server that is started through a shell.
///
/// High: a shell without a script, a script that is downloaded and run, an encoded script. Medium:
/// a script of several commands, a pipe or a substitution. Low: a POSIX shell or PowerShell around
/// one program. `cmd /c` around one program is how a server is started on Windows and is fine.
public final class McpShellLauncherMatcher implements Matcher {

  private static final PluginId ID = new PluginId("mcp-shell-launcher");
  private static final Pattern FETCH =
      Pattern.compile(
          "(?i)(?:curl|wget|iwr|irm|invoke-webrequest|invoke-restmethod|downloadstring|fetch)\\b");
  private static final Pattern RUN =
      Pattern.compile(
          "(?i)(?:[|;&]\\s*(?:sudo\\s+)?(?:\\S*/)?(?:ba|z|da|k)?sh\\b|[|]\\s*(?:python3?|node|perl|ruby)"
              + "|\\biex\\b|invoke-expression|\\beval\\b|chmod\\s+\\+x|<\\()");
  private static final Pattern EXPANDED = Pattern.compile("\\$\\(|`|<\\(");
  private static final Pattern ENCODED = Pattern.compile("(?i)[-/]e(?:c|nc|ncodedcommand)?");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public Matches match(Inventory inventory) {
    List<Finding> findings = new ArrayList<>();
    for (McpServer server : inventory.servers()) {
      List<Word> words = ServerFinding.words(server);
      if (!server.settings().enabled() || words.isEmpty()) {
        continue;
      }
      CommandLine line = CommandLine.of(words);
      line.shells().stream()
          .map(shell -> judged(shell, words))
          .flatMap(Optional::stream)
          .min((a, b) -> a.severity.compareTo(b.severity))
          .ifPresent(it -> findings.add(finding(server, it)));
    }
    return Matches.of(findings);
  }

  private static Optional<Judged> judged(CommandLine.Shell shell, List<Word> words) {
    String script = shell.script().text();
    if (script.isBlank()) {
      return Optional.of(
          new Judged(Severity.HIGH, "is a shell: whatever it is sent is run", shell.program()));
    }
    if (FETCH.matcher(script).find() && RUN.matcher(script).find()) {
      return Optional.of(
          new Judged(Severity.HIGH, "downloads a script and runs it on every start", script));
    }
    boolean power = shell.program().equals("powershell") || shell.program().equals("pwsh");
    if (power && words.stream().anyMatch(word -> ENCODED.matcher(word.text()).matches())) {
      return Optional.of(
          new Judged(Severity.HIGH, "runs an encoded script that nobody can read", script));
    }
    if (startsOneProgram(shell.script())) {
      boolean ordinary = shell.program().equals("cmd");
      return ordinary
          ? Optional.empty()
          : Optional.of(
              new Judged(Severity.LOW, "is started through a shell without need", script));
    }
    return Optional.of(new Judged(Severity.MEDIUM, "is a shell script", script));
  }

  /* "exec npx …", also behind "cd …" or "export …", which only set the stage. */
  private static boolean startsOneProgram(Word script) {
    if (EXPANDED.matcher(script.text()).find()) {
      return false;
    }
    List<ShellScript.Step> steps = ShellScript.steps(script);
    boolean piped = steps.stream().anyMatch(step -> step.operator().equals("|"));
    long programs =
        steps.stream()
            .map(step -> step.words().getFirst().program())
            .filter(
                program -> !Set.of("cd", "export", "set", "source", ".", "chcp").contains(program))
            .count();
    return !piped && programs <= 1;
  }

  private static Finding finding(McpServer server, Judged judged) {
    return ServerFinding.of(ID, judged.severity, server, judged.summary, List.of(judged.evidence));
  }

  private record Judged(Severity severity, String summary, String evidence) {}
}
