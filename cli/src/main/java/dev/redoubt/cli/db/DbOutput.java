// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.db;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What the commands of this family share: the choice of words or JSON, and ages.
final class DbOutput {

  private DbOutput() {}

  /// Adds `-f FORMAT` and `--json`.
  static CommandSpec withFormat(CommandSpec spec) {
    return spec.addOption(
            OptionSpec.builder("-f", "--format")
                .paramLabel("FORMAT")
                .type(String.class)
                .completionCandidates(List.of("text", "json"))
                .description("text or json.")
                .build())
        .addOption(OptionSpec.builder("--json").description("The same as -f json.").build());
  }

  /// Returns whether the answer is one JSON object.
  static boolean isJson(Call call) {
    Optional<String> format = call.text("--format");
    if (format.isPresent() && !List.of("text", "json").contains(format.get())) {
      throw new UsageException("-f \"%s\" is not text or json".formatted(format.get()));
    }
    return call.has("--json") || format.filter("json"::equals).isPresent();
  }

  /// Returns how old `asOf` is in words, `unknown` for the epoch.
  static String age(Instant asOf, Instant now) {
    if (asOf.equals(Instant.EPOCH)) {
      return "unknown";
    }
    long days = Math.max(0, Duration.between(asOf, now).toDays());
    return days == 1 ? "1 day" : days + " days";
  }
}
