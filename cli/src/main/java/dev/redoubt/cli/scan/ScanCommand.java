// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.config.Settings;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.scan.reports.BuiltInReports;
import dev.redoubt.scan.reports.ConsoleReport;
import dev.redoubt.scan.reports.ReportFormat;
import dev.redoubt.scan.reports.ScanReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt scan`: inventory, findings, reach and a verdict for a folder and this machine's agents.
public final class ScanCommand implements Command {

  @Override
  public CommandSpec spec() {
    return ScanOptions.spec();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt scan .",
        "redoubt scan --demo",
        "redoubt scan . --fail-on high --strict",
        "redoubt scan . -f sarif -o redoubt.sarif",
        "redoubt scan . --baseline last.json --fail-on any");
  }

  @Override
  public int run(Call call) {
    DigestedReport format = new DigestedReport(format(call));
    ScanRun run = new ScanRun(call, Settings.of(call));
    boolean demo = call.has("--demo");
    if (!demo) {
      EvidenceLog.warmUp();
    }
    ScanReport report = demo ? run.demo() : run.scan(target(call));
    tell(call, format, report);
    if (!demo) {
      ScanEvidence.write(call, report, call.resolve(target(call)).normalize().toString(), format);
    }
    return report.judgement().verdict().exitCode();
  }

  private static void tell(Call call, ReportFormat format, ScanReport report) {
    Optional<Path> file = call.path("--output");
    if (file.isPresent()) {
      ReportFile.write(file.get(), format, report);
      call.world().out().print(Summary.of(report, file.get()));
    } else {
      print(format, report, call);
    }
  }

  private static String target(Call call) {
    return call.parameter(0).orElse(".");
  }

  private static ReportFormat format(Call call) {
    String id = ScanOptions.format(call);
    boolean toFile = call.has("--output");
    boolean colored =
        !toFile && call.globals().colored(call.world().streams().terminals().out(), call.world());
    return BuiltInReports.named(id, colored, toFile ? ConsoleReport.USUAL_COLUMNS : columns(call))
        .orElseThrow(() ->
            new UsageException(
                "-f \"%s\" is not one of %s"
                    .formatted(id, String.join(", ", BuiltInReports.ids()))));
  }

  /* What is no number is as good as nothing: 80 columns fit everywhere. */
  private static int columns(Call call) {
    String columns = call.world().environment().getOrDefault("COLUMNS", "");
    return columns.matches("[0-9]{1,5}") ? Integer.parseInt(columns) : ConsoleReport.USUAL_COLUMNS;
  }

  private static void print(ReportFormat format, ScanReport report, Call call) {
    try {
      format.write(report, call.world().out());
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE, "cannot write the report: " + e.getMessage(), e);
    }
  }
}
