// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.filters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Guard;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.relay.api.Asked;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.Ruling;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageRulesTest {

  private static final RpcId ID = RpcId.of(1);

  /// Writes down what it is asked about; denies what says "no" and asks about what says "maybe".
  private static final class Words implements Guard {
    final List<String> asked = new ArrayList<>();

    @Override
    public String name() {
      return "words";
    }

    @Override
    public Decision review(Action action) {
      if (!(action instanceof Action.CallTool(String server, String tool, Node said))) {
        throw new IllegalStateException("no message");
      }
      String text = JsonText.of(said);
      asked.add(server + " " + tool + " " + text);
      if (text.contains("\"no\"")) {
        return new Decision.Deny("words.no", "because", List.of());
      }
      return text.contains("\"maybe\"")
          ? new Decision.Ask("words.ask", "perhaps", List.of())
          : new Decision.Allow("words.yes", "fine");
    }
  }

  private final Words words = new Words();
  private final MessageRules rules = new MessageRules("files", words, new ToolPolicyTest.Managed());

  private Ruling judge(Direction direction, RpcMessage message, Asked... asked) {
    return rules.judge(
        new Passing(direction, message, List.of(asked).stream().findFirst()),
        (_, _) -> {
          throw new IllegalStateException("nobody is asked");
        });
  }

  private static Node json(String text) throws DocumentException {
    return Json.read(
        text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), new Limits(10_000, 50, 1_000));
  }

  @Test
  void everyMessageThatIsNoCallIsAskedAboutUnderANameOfItsOwn() throws Exception {
    Asked call = new Asked("tools/call", Optional.of(json("{'name':'read'}")));
    Asked prompt = new Asked("prompts/get", Optional.of(json("{'name':'greet'}")));
    RpcError error = new RpcError(-5, "bad", Optional.of(json("{'d':1}")));

    judge(Direction.TO_CLIENT, new RpcMessage.Result(ID, json("{'a':1}")), call);
    judge(Direction.TO_CLIENT, new RpcMessage.Result(ID, json("{'b':1}")), prompt);
    judge(Direction.TO_CLIENT, new RpcMessage.Failure(ID, error), call);
    judge(
        Direction.TO_CLIENT,
        new RpcMessage.Request(ID, "elicitation/create", Optional.of(json("{'c':1}"))));
    judge(
        Direction.TO_SERVER,
        new RpcMessage.Result(ID, json("{'e':1}")),
        new Asked("elicitation/create", Optional.empty()));
    judge(
        Direction.TO_CLIENT,
        new RpcMessage.Notice("notifications/progress", Optional.of(json("{'f':1}"))));
    judge(
        Direction.TO_SERVER, new RpcMessage.Notice("notifications/initialized", Optional.empty()));
    judge(
        Direction.TO_SERVER,
        new RpcMessage.Request(ID, "tasks/get", Optional.of(json("{'taskId':'t'}"))));
    judge(
        Direction.TO_SERVER,
        new RpcMessage.Request(ID, "tools/call", Optional.of(json("{'name':'read'}"))));

    assertThat(words.asked)
        .containsExactly(
            "files@result read {\"a\":1}",
            "files@result prompts/get {\"b\":1}",
            "files@error read {\"code\":-5,\"message\":\"bad\",\"data\":{\"d\":1}}",
            "files@request elicitation/create {\"c\":1}",
            "files@answer elicitation/create {\"e\":1}",
            "files@notice notifications/progress {\"f\":1}",
            "files@notice notifications/initialized {}",
            "files@method tasks/get {\"taskId\":\"t\"}");
  }

  @Test
  void whatAResultAsksOfTheAgentIsARequest() throws Exception {
    Ruling ruling =
        judge(
            Direction.TO_CLIENT,
            new RpcMessage.Result(
                ID,
                json(
                    """
                    {'resultType':'input_required','inputRequests':
                      {'k':{'method':'sampling/createMessage','params':{'x':'maybe'}}}}\
                    """)),
            new Asked("tools/call", Optional.of(json("{'name':'read'}"))));

    assertThat(words.asked).hasSize(1);
    assertThat(ruling)
        .isEqualTo(new Ruling.Blocks("words.ask", "perhaps; nobody can be asked about a message"));
  }

  @Test
  void whatATaskComesToIsWhatItsToolAnswers() throws Exception {
    Asked call = new Asked("tools/call", Optional.of(json("{'name':'read'}")));
    String longId = "t".repeat(500);

    judge(Direction.TO_CLIENT, new RpcMessage.Result(ID, json("{'task':{'taskId':'t'}}")), call);
    judge(
        Direction.TO_CLIENT,
        new RpcMessage.Result(ID, json("{'taskId':'" + longId + "'}")),
        new Asked("tools/call", Optional.of(json("{'name':'write'}"))));
    words.asked.clear();
    judge(
        Direction.TO_CLIENT,
        new RpcMessage.Result(ID, json("{'a':1}")),
        new Asked("tasks/result", Optional.of(json("{'taskId':'t'}"))));
    judge(
        Direction.TO_CLIENT,
        new RpcMessage.Result(ID, json("{'result':{'b':1}}")),
        new Asked("tasks/get", Optional.of(json("{'taskId':'" + longId + "'}"))));
    judge(
        Direction.TO_CLIENT,
        new RpcMessage.Result(ID, json("{'c':1}")),
        new Asked("tasks/get", Optional.of(json("{'taskId':'other'}"))));
    judge(
        Direction.TO_CLIENT,
        new RpcMessage.Notice(
            "notifications/tasks",
            Optional.of(json("{'taskId':'t','inputRequests':{'k':{'method':'m'}}}"))));

    assertThat(words.asked)
        .containsExactly(
            "files@result tasks/result {\"a\":1}",
            "files@result read {\"a\":1}",
            "files@result tasks/get {\"result\":{\"b\":1}}",
            "files@result write {\"result\":{\"b\":1}}",
            "files@result write {\"b\":1}",
            "files@result tasks/get {\"c\":1}",
            "files@notice notifications/tasks"
                + " {\"taskId\":\"t\",\"inputRequests\":{\"k\":{\"method\":\"m\"}}}",
            "files@result read"
                + " {\"taskId\":\"t\",\"inputRequests\":{\"k\":{\"method\":\"m\"}}}",
            "files@request m {}");
  }

  @Test
  void aDenyBlocksAndAQuestionCountsAsNo() throws Exception {
    assertThat(
            judge(
                Direction.TO_CLIENT,
                new RpcMessage.Notice("notifications/message", Optional.of(json("{'x':'no'}")))))
        .isEqualTo(new Ruling.Blocks("words.no", "because"));
    assertThat(
            judge(
                Direction.TO_CLIENT,
                new RpcMessage.Request(ID, "roots/list", Optional.of(json("{'x':'yes'}")))))
        .isEqualTo(Ruling.PASSES);
  }
}
