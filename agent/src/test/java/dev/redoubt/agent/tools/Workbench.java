// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Outputs;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.DecisionLog;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.network.AddressJudge;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.guard.policy.BuiltInPolicy;
import dev.redoubt.guard.policy.PolicyGuard;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.Sandbox;
import dev.redoubt.sandbox.files.HostFileFacts;
import dev.redoubt.sandbox.local.LocalBackend;
import dev.redoubt.sandbox.network.Dialer;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.ResourceLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes the steps of tools through a real gate and a real sandbox, in a temporary workspace. What
/// the built-in policy asks is answered in the way a test says.
final class Workbench implements AutoCloseable {

  final Path workspace;
  final Path outside;
  final Outputs outputs = new LatestOutputs();
  final Deque<String> answers = new ArrayDeque<>();
  private final List<Tool> tools;
  private final Gate gate;
  private final Sandbox sandbox;
  private Runnable beforeWrite = () -> {};

  private Workbench(Path folder, Approver approver) throws IOException, InterruptedException {
    Path real = folder.toRealPath();
    workspace = Files.createDirectories(real.resolve("workspace"));
    outside = Files.createDirectories(real.resolve("outside"));
    Path home = Files.createDirectories(real.resolve("home"));
    HostFileFacts facts = new HostFileFacts();
    PolicyGuard guard =
        new PolicyGuard(
            new BuiltInPolicy(facts, NameResolver.NONE, new AddressJudge(Set.of())),
            new Situation(
                workspace.toString(),
                Situation.Trust.TRUSTED,
                Situation.Wall.NONE,
                home.toString()));
    gate = new Gate(List.of(guard), approver, DecisionLog.NONE);
    sandbox =
        new Sandbox(
            new LocalBackend()
                .open(
                    new Enclosure(
                        workspace,
                        home,
                        Files.createDirectories(real.resolve("state")),
                        Map.of("PATH", "/usr/bin:/bin", "HOME", home.toString()),
                        new Enclosure.Exits.None(),
                        ResourceLimits.DEFAULT)),
            guard,
            facts,
            Dialer.create(),
            NetworkRules.NONE);
    tools = BuiltInTools.of(workspace, Offered.services(outputs));
  }

  /// Returns one on which every question is answered with yes.
  static Workbench in(Path folder) throws IOException, InterruptedException {
    return new Workbench(folder, (_, _) -> Approver.Answer.YES);
  }

  /// Returns one on which every question is answered with no.
  static Workbench strict(Path folder) throws IOException, InterruptedException {
    return new Workbench(folder, Approver.NEVER);
  }

  /// Has `change` happen between the reading and the next writing.
  void beforeWrite(Runnable change) {
    beforeWrite = change;
  }

  Tool tool(String name) {
    return tools.stream().filter(tool -> tool.spec().name().equals(name)).findFirst().orElseThrow();
  }

  List<Tool> tools() {
    return tools;
  }

  /// Writes a file of the workspace and returns its path.
  Path file(String name, String text) throws IOException {
    Path path = workspace.resolve(name);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  String text(String name) throws IOException {
    return Files.readString(workspace.resolve(name));
  }

  /// Returns what came of calling `tool` with JSON in which `'` stands for `"`.
  Step.Done call(String tool, String json) throws InterruptedException {
    return call(tool(tool), object(json.replace('\'', '"')));
  }

  Step.Done call(Tool tool, Node.Obj arguments) throws InterruptedException {
    Step step = tool.plan(arguments);
    while (true) {
      switch (step) {
        case Step.Done done -> {
          return done;
        }
        case Step.AskPerson(String _, List<String> _, var then) ->
            step = then.apply(answers.removeFirst());
        case Step.Own own -> step = own.then().get();
        case Step.Perform perform -> {
          switch (gate.judge(perform.action())) {
            case Verdict.Refused(String guard, var decision) -> {
              return Step.Done.failed("refused by %s: %s".formatted(guard, decision.rule()));
            }
            case Verdict.Permitted(var permit) -> {
              if (perform.action() instanceof dev.redoubt.guard.Action.Write) {
                Runnable change = beforeWrite;
                beforeWrite = () -> {};
                change.run();
              }
              Outcome outcome = sandbox.perform(permit, perform.manner());
              step = perform.then().apply(outcome);
            }
          }
        }
      }
    }
  }

  /// Returns the words of a result.
  static String said(Step.Done done) {
    StringBuilder said = new StringBuilder();
    for (Message.Seen part : done.content()) {
      switch (part) {
        case Message.Words(String text) -> said.append(text);
        case Message.Image(String type, var bytes) ->
            said.append("<%s, %d bytes>".formatted(type, bytes.size()));
      }
    }
    return said.toString();
  }

  static Node.Obj object(String json) {
    try {
      return (Node.Obj)
          Json.read(json.getBytes(StandardCharsets.UTF_8), new Limits(64 << 20, 100, 100_000));
    } catch (DocumentException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  @Override
  public void close() throws IOException {
    sandbox.close();
  }
}
