// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.Ruling;
import dev.redoubt.relay.stops.Stops;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgentNamesTest {

  private final AgentNames names = new AgentNames("files");

  private Ruling judge(Direction direction, String method, String params) throws DocumentException {
    return names.judge(
        new Passing(
            direction,
            new RpcMessage.Request(
                RpcId.of(1),
                method,
                Optional.of(
                    Json.read(
                        params.getBytes(StandardCharsets.UTF_8), new Limits(10_000, 50, 1_000)))),
            Optional.empty()),
        (_, _) -> {
          throw new IllegalStateException("nobody is asked");
        });
  }

  private static String meta(String name) {
    return "{\"_meta\":{\"io.modelcontextprotocol/clientInfo\":{\"name\":\"%s\"}}}".formatted(name);
  }

  @Test
  void anAgentKeepsEveryNameItGave() throws Exception {
    assertThat(names.get())
        .containsExactly(
            Stops.Target.ALL, Stops.Target.server("files"), Stops.Target.agent("unnamed"));

    assertThat(judge(Direction.TO_SERVER, "initialize", "{\"clientInfo\":{\"name\":\"One\"}}"))
        .isEqualTo(new Ruling.Remarks("relay.agent", "the agent is called one"));
    assertThat(judge(Direction.TO_SERVER, "tools/list", meta("Two 2")))
        .isInstanceOf(Ruling.Remarks.class);
    assertThat(judge(Direction.TO_SERVER, "tools/list", meta("Two 2"))).isEqualTo(Ruling.PASSES);

    assertThat(names.get())
        .containsExactly(
            Stops.Target.ALL,
            Stops.Target.server("files"),
            Stops.Target.agent("one"),
            Stops.Target.agent("two-2"));
  }

  @Test
  void whatIsNoNameOfTheAgentNamesNobody() throws Exception {
    for (String params :
        new String[] {
          "{}", "[]", "{\"clientInfo\":7}", "{\"clientInfo\":{\"name\":7}}", meta("")
        }) {
      assertThat(judge(Direction.TO_SERVER, "initialize", params)).isEqualTo(Ruling.PASSES);
    }
    assertThat(judge(Direction.TO_SERVER, "tools/call", "{\"clientInfo\":{\"name\":\"x\"}}"))
        .isEqualTo(Ruling.PASSES);
    assertThat(judge(Direction.TO_CLIENT, "sampling/createMessage", meta("x")))
        .isEqualTo(Ruling.PASSES);

    assertThat(names.get()).contains(Stops.Target.agent("unnamed")).hasSize(3);
  }

  @Test
  void newNamesHaveAnEnd() throws Exception {
    for (int i = 0; i < 16; i++) {
      assertThat(judge(Direction.TO_SERVER, "ping", meta("n" + i)))
          .isInstanceOf(Ruling.Remarks.class);
    }

    assertThat(judge(Direction.TO_SERVER, "ping", meta("another")))
        .isInstanceOf(Ruling.Blocks.class);
    assertThat(judge(Direction.TO_SERVER, "ping", meta("n3"))).isEqualTo(Ruling.PASSES);
    assertThat(names.get()).hasSize(18);
  }
}
