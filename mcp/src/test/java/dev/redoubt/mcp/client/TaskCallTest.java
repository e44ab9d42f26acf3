// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import static dev.redoubt.mcp.client.ScriptedServer.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class TaskCallTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Node.Obj NOTHING = new Node.Obj(Map.of(), 1);
  private static final ClientSettings SETTINGS =
      new ClientSettings(
          "1", List.of(), LONG, LONG, ClientSettings.Approach.SESSION, Optional.empty());
  private static final String OFFERED =
      "{\"tools\":{},\"tasks\":{\"cancel\":{},\"requests\":{\"tools\":{\"call\":{}}}}}";

  private static String task(String id, String status) {
    return "{\"taskId\":\"%s\",\"status\":\"%s\",\"ttl\":null,\"pollInterval\":1}"
        .formatted(id, status);
  }

  private static ScriptedServer server(String capabilities, String support) {
    return ScriptedServer.session(capabilities)
        .on(
            "tools/list",
            result(
                "{\"tools\":[{\"name\":\"a\",\"execution\":{\"taskSupport\":\"%s\"}}]}"
                    .formatted(support)))
        .on(
            "tools/call",
            text ->
                text.contains("\"task\":{\"ttl\":60000}")
                    ? result("{\"task\":%s}".formatted(task("t", "working")))
                    : result("{\"content\":[],\"plain\":true}"))
        .on("tasks/result", result("{\"content\":[],\"late\":true}"))
        .on("tasks/cancel", result(task("t", "cancelled")));
  }

  private static CallAnswer called(ScriptedServer server) throws Exception {
    try (McpClient client = McpClient.connect(server.start(), SETTINGS)) {
      client.tools();
      return client.call("a", NOTHING, LONG, LONG);
    }
  }

  @ParameterizedTest
  @CsvSource({"required,completed", "optional,completed", "required,failed", "required,cancelled"})
  void aTaskIsFollowedToItsEnd(String support, String ending) throws Exception {
    AtomicInteger polls = new AtomicInteger();
    ScriptedServer server =
        server(OFFERED, support)
            .on(
                "tasks/get",
                (String _) -> result(task("t", polls.incrementAndGet() < 3 ? "working" : ending)));

    CallAnswer answer = called(server);

    assertThat(answer).isInstanceOf(CallAnswer.Came.class);
    assertThat(((CallAnswer.Came) answer).result().isTrue("late")).isTrue();
    assertThat(polls).hasValue(3);
    assertThat(server.heard()).noneMatch(sent -> sent.contains("tasks/cancel"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"tools\":{}}|required",
        "{\"tools\":{},\"tasks\":{}}|required",
        "{\"tools\":{},\"tasks\":{\"cancel\":{},\"requests\":{\"tools\":{\"call\":{}}}}}|forbidden",
        "{\"tools\":{},\"tasks\":{\"cancel\":{},\"requests\":{\"tools\":{\"call\":{}}}}}|sometimes"
      })
  void whatIsNotOfferedOrNotWantedIsCalledPlainly(String capabilities, String support)
      throws Exception {
    CallAnswer answer = called(server(capabilities, support));

    assertThat(((CallAnswer.Came) answer).result().isTrue("plain")).isTrue();
  }

  @Test
  void aServerThatAnswersAtOnceIsTakenAtItsWord() throws Exception {
    ScriptedServer server =
        server(OFFERED, "optional").on("tools/call", result("{\"content\":[],\"plain\":true}"));

    assertThat(((CallAnswer.Came) called(server)).result().isTrue("plain")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"taskId\":\"other\",\"status\":\"completed\"}|answered with another task",
        "{\"taskId\":\"t\",\"status\":\"thinking\"}|says of its task something that is not known",
        "{}|answered with another task"
      })
  void whatMakesNoSenseEndsTheTask(String state, String words) throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    ScriptedServer server =
        server(OFFERED, "required")
            .on("tasks/get", result(state))
            .on(
                "tasks/cancel",
                text -> {
                  cancelled.countDown();
                  return result(task("t", "cancelled"));
                });
    try (McpClient client = McpClient.connect(server.start(), SETTINGS)) {
      client.tools();
      CallAnswer answer = client.call("a", NOTHING, LONG, LONG);

      assertThat(((CallAnswer.Broken) answer).reason()).startsWith(words);
      cancelled.await();
    }
  }

  @Test
  void aTaskThatTheServerForgotIsBrokenAndNotRefused() throws Exception {
    CallAnswer answer = called(server(OFFERED, "required"));

    assertThat(answer).isEqualTo(new CallAnswer.Broken("lost its task: no such method"));
  }

  @Test
  void aTaskNobodyWaitsForIsCancelled() throws Exception {
    CountDownLatch polled = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    ScriptedServer server =
        server(OFFERED, "required")
            .on(
                "tasks/get",
                (String _) -> {
                  polled.countDown();
                  return result(task("t", "working"));
                })
            .on(
                "tasks/cancel",
                (String text) -> {
                  assertThat(text).contains("\"taskId\":\"t\"");
                  cancelled.countDown();
                  return result(task("t", "cancelled"));
                });
    try (McpClient client = McpClient.connect(server.start(), SETTINGS)) {
      client.tools();
      AtomicReference<Boolean> interrupted = new AtomicReference<>(false);
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  client.call("a", NOTHING, LONG, LONG);
                } catch (InterruptedException e) {
                  interrupted.set(true);
                }
              });
      polled.await();
      caller.interrupt();
      caller.join();

      assertThat(interrupted.get()).isTrue();
      cancelled.await();
    }
  }

  @Test
  void whatATaskWantsToKnowIsAskedWhileItsResultIsWaitedFor() throws Exception {
    AtomicReference<String> resultId = new AtomicReference<>("");
    ScriptedServer server =
        server(OFFERED, "required")
            .on(
                "tasks/get",
                (String _) ->
                    result(task("t", resultId.get().isEmpty() ? "input_required" : "working")))
            .on(
                "tasks/result",
                (String _) -> {
                  resultId.set("asked");
                  return "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"elicitation/create\",\"params\":{\"message\":\"Where?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{}},\"_meta\":{\"io.modelcontextprotocol/related-task\":{\"taskId\":\"t\"}}}}\n"
                      + result("{\"content\":[],\"late\":true}");
                });
    CountDownLatch asked = new CountDownLatch(1);
    ClientSettings settings =
        SETTINGS.asking(_ -> {
          asked.countDown();
          return new Person.Reply.Declined();
        });
    try (McpClient client = McpClient.connect(server.start(), settings)) {
      client.tools();
      CallAnswer answer = client.call("a", NOTHING, LONG, LONG);

      assertThat(((CallAnswer.Came) answer).result().isTrue("late")).isTrue();
      asked.await();
      while (server.heard().stream().noneMatch(sent -> sent.contains("decline"))) {
        Thread.onSpinWait();
      }
    }
    assertThat(server.heard())
        .anyMatch(sent ->
            sent.contains("\"action\":\"decline\"")
                && sent.contains(
                    "\"_meta\":{\"io.modelcontextprotocol/related-task\":{\"taskId\":\"t\"}}"));
  }
}
