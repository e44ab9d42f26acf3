// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.stops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.Ruling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopsTest {

  private static final RpcMessage CALL =
      new RpcMessage.Request(RpcId.of(1), "tools/call", Optional.empty());
  private static final RpcMessage RESULT =
      new RpcMessage.Result(RpcId.of(1), new Node.Obj(Map.of(), 1));

  @TempDir private Path folder;
  private Stops stops;
  private StopFilter filter;

  @BeforeEach
  void open() {
    stops =
        new Stops(
            folder.resolve("stops"),
            Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC));
    filter =
        new StopFilter(
            stops,
            () ->
                List.of(Stops.Target.ALL, Stops.Target.server("files"), Stops.Target.agent("bot")));
  }

  private Ruling judge(RpcMessage message) {
    return filter.judge(
        new Passing(Direction.TO_SERVER, message, Optional.empty()),
        (_, _) -> {
          throw new IllegalStateException("nobody is asked");
        });
  }

  @Test
  void whatIsStoppedLetsNothingPassFromTheNextMessageOnUntilItIsLifted() {
    assertThat(judge(CALL)).isEqualTo(Ruling.PASSES);

    stops.stop(Stops.Target.server("files"), "odd", "ada");
    assertThat(judge(CALL))
        .isEqualTo(new Ruling.Blocks("relay.stopped", "the server \"files\" is stopped"));
    assertThat(judge(RESULT)).isInstanceOf(Ruling.Blocks.class);
    assertThat(judge(new RpcMessage.Failure(RpcId.of(1), new RpcError(1, "no"))))
        .isInstanceOf(Ruling.Blocks.class);

    assertThat(stops.lift(Stops.Target.server("files"))).isTrue();
    assertThat(stops.lift(Stops.Target.server("files"))).isFalse();
    assertThat(judge(CALL)).isEqualTo(Ruling.PASSES);
  }

  @Test
  void othersAreNotStoppedAndEverythingIs() {
    stops.stop(Stops.Target.server("memory"), "", "ada");
    stops.stop(Stops.Target.agent("other"), "", "ada");
    assertThat(judge(CALL)).isEqualTo(Ruling.PASSES);

    stops.stop(Stops.Target.ALL, "all of it", "ada");
    assertThat(judge(CALL)).isEqualTo(new Ruling.Blocks("relay.stopped", "everything is stopped"));
    assertThat(stops.all())
        .containsExactly(
            new Stops.Stop(Stops.Target.agent("other"), "", "ada", "2026-03-01T10:00:00Z"),
            new Stops.Stop(Stops.Target.ALL, "all of it", "ada", "2026-03-01T10:00:00Z"),
            new Stops.Stop(Stops.Target.server("memory"), "", "ada", "2026-03-01T10:00:00Z"));
  }

  @Test
  void whatItStandsForIsAskedForEachMessage() {
    List<Stops.Target> targets = new ArrayList<>(List.of(Stops.Target.ALL));
    filter = new StopFilter(stops, () -> targets);
    stops.stop(Stops.Target.agent("Some Agent/2"), "", "ada");
    assertThat(judge(CALL)).isEqualTo(Ruling.PASSES);

    targets.add(Stops.Target.agent("some agent/2"));
    assertThat(judge(CALL))
        .isEqualTo(new Ruling.Blocks("relay.stopped", "the agent \"some-agent-2\" is stopped"));
  }

  @Test
  void aServerAndAnAgentHaveANameAndEverythingHasNone() {
    assertThatThrownBy(() -> Stops.Target.server(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"\" is no name");
    assertThatThrownBy(() -> Stops.Target.agent("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Stops.Target("all", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Stops.Target("user", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Stops.Target.agent("Ä".repeat(100)).name()).isEqualTo("-".repeat(64));
  }

  @Test
  void whatCannotBeLookedAtCountsAsStopped() throws Exception {
    // A link that leads to itself: whether something is stopped cannot be found out.
    Files.createSymbolicLink(folder.resolve("stops"), Path.of("stops"));

    assertThat(judge(CALL)).isInstanceOf(Ruling.Blocks.class);
  }

  @Test
  void somethingElseInPlaceOfTheFolderCountsAsStopped() throws Exception {
    Files.writeString(folder.resolve("stops"), "no folder");

    assertThat(judge(CALL)).isInstanceOf(Ruling.Blocks.class);
  }
}
