// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.db;

import dev.redoubt.advisory.database.AdvisoryFile;
import dev.redoubt.advisory.database.Source;
import dev.redoubt.advisory.enrichment.Enrichment;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.model.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.core.JsonGenerator;

/// `redoubt db status`: what was imported, from where, how old it is and what could not be read.
///
/// Ends with 4 when a file is damaged; the others are shown all the same.
public final class DbStatusCommand implements Command {

  @Override
  public CommandSpec spec() {
    return DbOutput.withFormat(CommandSpec.create());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt db status", "redoubt db status --json");
  }

  @Override
  public int run(Call call) {
    boolean json = DbOutput.isJson(call);
    DbFiles database = DbFiles.open(call.globals().dataDir());
    if (json) {
      CommandOutput.json(call, out -> json(out, database));
    } else {
      text(call, database);
    }
    return database.damaged().isEmpty() ? ExitCode.OK : ErrorCode.ADVISORY_FILE.kind().exitCode();
  }

  private static void text(Call call, DbFiles database) {
    Instant now = call.world().clock().instant();
    if (database.files().isEmpty()) {
      CommandOutput.line(
          call, "no advisories in %s: run redoubt db sync or redoubt db import", database.folder());
    }
    for (AdvisoryFile file : database.files()) {
      CommandOutput.line(
          call,
          "%s: %,d records, %,d in force, %,d bytes, sha256 %s",
          file.ecosystem(),
          file.size(),
          file.active(),
          file.length(),
          file.sha256());
      file.sources().forEach(source -> source(call, source, now));
    }
    feed(call, "KEV", database.enrichment().kev(), now);
    feed(call, "EPSS", database.enrichment().epss(), now);
    database.damaged().forEach(message -> CommandOutput.note(call, "redoubt: %s", message));
  }

  private static void source(Call call, Source source, Instant now) {
    String licence = source.origin().licence();
    CommandOutput.line(
        call,
        "  %s: %,d records, newest %s old, imported %s, licence %s, %,d rejected, sha256 %s",
        source.name(),
        source.records(),
        DbOutput.age(source.asOf(), now),
        source.imported(),
        licence == null ? "unknown" : licence,
        source.rejected().count(),
        source.origin().sha256());
    source
        .rejected()
        .first()
        .forEach(reason -> CommandOutput.line(call, "    rejected: %s", reason));
  }

  private static void feed(Call call, String name, Optional<Enrichment.State> state, Instant now) {
    state.ifPresentOrElse(
        known ->
            CommandOutput.line(
                call,
                "%s: %,d entries, %s old, imported %s, %,d rejected, from %s, sha256 %s",
                name,
                known.entries(),
                DbOutput.age(known.feed().asOf(), now),
                known.feed().imported(),
                known.feed().rejected(),
                known.feed().source(),
                known.feed().sha256()),
        () -> CommandOutput.line(call, "%s: not imported", name));
  }

  private static void json(JsonGenerator json, DbFiles database) {
    json.writeStringProperty("path", database.folder().toString());
    json.writeArrayPropertyStart("ecosystems");
    database.files().forEach(file -> DbJson.file(json, file));
    json.writeEndArray();
    DbJson.feed(json, "kev", database.enrichment().kev().orElse(null));
    DbJson.feed(json, "epss", database.enrichment().epss().orElse(null));
    DbJson.texts(json, "damaged", database.damaged());
  }
}
