// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.evaluation;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.policy.BuiltInPolicy;
import dev.redoubt.guard.policy.Judgement;
import dev.redoubt.guard.policy.PolicyGuard;
import java.nio.file.Path;
import java.util.Map;

/// The guard as it is measured: built-in policy, trusted workspace, no wall, nothing asked of the
/// machine.
final class Bench {

  static final String WORKSPACE = "/home/dev/project";

  private static final PolicyGuard GUARD =
      new PolicyGuard(
          new BuiltInPolicy(FileFacts.NONE, NameResolver.NONE),
          new Situation(WORKSPACE, Situation.Trust.TRUSTED, Situation.Wall.NONE, "/home/dev"));

  private Bench() {}

  /// Returns the judgement on a line of Bash in the workspace.
  static Judgement judge(String line) {
    return GUARD.judge(
        new Action.Run(
            new Program.Line(Program.Shell.BASH, line),
            Path.of(WORKSPACE),
            Map.of(),
            Action.Input.NOTHING));
  }

  /// Returns `allow`, `ask` or `deny`.
  static String decide(String line) {
    return switch (judge(line).decision()) {
      case Decision.Allow _ -> "allow";
      case Decision.Ask _ -> "ask";
      case Decision.Deny _ -> "deny";
    };
  }
}
