// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.lsp;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.sandbox.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A tool that writes, with what language servers say of what it wrote at the end of its result.
final class CheckedTool implements Tool {

  private static final int MOST_FILES = 5;
  private static final int MOST_LINES = 20;
  private static final int LARGEST = 1 << 20;

  private final Tool tool;
  private final LanguageServers servers;

  CheckedTool(Tool tool, LanguageServers servers) {
    this.tool = requireNonNull(tool, "tool");
    this.servers = requireNonNull(servers, "servers");
  }

  @Override
  public ToolSpec spec() {
    return tool.spec();
  }

  @Override
  public Access access() {
    return tool.access();
  }

  @Override
  public boolean isShown() {
    return tool.isShown();
  }

  @Override
  public void recall(Node.Obj facts) {
    tool.recall(facts);
  }

  @Override
  public Step plan(Node.Obj arguments) {
    return watched(tool.plan(arguments), new LinkedHashMap<>());
  }

  private Step watched(Step step, Map<Path, Content> written) {
    return switch (step) {
      case Step.Perform(Action action, var manner, var then, var before) ->
          new Step.Perform(
              action,
              manner,
              outcome -> {
                if (outcome instanceof Outcome.Changed
                    && action instanceof Action.Write(Path path, Content content)) {
                  written.put(path, content);
                }
                return watched(then.apply(outcome), written);
              },
              before);
      case Step.AskPerson(String question, List<String> choices, var then) ->
          new Step.AskPerson(question, choices, answer -> watched(then.apply(answer), written));
      case Step.Own(String service, Node.Obj about, var then) ->
          new Step.Own(service, about, () -> watched(then.get(), written));
      case Step.Done done -> done.failed() || written.isEmpty() ? done : checked(done, written);
    };
  }

  private Step.Done checked(Step.Done done, Map<Path, Content> written) {
    List<String> lines = new ArrayList<>();
    try {
      int files = 0;
      for (Map.Entry<Path, Content> file : written.entrySet()) {
        if (++files <= MOST_FILES && file.getValue().size() <= LARGEST) {
          lines.addAll(lines(file.getKey(), file.getValue()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (lines.isEmpty()) {
      return done;
    }
    StringBuilder text = new StringBuilder("\nDiagnostics of what lies there now:\n");
    lines.stream().limit(MOST_LINES).forEach(line -> text.append(line).append('\n'));
    if (lines.size() > MOST_LINES) {
      text.append("… and ").append(lines.size() - MOST_LINES).append(" more\n");
    }
    List<Message.Seen> content = new ArrayList<>(done.content());
    content.add(new Message.Words(text.toString()));
    return new Step.Done(content, false, done.facts());
  }

  private List<String> lines(Path file, Content content) throws InterruptedException {
    Optional<List<Diagnostic>> found =
        servers.check(file, new String(content.bytes(), StandardCharsets.UTF_8));
    String shown =
        file.startsWith(servers.workspace())
            ? servers.workspace().relativize(file).toString()
            : file.toString();
    return found.orElse(List.of()).stream().map(one -> one.text(shown)).toList();
  }
}
