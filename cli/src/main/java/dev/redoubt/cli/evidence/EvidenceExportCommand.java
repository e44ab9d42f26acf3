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
                "--format"))
        .addOption(
            EvidenceOutput.value(
                "URL",
                "Send OTLP/JSON logs to this collector; headers from OTEL_EXPORTER_OTLP_HEADERS.",
                OtlpOptions.ENDPOINT));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt evidence export -o evidence.zip",
        "redoubt evidence export guard --format otlp -o logs.jsonl",
        "redoubt evidence export --otlp-endpoint https://collector.example:4318");
  }

  @Override
  public int run(Call call) {
    boolean sends = call.has(OtlpOptions.ENDPOINT);
    if (sends && (call.has("--output") || call.has("--format"))) {
      throw new UsageException("%s goes without -o and -f".formatted(OtlpOptions.ENDPOINT));
    }
    EvidenceFolder folder = EvidenceTarget.folder(call);
    List<String> names = names(call, folder);
    return sends ? send(call, folder, names) : write(call, folder, names);
  }

  private static List<String> names(Call call, EvidenceFolder folder) {
    List<String> streams = folder.streams();
    Optional<String> wanted = call.parameter(0);
    if (wanted.isPresent() && !streams.contains(wanted.get())) {
      throw new UsageException("there is no stream \"%s\"".formatted(wanted.get()));
    }
    return wanted.map(List::of).orElse(streams);
  }

  private static int write(Call call, EvidenceFolder folder, List<String> names) {
    Path target =
        call.path("--output")
            .orElseThrow(() -> new UsageException("-o FILE says where to write to"));
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
        whole &= isWhole(call, OtlpLogs.write(StreamSource.of(folder, name), out));
      }
    }
    return whole ? ExitCode.OK : ExitCode.NO;
  }

  private static int send(Call call, EvidenceFolder folder, List<String> names) {
    OtlpEndpoint endpoint = OtlpOptions.endpoint(call);
    boolean whole = true;
    try {
      for (String name : names) {
        whole &= isWhole(call, OtlpLogs.write(StreamSource.of(folder, name), endpoint));
      }
    } catch (IOException e) {
      throw EvidenceOutput.unreadable(folder.path().toString(), e);
    }
    endpoint.warnings().forEach(warning -> CommandOutput.note(call, "redoubt: %s", warning));
    if (endpoint.rejected() > 0) {
      return ErrorCode.EXPORT.kind().exitCode();
    }
    CommandOutput.line(call, "%d records of %d streams sent", endpoint.sent(), names.size());
    return whole ? ExitCode.OK : ExitCode.NO;
  }

  private static boolean isWhole(Call call, Optional<Broken> broken) {
    broken.ifPresent(entry -> CommandOutput.note(call, "redoubt: exported up to %s", entry));
    return broken.isEmpty();
  }
}
