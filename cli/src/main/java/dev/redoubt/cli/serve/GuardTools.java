// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.serve;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.trust.WorkspaceTrust;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.guard.trust.TrustState;
import dev.redoubt.mcp.server.ServerAnswer;
import dev.redoubt.mcp.server.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The tools that say what the guard would say, and what holds here.
final class GuardTools {

  private final Call call;
  private final InnerCommand redoubt;
  private final ServeOptions options;

  GuardTools(Call call, InnerCommand redoubt, ServeOptions options) {
    this.call = requireNonNull(call, "call");
    this.redoubt = requireNonNull(redoubt, "redoubt");
    this.options = requireNonNull(options, "options");
  }

  /// Returns the decision about one thing, and how it came about.
  ServerAnswer explain(Node arguments) {
    List<String> subject =
        Stream.of("command", "path", "url", "tool")
            .filter(key -> arguments.get(key).isPresent())
            .toList();
    if (subject.size() != 1) {
      return ServerAnswer.failed("name one of command, path, url and tool");
    }
    List<String> question = new ArrayList<>();
    question.add(
        "--%s=%s".formatted(subject.getFirst(), arguments.text(subject.getFirst()).orElse("")));
    arguments.get("args").ifPresent(args -> question.add("--args=" + JsonText.of(args)));
    Arguments.text(arguments, "access")
        .filter(access -> !access.equals("read"))
        .ifPresent(access -> question.add("--" + access));
    if (!isTrusted()) {
      question.add("--untrusted");
    }
    policy().ifPresent(question::add);
    Node decision = redoubt.run(of("check", question, "--json")).json();
    String words = redoubt.run(of("explain", question)).out();
    return ServerAnswer.structured(
        (Node.Obj) Shown.of(decision), words.isBlank() ? JsonText.of(decision) : words);
  }

  private boolean isTrusted() {
    return WorkspaceTrust.of(call.globals().dataDir(), options.workspace()).state()
        instanceof TrustState.Trusted;
  }

  private Optional<String> policy() {
    return call.path("--policy").map(file -> "--policy=" + file.toAbsolutePath());
  }

  private static String[] of(String command, List<String> question, String... more) {
    List<String> all = new ArrayList<>(List.of("guard", command));
    all.addAll(question);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /// Returns what holds on this machine, what the configuration opens, and what is served.
  ServerAnswer posture(Node arguments) {
    Node posture = redoubt.run("posture", "--json").json();
    Tree result = new Tree();
    for (String field : List.of("workspace", "sandbox", "surfaces")) {
      posture.get(field).map(Shown::of).ifPresent(value -> result.and(field, value));
    }
    List<Node> backends =
        posture.items("backends").stream()
            .map(backend ->
                (Node)
                    new Tree()
                        .and("name", backend.scalar("name").orElse(""))
                        .flag("ready", backend.isTrue("ready"))
                        .and("detail", CommandOutput.plain(backend.scalar("detail").orElse("")))
                        .object())
            .toList();
    return ServedTools.structured(
        result
            .and("backends", Tree.list(backends))
            .and(
                "served",
                new Tree()
                    .and("transport", options.listen().isPresent() ? "http" : "stdio")
                    .flag("token", !options.tokens().isEmpty())
                    .flag("run", options.exposed() == ServeOptions.Exposed.RUN)
                    .object()));
  }
}
