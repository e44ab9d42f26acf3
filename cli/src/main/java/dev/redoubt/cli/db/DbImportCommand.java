// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.db;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.advisory.enrichment.Enrichment;
import dev.redoubt.advisory.enrichment.EpssImport;
import dev.redoubt.advisory.enrichment.KevImport;
import dev.redoubt.advisory.enrichment.StagedFeed;
import dev.redoubt.advisory.intake.AdvisoryImport;
import dev.redoubt.advisory.intake.Bounds;
import dev.redoubt.advisory.intake.ImportReport;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.core.JsonGenerator;

/// `redoubt db import`: compiles OSV records, the KEV catalogue and EPSS scores.
///
/// All of them are read before any of them is published: when one is no good nothing changes.
public final class DbImportCommand implements Command {

  @Override
  public CommandSpec spec() {
    return DbOutput.withFormat(CommandSpec.create())
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .paramLabel("FILE|DIR")
                .type(String.class)
                .description("An OSV export (zip), a folder of exports or records, or one record.")
                .build())
        .addOption(file("--kev", "The CISA catalogue of known exploited vulnerabilities, JSON."))
        .addOption(file("--epss", "The EPSS scores of FIRST, CSV or CSV.gz."))
        .addOption(
            OptionSpec.builder("--source")
                .paramLabel("NAME")
                .type(String.class)
                .description("Keep the records under this name instead of their path.")
                .build());
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt db import osv/npm/all.zip",
        "redoubt db import osv --kev known_exploited_vulnerabilities.json --epss epss.csv.gz");
  }

  @Override
  public int run(Call call) {
    boolean json = DbOutput.isJson(call);
    Optional<Path> input = call.parameter(0).map(call::resolve);
    if (input.isEmpty() && call.text("--kev").isEmpty() && call.text("--epss").isEmpty()) {
      throw new UsageException("give a FILE or DIR to import, --kev FILE or --epss FILE");
    }
    Path dataDir = call.globals().dataDir();
    Path folder = AdvisoryDatabase.folder(dataDir);
    Clock clock = call.world().clock();
    try (StagedFeed kev =
            staged(call, "--kev", file -> KevImport.stage(folder, file, file.toString(), clock));
        StagedFeed epss =
            staged(call, "--epss", file -> EpssImport.stage(folder, file, file.toString(), clock));
        DbProgress progress = new DbProgress(call)) {
      ImportReport report = null;
      if (input.isPresent()) {
        report =
            new AdvisoryImport(dataDir, clock, Bounds.IMPORT, progress)
                .run(request(call, input.get()));
      }
      publish(kev);
      publish(epss);
      progress.clear();
      Imported imported = new Imported(report, state(kev), state(epss));
      if (json) {
        imported.writeJson(call);
      } else {
        imported.writeText(call);
      }
    }
    return ExitCode.OK;
  }

  private static AdvisoryImport.Request request(Call call, Path input) {
    AdvisoryImport.Request request = AdvisoryImport.Request.of(input);
    return call.text("--source")
        .map(name -> new AdvisoryImport.Request(input, name, null))
        .orElse(request);
  }

  private static @Nullable StagedFeed staged(
      Call call, String option, Function<Path, StagedFeed> stage) {
    return call.path(option).map(stage).orElse(null);
  }

  private static void publish(@Nullable StagedFeed staged) {
    if (staged != null) {
      staged.publish();
    }
  }

  private static Enrichment.@Nullable State state(@Nullable StagedFeed staged) {
    return staged == null ? null : staged.state();
  }

  private static OptionSpec file(String name, String description) {
    return OptionSpec.builder(name)
        .paramLabel("FILE")
        .type(String.class)
        .description(description)
        .build();
  }

  /// What was imported.
  private record Imported(
      @Nullable ImportReport report,
      Enrichment.@Nullable State kev,
      Enrichment.@Nullable State epss) {

    void writeText(Call call) {
      if (report != null) {
        report.warnings().forEach(warning -> CommandOutput.note(call, "warning: %s", warning));
        report
            .rejected()
            .first()
            .forEach(reason -> CommandOutput.note(call, "rejected: %s", reason));
        for (ImportReport.Published published : report.ecosystems()) {
          CommandOutput.line(
              call,
              "%-12s %,9d records, %,d with those of other sources, %,d bytes",
              published.ecosystem(),
              published.records(),
              published.total(),
              published.bytes());
        }
        CommandOutput.line(
            call,
            "imported %,d records from %s; %,d rejected, %,d name no package",
            report.records(),
            report.source(),
            report.rejected().count(),
            report.withoutPackage());
      }
      writeText(call, "KEV", kev);
      writeText(call, "EPSS", epss);
    }

    private static void writeText(Call call, String name, Enrichment.@Nullable State state) {
      if (state != null) {
        CommandOutput.line(
            call,
            "imported %,d %s entries as of %s; %,d rejected",
            state.entries(),
            name,
            state.feed().asOf(),
            state.feed().rejected());
      }
    }

    void writeJson(Call call) {
      CommandOutput.json(
          call,
          json -> {
            if (report != null) {
              report(json, report);
            }
            DbJson.feed(json, "kev", kev);
            DbJson.feed(json, "epss", epss);
          });
    }

    private static void report(JsonGenerator json, ImportReport report) {
      json.writeStringProperty("source", report.source());
      json.writeNumberProperty("records", report.records());
      json.writeNumberProperty("withoutPackage", report.withoutPackage());
      DbJson.rejected(json, report.rejected());
      json.writeArrayPropertyStart("ecosystems");
      for (ImportReport.Published published : report.ecosystems()) {
        json.writeStartObject();
        json.writeStringProperty("ecosystem", published.ecosystem());
        json.writeNumberProperty("records", published.records());
        json.writeNumberProperty("total", published.total());
        json.writeNumberProperty("bytes", published.bytes());
        json.writeEndObject();
      }
      json.writeEndArray();
      DbJson.texts(json, "warnings", report.warnings());
    }
  }
}
