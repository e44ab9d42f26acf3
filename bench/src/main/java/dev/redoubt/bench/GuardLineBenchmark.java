// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.bench;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.policy.BuiltInPolicy;
import dev.redoubt.guard.policy.PolicyGuard;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// One shell line judged by the built-in policy, warm and lexical. Not final: JMH extends it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GuardLineBenchmark {

  /// The line.
  @Param({
    "ls -la",
    "git log --oneline -5",
    "rg foo src | head -20",
    "cd src && mvn -q test 2>&1 | tail -40",
    "for f in src/*.c; do wc -l \"$f\"; done",
    "timeout 60 bash -c 'cat README.md; echo $(git rev-parse HEAD)'",
    "find . -name '*.java' -exec grep -l TODO {} + | sort | uniq -c && rm -rf ~/x"
  })
  public String line = "";

  private final Situation situation =
      new Situation("/w", Situation.Trust.TRUSTED, Situation.Wall.NONE, "/home/u");
  private final PolicyGuard guard =
      new PolicyGuard(new BuiltInPolicy(FileFacts.NONE, NameResolver.NONE), situation);
  private Action action = new Action.Read(Path.of("/w"));

  /// Makes the action of the line.
  @Setup
  public void prepare() {
    action =
        new Action.Run(
            new Program.Line(Program.Shell.BASH, line),
            Path.of("/w"),
            Map.of(),
            Action.Input.NOTHING);
  }

  /// Judges it.
  @Benchmark
  public Decision judge() {
    return guard.review(action);
  }
}
