// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import dev.redoubt.advisory.files.AtomicFile;
import dev.redoubt.agent.context.ProjectSketch;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt init`: writes an AGENTS.md from what lies in the folder.
public final class InitCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addOption(
            OptionSpec.builder("--print").description("Print it instead of writing it.").build());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt init", "redoubt init --print");
  }

  @Override
  public int run(Call call) {
    Path folder = call.world().folder();
    String text = ProjectSketch.of(folder);
    if (call.has("--print")) {
      text.lines().forEach(line -> CommandOutput.line(call, "%s", line));
      return ExitCode.OK;
    }
    Path file = folder.resolve("AGENTS.md");
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException("AGENTS.md is there already; --print shows what would be written");
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (AtomicFile written = AtomicFile.stage(file, List.of(ByteBuffer.wrap(bytes)))) {
      written.publish();
    }
    CommandOutput.line(call, "AGENTS.md written: read it, correct it, and trust the folder");
    return ExitCode.OK;
  }
}
