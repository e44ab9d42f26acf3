// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.guard.Question.Subject;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The options with which `guard check` and `guard explain` are asked.
final class GuardOptions {

  private GuardOptions() {}

  /// Adds them to `spec`.
  static CommandSpec addTo(CommandSpec spec) {
    return addPolicy(spec)
        .addOption(value("--command", "LINE", "A line of Bash.").build())
        .addOption(value("--path", "P", "A path; read unless told otherwise.").build())
        .addOption(OptionSpec.builder("--write").description("The path is written.").build())
        .addOption(OptionSpec.builder("--delete").description("The path is deleted.").build())
        .addOption(value("--url", "U", "An address that is fetched.").build())
        .addOption(value("--tool", "SERVER/TOOL", "A tool of an MCP server.").build())
        .addOption(value("--args", "JSON", "The arguments of the tool, an object.").build())
        .addOption(value("--cwd", "D", "The working folder; the current one.").build())
        .addOption(
            OptionSpec.builder("--untrusted")
                .description("Judge as if the workspace was not trusted.")
                .build());
  }

  /// Adds the options that say by which policy is judged.
  static CommandSpec addPolicy(CommandSpec spec) {
    return GuardPolicy.addTo(spec)
        .addOption(value("--workspace", "D", "The workspace; the current folder.").build())
        .addOption(
            value(
                    "--sandbox",
                    "B",
                    "Judge for this backend: local, ssh, bubblewrap, landlock, docker.")
                .completionCandidates(List.of("local", "ssh", "bubblewrap", "landlock", "docker"))
                .build())
        .addOption(
            OptionSpec.builder("--builtin-only")
                .description("Judge by the built-in policy alone.")
                .build());
  }

  private static OptionSpec.Builder value(String name, String label, String description) {
    return OptionSpec.builder(name).paramLabel(label).type(String.class).description(description);
  }

  /// Returns what surrounds a command under `--sandbox`.
  static Wall wall(Call call) {
    String backend = call.text("--sandbox").orElse("local");
    return switch (backend) {
      case "local", "ssh" -> Wall.NONE;
      case "bubblewrap", "landlock", "docker" -> Wall.HELD;
      default ->
          throw new UsageException(
              "--sandbox \"%s\" is not local, ssh, bubblewrap, landlock or docker"
                  .formatted(backend));
    };
  }

  /// Returns the one question the options ask.
  static Question question(Call call) {
    List<Subject> subjects = new ArrayList<>();
    call.text("--command").map(Subject.Command::new).ifPresent(subjects::add);
    call.text("--path").map(path -> new Subject.Path(path, access(call))).ifPresent(subjects::add);
    call.text("--url").map(Subject.Url::new).ifPresent(subjects::add);
    call.text("--tool").map(tool -> tool(call, tool)).ifPresent(subjects::add);
    if (subjects.size() != 1) {
      throw new UsageException(
          subjects.isEmpty()
              ? "what is asked about? --command, --path, --url or --tool"
              : "only one of --command, --path, --url and --tool can be asked about");
    }
    String workspace = folder(call, "--workspace");
    return new Question(
        subjects.getFirst(),
        call.text("--cwd").isPresent() || call.text("--workspace").isEmpty()
            ? folder(call, "--cwd")
            : workspace,
        workspace,
        call.has("--untrusted") ? Trust.UNTRUSTED : Trust.TRUSTED);
  }

  private static Access access(Call call) {
    return call.has("--delete") ? Access.DELETE : call.has("--write") ? Access.WRITE : Access.READ;
  }

  private static Subject.Tool tool(Call call, String name) {
    Node arguments = new Node.Obj(Map.of(), 1);
    Optional<String> json = call.text("--args");
    if (json.isPresent()) {
      try {
        arguments = Json.readStrict(json.get().getBytes(StandardCharsets.UTF_8), Limits.SCAN);
      } catch (DocumentException e) {
        throw new UsageException("--args %s".formatted(e.getMessage()));
      }
      if (!(arguments instanceof Node.Obj)) {
        throw new UsageException("--args \"%s\" is no JSON object".formatted(json.get()));
      }
    }
    return QuestionReader.tool(name, arguments)
        .orElseThrow(() -> new UsageException("--tool \"%s\" is not SERVER/TOOL".formatted(name)));
  }

  private static String folder(Call call, String option) {
    return call.path(option).orElse(call.world().folder()).toString();
  }
}
