// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.debug;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.debug.PurlConformance.Result;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt debug purl`: runs a test file of the purl specification, read from standard input.
///
/// Prints one line per test that was not met, then the counts. Ends with 1 when a required test was
/// not met, with 2 when the input is no test file.
public final class DebugPurlCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt debug purl < tests/types/npm-test.json",
        "redoubt debug purl < tests/spec/specification-test.json");
  }

  @Override
  public int run(Call call) {
    Result result =
        PurlConformance.run(input(call.world().streams().in()))
            .orElseThrow(() -> new UsageException("standard input has no list \"tests\""));
    PrintStream out = call.world().out();
    result.complaints().forEach(out::println);
    out.println(result.summary());
    return result.failed() == 0 ? ExitCode.OK : ExitCode.NO;
  }

  private static Node input(InputStream in) {
    try {
      int limit = Math.toIntExact(Limits.SCAN.bytes()) + 1;
      return Json.read(in.readNBytes(limit), Limits.SCAN);
    } catch (DocumentException e) {
      throw new UsageException("standard input, line %s: %s".formatted(e.line(), e.getMessage()));
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "cannot read standard input: " + e.getMessage(), e);
    }
  }
}
