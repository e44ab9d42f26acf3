// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.redoubt.guard.Effect;
import java.util.List;
import java.util.Map;

/// A condition in the Common Expression Language. Immutable, safe to share.
///
/// An expression has at most [#LONGEST] characters and one evaluation at most [#MOST_STEPS] rounds
/// of its loops. The classes of the language are loaded by the first condition of a policy, which
/// most policies never have.
final class CelCondition implements When {

  static final int LONGEST = 2_000;
  static final int MOST_STEPS = 10_000;

  private static final int DEEPEST = 32;

  private final String source;
  private final CelRuntime.Program program;

  private CelCondition(String source, CelRuntime.Program program) {
    this.source = requireNonNull(source, "source");
    this.program = requireNonNull(program, "program");
  }

  /// Returns the condition written as `source`.
  ///
  /// @throws IllegalArgumentException if it is none, or no yes-or-no question; the message says why
  static When of(String source) {
    Cel cel =
        CelFactory.legacyCelBuilder()
            .setOptions(
                CelOptions.current()
                    .maxExpressionCodePointSize(LONGEST)
                    .maxParseRecursionDepth(DEEPEST)
                    .comprehensionMaxIterations(MOST_STEPS)
                    .build())
            .addVar("action", SimpleType.STRING)
            .addVar("argv", ListType.create(SimpleType.STRING))
            .addVar("path", SimpleType.STRING)
            .addVar("host", SimpleType.STRING)
            .addVar("port", SimpleType.INT)
            .addVar("server", SimpleType.STRING)
            .addVar("tool", SimpleType.STRING)
            .addVar("args", SimpleType.DYN)
            .addVar("workspace", SimpleType.STRING)
            .addVar("trusted", SimpleType.BOOL)
            .addVar("wall", SimpleType.STRING)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(SimpleType.BOOL)
            .build();
    try {
      return new CelCondition(source, cel.createProgram(cel.compile(source).getAst()));
    } catch (CelValidationException e) {
      throw new IllegalArgumentException("condition \"%s\": %s".formatted(source, first(e)), e);
    } catch (CelEvaluationException | RuntimeException e) {
      throw new IllegalArgumentException("condition \"%s\" cannot be read".formatted(source), e);
    }
  }

  private static String first(CelValidationException e) {
    List<CelIssue> issues = e.getErrors();
    if (issues.isEmpty()) {
      return "it is not understood";
    }
    // The candidates come in another order each time.
    String message = issues.getFirst().getMessage();
    int candidates = message.indexOf(" (candidates");
    return "%s (at character %d)"
        .formatted(
            candidates < 0 ? message : message.substring(0, candidates),
            issues.getFirst().getSourceLocation().getColumn() + 1);
  }

  @Override
  public boolean holds(Effect effect, Scene scene, Certainty certainty) {
    if (certainty == Certainty.POSSIBLE && !CelVariables.isExact(effect)) {
      return true;
    }
    for (Map<String, Object> variables : CelVariables.of(effect, scene)) {
      boolean held = holds(variables, certainty);
      if (held == (certainty == Certainty.POSSIBLE)) {
        return held;
      }
    }
    return certainty == Certainty.SURE;
  }

  private boolean holds(Map<String, Object> variables, Certainty certainty) {
    try {
      return program.eval(variables) instanceof Boolean held
          ? held
          : certainty == Certainty.POSSIBLE;
    } catch (CelEvaluationException | RuntimeException | StackOverflowError e) {
      return certainty == Certainty.POSSIBLE;
    }
  }

  @Override
  public String source() {
    return source;
  }
}
