// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.debug;

import dev.redoubt.advisory.versions.VersionOrder;
import dev.redoubt.advisory.versions.VersionOrders;
import dev.redoubt.advisory.versions.VersionVectors;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `redoubt debug compare-versions`: checks statements such as `1.0 < 1.1`, read from standard
/// input, against the version order of an ecosystem.
///
/// Prints one line per statement that does not hold, then the counts. Ends with 1 when a statement
/// does not hold, with 2 when the ecosystem is unknown or a line is no statement.
public final class DebugCompareVersionsCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("ECOSYSTEM")
                .type(String.class)
                .required(true)
                .description("An OSV ecosystem in any case, or semver, redhat.")
                .build());
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt debug compare-versions Maven < maven-versions.txt",
        "echo '1.0~rc1 < 1.0' | redoubt debug compare-versions Debian:12");
  }

  @Override
  public int run(Call call) {
    String ecosystem = call.parameter(0).orElse("");
    VersionOrder order =
        VersionOrders.forEcosystem(ecosystem)
            .orElseThrow(() ->
                new UsageException(
                    "\"%s\" is no ecosystem whose versions have a known order"
                        .formatted(ecosystem)));
    return switch (check(order, call)) {
      case VersionVectors.Result.Checked(int _, int failed) ->
          failed == 0 ? ExitCode.OK : ExitCode.NO;
      case VersionVectors.Result.Malformed(int _, String message) ->
          throw new UsageException("standard input, " + message);
    };
  }

  private static VersionVectors.Result check(VersionOrder order, Call call) {
    Reader lines =
        new BufferedReader(
            new InputStreamReader(call.world().streams().in(), StandardCharsets.UTF_8));
    try {
      return VersionVectors.check(order, lines, call.world().out());
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "cannot read standard input: " + e.getMessage(), e);
    }
  }
}
