// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.Approver.Answer;
import dev.redoubt.guard.Decision.Allow;
import dev.redoubt.guard.Decision.Ask;
import dev.redoubt.guard.Decision.Deny;
import dev.redoubt.guard.Verdict.Permitted;
import dev.redoubt.guard.Verdict.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class GateTest {

  private static final Action WRITE =
      new Action.Write(Path.of("/work/README.md"), Content.of("hello"));
  private static final Approver YES = (_, _) -> Answer.YES;
  private static final Allow ALLOWED = new Allow("a.fine", "fine");
  private static final Ask ASKED = new Ask("b.sure", "sure?", List.of("write:README.md"));
  private static final Deny DENIED = new Deny("c.outside", "outside the workspace", List.of());

  private final Guard allow = new FakeGuard("allow", () -> ALLOWED);
  private final Guard ask = new FakeGuard("ask", () -> ASKED);
  private final Guard deny = new FakeGuard("deny", () -> DENIED);

  @Test
  void guardsThatAllAllowYieldAPermitForThatVeryAction() throws Exception {
    assertThat(gate(Approver.NEVER, allow, allow).judge(WRITE))
        .isInstanceOfSatisfying(
            Permitted.class, permitted -> assertThat(permitted.permit().spend()).isSameAs(WRITE));
  }

  @Test
  void theStrictestDecisionStandsInAnyOrder() throws Exception {
    var expected = new Refused("deny", DENIED);

    assertThat(gate(YES, deny, ask, allow).judge(WRITE)).isEqualTo(expected);
    assertThat(gate(YES, allow, ask, deny).judge(WRITE)).isEqualTo(expected);
  }

  @Test
  void betweenEquallyStrictGuardsTheEarlierStands() throws Exception {
    var later = new FakeGuard("later", () -> new Deny("d.later", "later", List.of()));

    assertThat(gate(YES, deny, later).judge(WRITE)).isEqualTo(new Refused("deny", DENIED));
  }

  @Test
  void aPersonSettlesAQuestion() throws Exception {
    assertThat(gate(YES, allow, ask).judge(WRITE)).isInstanceOf(Permitted.class);
    assertThat(gate(Approver.NEVER, allow, ask).judge(WRITE)).isEqualTo(new Refused("ask", ASKED));
  }

  @Test
  void aFailingGuardDenies() throws Exception {
    var failing = new FakeGuard("failing", List.<Decision>of()::getFirst);

    assertThat(gate(YES, failing, allow).judge(WRITE))
        .isEqualTo(
            new Refused(
                "failing",
                new Deny("gate.guard-failed", "a guard failed, so the answer is no", List.of())));
  }

  @Test
  void aGateWithoutGuardsDenies() throws Exception {
    assertThat(gate(YES).judge(WRITE))
        .isEqualTo(
            new Refused("gate", new Deny("gate.no-guard", "no guard is configured", List.of())));
  }

  @Test
  void aDecisionThatCannotBeLoggedPermitsNothing() throws Exception {
    DecisionLog full =
        (_, _, _) -> {
          throw new IOException("no space left");
        };

    assertThat(new Gate(List.of(allow), YES, full).judge(WRITE))
        .isEqualTo(
            new Refused(
                "gate",
                new Deny(
                    "gate.log-failed", "the decision could not be written to the log", List.of())));
  }

  @Test
  void everyDecisionIsLoggedBeforeAPersonIsAsked() throws Exception {
    List<String> order = new ArrayList<>();
    Approver approver =
        (_, _) -> {
          order.add("asked");
          return Answer.NO;
        };

    new Gate(List.of(allow, ask), approver, (_, guard, _) -> order.add("logged " + guard))
        .judge(WRITE);

    assertThat(order).containsExactly("logged ask", "asked");
  }

  @Test
  void aPermitNamesItsActionAndWhyItWasGiven() throws Exception {
    Permit permit = ((Permitted) gate(YES, allow).judge(WRITE)).permit();

    assertThat(permit.action()).isSameAs(WRITE);
    assertThat(permit.decision()).isEqualTo(ALLOWED);
  }

  @Test
  void theStricterOfTwoDecisionsStandsAndTheFirstOfEquals() {
    Deny later = new Deny("d.later", "later", List.of());

    assertThat(ALLOWED.or(ASKED)).isSameAs(ASKED);
    assertThat(ASKED.or(ALLOWED)).isSameAs(ASKED);
    assertThat(ASKED.or(DENIED)).isSameAs(DENIED);
    assertThat(DENIED.or(later)).isSameAs(DENIED);
  }

  @Test
  void aPermitIsSpentOnce() throws Exception {
    Permit permit = ((Permitted) gate(YES, allow).judge(WRITE)).permit();
    permit.spend();

    assertThatThrownBy(permit::spend).isInstanceOf(IllegalStateException.class);
  }

  private static Gate gate(Approver approver, Guard... guards) {
    return new Gate(List.of(guards), approver, DecisionLog.NONE);
  }

  private record FakeGuard(String name, Supplier<Decision> answer) implements Guard {
    @Override
    public Decision review(Action action) {
      return answer.get();
    }
  }
}
