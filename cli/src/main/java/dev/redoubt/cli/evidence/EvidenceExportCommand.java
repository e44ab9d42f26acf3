// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.evidence;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.evidence.Broken;
import dev.redoubt.evidence.BundleWriter;
import dev.redoubt.evidence.EvidenceFolder;
import dev.redoubt.evidence.OtlpLogs;
import dev.redoubt.evidence.StreamSource;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt evidence export`: streams as they are in one file that verifies by itself, or as
/// OpenTelemetry logs.
public final class EvidenceExportCommand implements Command {

  @Override
  public CommandSpec spec() {
    return EvidenceOutput.withParameter(
            CommandSpec.create(), "STREAM", "The stream; all when left out.")
        .addOption(EvidenceOutput.value("FILE", "Where to write to.", "-o", "--output"))
        .addOption(
            EvidenceOutput.value(
                "FORMAT",
                "bundle (a ZIP that verifies) or otlp (OTLP/JSON logs).",
                "-f",
                "--format"));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt evidence export -o evidence.zip",
        "redoubt evidence export guard --format otlp -o logs.jsonl");
  }

  @Override
  public int run(Call call) {
    EvidenceFolder folder = EvidenceTarget.folder(call);
    Path target =
        call.path("--output")
            .orElseThrow(() -> new UsageException("-o FILE says where to write to"));
    List<String> streams = folder.streams();
    Optional<String> wanted = call.parameter(0);
    if (wanted.isPresent() && !streams.contains(wanted.get())) {
      throw new UsageException("there is no stream \"%s\"".formatted(wanted.get()));
    }
    List<String> names = wanted.map(List::of).orElse(streams);
    String format = call.text("--format").orElse("bundle");
    try {
      return switch (format) {
        case "bundle" -> {
          BundleWriter.write(folder, names, target);
          yield ExitCode.OK;
        }
        case "otlp" -> otlp(call, folder, names, target);
        default -> throw new UsageException("-f \"%s\" is not bundle or otlp".formatted(format));
      };
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE, "cannot export to \"%s\": %s".formatted(target, e.getMessage()), e);
    }
  }

  private static int otlp(Call call, EvidenceFolder folder, List<String> names, Path target)
      throws IOException {
    boolean whole = true;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
      for (String name : names) {
        Optional<Broken> broken = OtlpLogs.write(StreamSource.of(folder, name), out);
        if (broken.isPresent()) {
          whole = false;
          CommandOutput.note(call, "redoubt: exported up to %s", broken.get());
        }
      }
    }
    return whole ? ExitCode.OK : ExitCode.NO;
  }
}
