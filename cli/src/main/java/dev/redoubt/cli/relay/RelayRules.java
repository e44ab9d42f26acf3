// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.guard.StandingPolicy;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.relay.engine.Enforcement;
import dev.redoubt.relay.engine.Enforcement.Mode;
import dev.redoubt.relay.limits.Limit;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What lies beside the rules of a relay in the operator's own configuration, and changes with
/// them.
///
/// @param enforcement which rules stop messages
/// @param limits how often tools are called
record RelayRules(Enforcement enforcement, List<Limit> limits) {

  private static final String RULE = "policy.kept";

  RelayRules {
    requireNonNull(enforcement, "enforcement");
    limits = List.copyOf(limits);
  }

  /// Returns the rules of a relay, which follow their files. What becomes of changes is written to
  /// `evidence` and then said once on the errors.
  ///
  /// @param workspace the real path of the folder
  /// @param wall what surrounds the servers
  /// @param stream the stream of evidence of the relay
  /// @throws dev.redoubt.model.RedoubtException if a policy or the configuration is not understood
  static StandingPolicy<RelayRules> standing(
      Call call, Path workspace, Wall wall, EvidenceLog evidence, String stream) {
    Optional<Mode> typed = ProxyOptions.mode(call);
    return new StandingPolicy<>(
        call,
        workspace,
        wall,
        () -> {
          RelaySettings settings = RelaySettings.of(call);
          return new RelayRules(settings.enforcement(typed), settings.limits());
        },
        new Teller(call, evidence, stream));
  }

  private record Teller(Call call, EvidenceLog evidence, String stream)
      implements StandingPolicy.Told {

    @Override
    public void changed(List<Path> files) {
      List<String> names = files.stream().map(Path::toString).toList();
      evidence.append(
          new Event(
              "policy",
              stream,
              new Payload().texts("files", names).text("state", "changed").object()));
      CommandOutput.note(
          call,
          "redoubt: the policy has changed and counts from now on: %s",
          String.join(", ", names));
    }

    @Override
    public void kept(String problem) {
      evidence.append(
          new Event(
              "policy",
              stream,
              new Payload()
                  .text("reason", problem)
                  .text("rule", RULE)
                  .text("state", "kept")
                  .object()));
      CommandOutput.note(
          call,
          "redoubt: the policy has changed and cannot be used, so the one before goes on: %s  (%s)",
          problem,
          RULE);
    }
  }
}
