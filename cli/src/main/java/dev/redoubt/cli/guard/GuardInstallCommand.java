// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import static java.util.Objects.requireNonNull;

import dev.redoubt.advisory.files.AtomicFile;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.document.DocumentException;
import dev.redoubt.guard.hooks.HookFormat;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `redoubt guard install`: puts the guard in front of another agent, or takes it away again.
///
/// Shows what it would change and changes nothing until `--yes`. What the file was before lies
/// beside it under its name with `.before-redoubt`.
public final class GuardInstallCommand implements Command {

  private static final int LARGEST = 4 << 20;

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("AGENT")
                .type(String.class)
                .description("claude-code, codex or gemini-cli.")
                .build())
        .addOption(
            OptionSpec.builder("--project")
                .description("Change the settings in this folder, not your own.")
                .build())
        .addOption(OptionSpec.builder("--undo").description("Take the hook out again.").build())
        .addOption(OptionSpec.builder("--yes").description("Write the change.").build())
        .addOption(
            OptionSpec.builder("--program")
                .paramLabel("PATH")
                .type(String.class)
                .description("How the hook starts Redoubt; this program.")
                .build());
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt guard install claude-code",
        "redoubt guard install codex --project --yes",
        "redoubt guard install gemini-cli --undo --yes");
  }

  @Override
  public int run(Call call) {
    String id =
        call.parameter(0)
            .filter(agent -> HookFormat.of(agent).isPresent())
            .orElseThrow(() -> new UsageException("which agent? claude-code, codex or gemini-cli"));
    AgentSettings agent =
        AgentSettings.of(
            id,
            call.has("--project") ? call.world().folder() : call.world().home(),
            call.text("--program").orElse(System.getProperty("redoubt.launcher", "redoubt")));
    refuseLinkOfProject(call, agent.file());
    byte[] before = read(agent.file());
    String after = changed(call, agent, before);
    return show(call, agent, new String(before, StandardCharsets.UTF_8), after);
  }

  /* A checkout could lead the change to any file of the person. */
  private static void refuseLinkOfProject(Call call, Path file) {
    if (call.has("--project")
        && (Files.isSymbolicLink(file) || Files.isSymbolicLink(folderOf(file)))) {
      throw new RedoubtException(
          ErrorCode.USAGE,
          "\"%s\" is reached through a link of the checkout: nothing was changed".formatted(file));
    }
  }

  private static Path folderOf(Path file) {
    return requireNonNull(file.getParent(), "settings lie in a folder");
  }

  private static String changed(Call call, AgentSettings agent, byte[] before) {
    try {
      if (call.has("--undo")) {
        return HookInstall.isIn(before, agent)
            ? HookInstall.removed(before, agent)
            : new String(before, StandardCharsets.UTF_8);
      }
      return HookInstall.added(before, agent);
    } catch (DocumentException e) {
      throw new RedoubtException(
          ErrorCode.USAGE,
          "%s%s %s: nothing was changed; add this to the list hooks.%s by hand: %s"
              .formatted(
                  agent.file(),
                  e.line() == null ? "" : ":" + e.line(),
                  e.getMessage(),
                  agent.event(),
                  agent.entry()),
          e);
    }
  }

  private static int show(Call call, AgentSettings agent, String before, String after) {
    PrintStream out = call.world().out();
    List<String> difference = LineDifference.of(before, after);
    if (difference.isEmpty()) {
      out.println(
          call.has("--undo")
              ? "there is no hook of Redoubt in " + agent.file()
              : "the hook is already in " + agent.file());
      return ExitCode.OK;
    }
    out.println(agent.file());
    difference.forEach(line -> out.println("  " + CommandOutput.plain(line)));
    if (!call.has("--yes")) {
      out.println("nothing was written; with --yes it is");
      return ExitCode.OK;
    }
    write(agent.file(), before, after);
    out.println(
        before.isEmpty()
            ? "written"
            : "written; what was there is in " + backup(agent.file()).getFileName());
    if (!call.has("--undo") && !agent.note().isEmpty()) {
      out.println(agent.note());
    }
    return ExitCode.OK;
  }

  /* People keep their settings in other folders and link to them; the link stays. */
  private static void write(Path file, String before, String after) {
    try {
      Path real = Files.exists(file) ? file.toRealPath() : file;
      if (!before.isEmpty()) {
        stage(backup(file), before);
      }
      PosixFileAttributeView view = Files.getFileAttributeView(real, PosixFileAttributeView.class);
      Set<PosixFilePermission> mode =
          view != null && Files.exists(real) ? view.readAttributes().permissions() : Set.of();
      stage(real, after);
      if (!mode.isEmpty()) {
        Files.setPosixFilePermissions(real, mode);
      }
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "cannot write \"%s\": %s".formatted(file, RedoubtException.reason(e)),
          e);
    }
  }

  private static void stage(Path file, String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    try (AtomicFile staged = AtomicFile.stage(file, List.of(bytes))) {
      staged.publish();
    }
  }

  private static Path backup(Path file) {
    return file.resolveSibling(file.getFileName() + ".before-redoubt");
  }

  private static byte[] read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new RedoubtException(
            ErrorCode.UNREADABLE, "\"%s\" is larger than %d bytes".formatted(file, LARGEST));
      }
      return bytes;
    } catch (NoSuchFileException e) {
      return new byte[0];
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read \"%s\": %s".formatted(file, RedoubtException.reason(e)),
          e);
    }
  }
}
