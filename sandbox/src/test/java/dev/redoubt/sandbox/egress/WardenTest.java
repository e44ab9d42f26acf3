// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.DecisionLog;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.network.Host;
import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.guard.network.Target;
import dev.redoubt.sandbox.network.Connection;
import dev.redoubt.sandbox.network.Surface;
import dev.redoubt.sandbox.network.TestNet;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WardenTest {

  private static final Action CONNECT = new Action.Connect("tcp", "docs.example", 443);
  private static final Target TARGET =
      new Target("", "", TestNet.good(Host.read("docs.example")), 443, "");

  private final TestNet net =
      new TestNet().name("docs.example", "93.184.216.34").server("93.184.216.34:443", 1);

  @Test
  void whoIsRefusedTooOftenIsNotServedAndFillsNoLog() throws Exception {
    TestEgress egress = new TestEgress(net).allow("docs.example");
    Warden warden = new Warden(egress.terms(), net.dialer());
    for (int i = 0; i < Warden.MOST_REFUSALS + 5; i++) {
      warden.refuse(CONNECT, RefusedRequest.forbidden("net.sni-mismatch", "no"));
    }

    assertThat(egress.decisions).hasSize(Warden.MOST_REFUSALS);
    assertThat(warden.refusals()).hasSize(100);
    assertThat(opened(warden, egress.terms())).isEqualTo("403 net.too-many-refusals");
    assertThat(egress.decisions).hasSize(Warden.MOST_REFUSALS);
    assertThat(net.dialled()).isEmpty();
  }

  @Test
  void whatCannotBeLoggedIsNotDialled() throws Exception {
    DecisionLog full =
        (_, _, _) -> {
          throw new IOException("no space");
        };
    EgressTerms terms =
        EgressTerms.of(new Gate(List.of(new Allowing()), Approver.NEVER, full), full, List.of());
    Warden warden = new Warden(terms, net.dialer());

    assertThat(opened(warden, terms)).isEqualTo("403 gate.log-failed");
    assertThat(warden.refuse(CONNECT, RefusedRequest.forbidden("net.x", "no")).status())
        .isEqualTo(403);
    assertThat(net.dialled()).isEmpty();
  }

  private static String opened(Warden warden, EgressTerms terms) throws Exception {
    Executor none =
        _ -> {
          throw new AssertionError("nothing runs");
        };
    House house = new House(terms, warden, Pass.open(), none, new AtomicLong());
    try (RawServer server = RawServer.echoing();
        Connection client =
            new TestNet()
                .name("client.example", "93.184.216.34")
                .server("93.184.216.34:1", server.port())
                .dialer()
                .dial(
                    new Target("", "", TestNet.good(Host.read("client.example")), 1, ""),
                    new Surface.Open(NetworkRules.NONE),
                    Duration.ofSeconds(20));
        Visit visit = new Visit(house, client)) {
      warden.open(CONNECT, TARGET, visit).close();
      return "opened";
    } catch (RefusedRequest e) {
      return e.status() + " " + e.refusal().rule();
    }
  }

  private static final class Allowing implements Guard {
    @Override
    public String name() {
      return "allowing";
    }

    @Override
    public Decision review(Action action) {
      return new Decision.Allow("r", "fine");
    }
  }
}
