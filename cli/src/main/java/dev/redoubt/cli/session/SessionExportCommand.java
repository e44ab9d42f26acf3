// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.session;

import dev.redoubt.advisory.files.AtomicFile;
import dev.redoubt.agent.sessions.SessionExport;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.agent.sessions.SessionReader;
import dev.redoubt.agent.sessions.SessionReader.Recorded;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt session export`: a session as Markdown or as one HTML page.
public final class SessionExportCommand implements Command {

  @Override
  public CommandSpec spec() {
    return SessionOptions.of("ID", "The session, or the beginning of its id.")
        .addOption(SessionOptions.value("--format", "F", "markdown or html; markdown."))
        .addOption(SessionOptions.value("-o", "FILE", "Write it there."));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt session export 20261122 --format html -o session.html",
        "redoubt session export 20261122");
  }

  @Override
  public int run(Call call) {
    SessionId session = SessionOptions.session(call);
    List<Recorded> events = SessionReader.read(SessionOptions.folder(call), session);
    String format = call.text("--format").orElse("markdown");
    String text =
        switch (format) {
          case "markdown" -> SessionExport.markdown(session, events);
          case "html" -> SessionExport.html(session, events);
          default ->
              throw new UsageException("--format \"%s\" is not markdown or html".formatted(format));
        };
    Optional<Path> file = call.path("-o");
    if (file.isPresent()) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      try (AtomicFile written = AtomicFile.stage(file.get(), List.of(ByteBuffer.wrap(bytes)))) {
        written.publish();
      }
      CommandOutput.line(call, "%s written", file.get());
    } else {
      call.world().out().print(text);
    }
    return ExitCode.OK;
  }
}
