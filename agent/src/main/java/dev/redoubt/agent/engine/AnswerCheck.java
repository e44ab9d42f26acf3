// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.schemas.JsonSchema;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Checks that the last words of a model are JSON of the shape that was asked for. It may try again
/// once.
///
/// @param schema the shape
public record AnswerCheck(JsonSchema schema) implements FinalCheck {

  private static final Limits LIMITS = new Limits(4L << 20, 200, 200_000);

  public AnswerCheck {
    requireNonNull(schema, "schema");
  }

  @Override
  public Optional<String> objection(String text, Effects effects) {
    try {
      byte[] json = unfenced(text).getBytes(StandardCharsets.UTF_8);
      List<String> problems = schema.problems(Json.readStrict(json, LIMITS));
      return problems.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "Your answer does not satisfy the schema: %s. Answer again with the JSON value alone."
                  .formatted(String.join("; ", problems)));
    } catch (DocumentException e) {
      return Optional.of(
          "Your answer has to be JSON that satisfies the schema, and %s. Answer again with the JSON"
                  .formatted(e.getMessage())
              + " value alone.");
    }
  }

  @Override
  public int repairs() {
    return 1;
  }

  /// Returns `text` without the fence that models like to put around code.
  public static String unfenced(String text) {
    String plain = text.strip();
    int begin = plain.indexOf('\n');
    return plain.startsWith("```") && plain.endsWith("```") && begin > 0 && plain.length() > 6
        ? plain.substring(begin + 1, plain.length() - 3).strip()
        : plain;
  }
}
