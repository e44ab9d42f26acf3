// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Situation.Wall;

/// What answers a question of the guard.
public enum Approval {
  /// Nobody: a question is a no. The default without a terminal.
  DENY,
  /// Yes inside a wall that holds, else no.
  WORKSPACE,
  /// Yes, always. A deny stays a deny.
  ALLOW,
  /// The person at the terminal. The default with one.
  PERSON;

  /// Returns what `--approval` says, or what is usual here.
  public static Approval of(Call call) {
    String mode = call.text("--approval").orElse("");
    boolean person =
        call.world().streams().terminals().in() && call.world().streams().terminals().err();
    return switch (mode) {
      case "" -> person ? PERSON : DENY;
      case "deny" -> DENY;
      case "workspace" -> WORKSPACE;
      case "allow" -> ALLOW;
      default ->
          throw new UsageException(
              "--approval \"%s\" is not deny, workspace or allow".formatted(mode));
    };
  }

  /// Returns who answers behind `wall`.
  public Approver approver(Call call, Wall wall) {
    return switch (this) {
      case DENY -> Approver.NEVER;
      case WORKSPACE -> wall == Wall.HELD ? (_, _) -> Approver.Answer.YES : Approver.NEVER;
      case ALLOW -> (_, _) -> Approver.Answer.YES;
      case PERSON -> new TerminalApprover(call);
    };
  }
}
