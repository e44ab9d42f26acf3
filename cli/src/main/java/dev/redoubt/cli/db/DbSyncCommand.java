// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.db;

import dev.redoubt.advisory.intake.ImportReport;
import dev.redoubt.advisory.sync.AdvisorySync;
import dev.redoubt.advisory.sync.AdvisorySync.Origins;
import dev.redoubt.advisory.sync.AdvisorySync.SyncReport;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.GlobalOptions;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.config.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt db sync`: downloads the public feeds, or a mirror of them, and imports what changed.
///
/// Connects to the three addresses and nowhere else. A mirror is named by a flag, else by the
/// variable `REDOUBT_ADVISORIES_OSV_URL`, `…_KEV_URL` or `…_EPSS_URL`, else in the user's
/// configuration.
public final class DbSyncCommand implements Command {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public CommandSpec spec() {
    return DbOutput.withFormat(CommandSpec.create())
        .addOption(
            OptionSpec.builder("--ecosystem")
                .paramLabel("NAME")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Sync this ecosystem, as OSV names it; may be given more than once.")
                .build())
        .addOption(url("--osv-url", "The folder above <Ecosystem>/all.zip."))
        .addOption(url("--kev-url", "The KEV catalogue in JSON."))
        .addOption(url("--epss-url", "The EPSS scores in CSV or CSV.gz."));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt db sync",
        "redoubt db sync --ecosystem npm --ecosystem PyPI --osv-url https://mirror.example/osv");
  }

  @Override
  public int run(Call call) {
    boolean json = DbOutput.isJson(call);
    if (call.globals().network() == GlobalOptions.Network.OFF) {
      throw new UsageException("db sync connects to the feeds, and --offline forbids it");
    }
    Origins origins = FeedAddresses.of(call, Settings.of(call).advisories());
    SyncReport report;
    try (DbProgress progress = new DbProgress(call)) {
      report =
          new AdvisorySync(
                  call.globals().dataDir(),
                  new WebRemote(PATIENCE),
                  call.world().clock(),
                  PATIENCE,
                  progress)
              .run(origins, ecosystems(call.texts("--ecosystem")));
    }
    if (json) {
      json(call, report);
    } else {
      text(call, report);
    }
    return ExitCode.OK;
  }

  private static List<String> ecosystems(List<String> asked) {
    List<String> names =
        asked.stream()
            .flatMap(name -> Arrays.stream(name.split(",", -1)))
            .map(String::strip)
            .map(DbSyncCommand::spelled)
            .distinct()
            .toList();
    if (names.contains("")) {
      throw new UsageException("--ecosystem \"%s\" names nothing".formatted(asked));
    }
    return names.isEmpty() ? AdvisorySync.ECOSYSTEMS : names;
  }

  private static String spelled(String name) {
    return AdvisorySync.ECOSYSTEMS.stream()
        .filter(known -> known.equalsIgnoreCase(name))
        .findFirst()
        .orElse(name);
  }

  private static void text(Call call, SyncReport report) {
    for (ImportReport imported : report.imported()) {
      imported.warnings().forEach(warning -> CommandOutput.note(call, "warning: %s", warning));
      CommandOutput.line(
          call,
          "imported %,d records from %s; %,d rejected",
          imported.records(),
          imported.source(),
          imported.rejected().count());
    }
    if (report.kev() != null) {
      CommandOutput.line(call, "imported %,d KEV entries", report.kev().entries());
    }
    if (report.epss() != null) {
      CommandOutput.line(call, "imported %,d EPSS entries", report.epss().entries());
    }
    report.unchanged().forEach(address -> CommandOutput.line(call, "unchanged %s", address));
  }

  private static void json(Call call, SyncReport report) {
    CommandOutput.json(
        call,
        json -> {
          json.writeArrayPropertyStart("imported");
          for (ImportReport imported : report.imported()) {
            json.writeStartObject();
            json.writeStringProperty("source", imported.source());
            json.writeNumberProperty("records", imported.records());
            DbJson.rejected(json, imported.rejected());
            DbJson.texts(json, "warnings", imported.warnings());
            json.writeEndObject();
          }
          json.writeEndArray();
          DbJson.texts(json, "unchanged", report.unchanged());
          DbJson.feed(json, "kev", report.kev());
          DbJson.feed(json, "epss", report.epss());
        });
  }

  private static OptionSpec url(String name, String description) {
    return OptionSpec.builder(name)
        .paramLabel("URL")
        .type(String.class)
        .description(description)
        .build();
  }
}
