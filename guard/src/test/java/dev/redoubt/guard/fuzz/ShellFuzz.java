// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.fuzz;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.policy.BuiltInPolicy;
import dev.redoubt.guard.policy.Judgement;
import dev.redoubt.guard.policy.PolicyGuard;
import dev.redoubt.guard.shell.ParseResult;
import dev.redoubt.guard.shell.ShellParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// What holds for every line of Bash: reading and judging it never throws, and what is allowed was
/// understood and hides nothing that comes after it.
public final class ShellFuzz {

  private static final PolicyGuard GUARD =
      new PolicyGuard(
          new BuiltInPolicy(FileFacts.NONE, NameResolver.NONE),
          new Situation(
              "/home/dev/project", Situation.Trust.TRUSTED, Situation.Wall.NONE, "/home/dev"));

  private ShellFuzz() {}

  /// Called by the fuzzer.
  public static void fuzzerTestOneInput(byte[] data) {
    check(new String(data, StandardCharsets.UTF_8));
  }

  /// @throws AssertionError if one of the properties does not hold for `line`
  static void check(String line) {
    Judgement judgement = judge(line);
    if (!(judgement.decision() instanceof Decision.Allow)) {
      return;
    }
    if (!(ShellParser.parse(line) instanceof ParseResult.Parsed)) {
      throw new AssertionError("allowed and not understood: " + line);
    }
    for (Judgement.Part part : judgement.parts()) {
      if (part.effect() instanceof Effect.Opaque || !(part.decision() instanceof Decision.Allow)) {
        throw new AssertionError("allowed with " + part + ": " + line);
      }
    }
    if (judge(line + "\nrm -rf ~/x").decision() instanceof Decision.Allow) {
      throw new AssertionError("hides the line after it: " + line);
    }
    if (judge("rm -rf ~/x\n" + line).decision() instanceof Decision.Allow) {
      throw new AssertionError("hides the line before it: " + line);
    }
  }

  private static Judgement judge(String line) {
    return GUARD.judge(
        new Action.Run(
            new Program.Line(Program.Shell.BASH, line),
            Path.of("/home/dev/project"),
            Map.of(),
            Action.Input.NOTHING));
  }
}
