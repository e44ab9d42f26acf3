// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServerNoticesTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Node ONE = new Payload().text("message", "wrong").object();

  private final ServerNotices notices = new ServerNotices();

  @Test
  void aFileIsHeardOfHoweverManyWereBefore() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      publish("file:///" + i, List.of());
    }
    publish("file:///last", List.of(ONE));

    assertThat(notices.diagnostics("file:///last", LONG).orElseThrow().items())
        .containsExactly(ONE);
    assertThat(notices.files()).isEqualTo(2_000);
    assertThat(notices.diagnostics("file:///0", Duration.ZERO)).isEmpty();
  }

  @Test
  void whatIsWaitedForIsNotForgotten() throws Exception {
    Thread flood =
        Thread.ofVirtual()
            .start(() -> {
              publish("file:///wanted", List.of(ONE));
              for (int i = 0; i < 5_000; i++) {
                publish("file:///" + i, List.of());
              }
            });

    assertThat(notices.diagnostics("file:///wanted", LONG).orElseThrow().items())
        .containsExactly(ONE);
    flood.join();
  }

  @Test
  void whatIsKeptOfAFileIsBounded() throws Exception {
    publish("file:///many", Collections.nCopies(10_000, ONE));
    Node large = new Payload().text("message", "x".repeat(100_000)).object();
    publish("file:///large", Collections.nCopies(100, large));

    assertThat(notices.diagnostics("file:///many", LONG).orElseThrow().items()).hasSize(500);
    assertThat(notices.diagnostics("file:///large", LONG).orElseThrow().items()).hasSize(2);
  }

  private void publish(String uri, List<Node> diagnostics) {
    notices.notice(
        "textDocument/publishDiagnostics",
        Optional.of(
            new Payload()
                .text("uri", uri)
                .node("diagnostics", new Node.Arr(diagnostics, 1))
                .object()));
  }
}
