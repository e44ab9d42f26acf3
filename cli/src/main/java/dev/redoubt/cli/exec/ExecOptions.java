// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.guard.GuardPolicy;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.ParserSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What `redoubt exec` was asked to do.
///
/// @param argv the command, as it was typed
/// @param workspace the real path of the folder that may be written
/// @param folder where the command starts, the workspace or below it
/// @param approval what answers a question
/// @param allowed how long the command may take
/// @param report where the report is written
public record ExecOptions(
    List<String> argv,
    Path workspace,
    Path folder,
    Approval approval,
    Optional<Duration> allowed,
    Optional<Path> report) {

  public ExecOptions {
    argv = List.copyOf(argv);
    requireNonNull(workspace, "workspace");
    requireNonNull(folder, "folder");
    requireNonNull(approval, "approval");
    requireNonNull(allowed, "allowed");
    requireNonNull(report, "report");
  }

  static CommandSpec spec() {
    return GuardPolicy.addTo(CommandSpec.create())
        .parser(new ParserSpec().stopAtPositional(true))
        .addOption(
            value(
                    "--sandbox",
                    "B",
                    "What surrounds it: local, bubblewrap, landlock, docker, ssh or auto.")
                .completionCandidates(
                    List.of("local", "bubblewrap", "landlock", "docker", "ssh", "auto"))
                .build())
        .addOption(
            value(
                    "--writes",
                    "MODE",
                    "Where writes go: direct, or staged until redoubt staged apply.")
                .completionCandidates(List.of("direct", "staged"))
                .build())
        .addOption(value("--workspace", "DIR", "The folder it may write; the current one.").build())
        .addOption(
            value(
                    "--approval",
                    "MODE",
                    "What answers a question: deny, workspace (yes inside a wall) or allow;"
                        + " a terminal asks you.")
                .completionCandidates(List.of("deny", "workspace", "allow"))
                .build())
        .addOption(
            value("--timeout", "TIME", "End it after this long: 90s, 10m or 2h; no limit.").build())
        .addOption(
            OptionSpec.builder("--no-undo")
                .description("Record nothing to undo the command with.")
                .build())
        .addOption(
            OptionSpec.builder("--inspect-tls")
                .description("Let the egress proxy open TLS; only the command trusts it.")
                .build())
        .addOption(value("--report", "FILE", "Write what came of it as JSON.").build())
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("CMD")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1..*")
                .description("The command and its arguments, after --.")
                .build());
  }

  private static OptionSpec.Builder value(String name, String label, String description) {
    return OptionSpec.builder(name).paramLabel(label).type(String.class).description(description);
  }

  static ExecOptions of(Call call) {
    List<String> argv = call.arguments().matchedPositionalValue(0, List.of());
    if (argv.isEmpty() || argv.getFirst().isEmpty()) {
      throw new UsageException("which command? redoubt exec -- CMD …");
    }
    Path current = real(call.world().folder(), "the current folder");
    Path workspace =
        call.path("--workspace").map(path -> real(path, "--workspace")).orElse(current);
    return new ExecOptions(
        argv,
        workspace,
        current.startsWith(workspace) ? current : workspace,
        Approval.of(call),
        call.text("--timeout").map(ExecOptions::duration),
        call.path("--report"));
  }

  /// Returns the real path of the folder `path`.
  public static Path real(Path path, String what) {
    try {
      Path real = path.toRealPath();
      if (Files.isDirectory(real)) {
        return real;
      }
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "%s \"%s\" is no folder".formatted(what, path));
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "%s \"%s\" cannot be read: %s".formatted(what, path, RedoubtException.reason(e)),
          e);
    }
  }

  /// Returns the time that `text` says.
  public static Duration duration(String text) {
    if (text.matches("[1-9][0-9]{0,6}[smh]")) {
      long number = Long.parseLong(text.substring(0, text.length() - 1));
      return switch (text.charAt(text.length() - 1)) {
        case 's' -> Duration.ofSeconds(number);
        case 'm' -> Duration.ofMinutes(number);
        default -> Duration.ofHours(number);
      };
    }
    throw new UsageException(
        "--timeout \"%s\" is no time in the manner of 90s, 10m or 2h".formatted(text));
  }
}
