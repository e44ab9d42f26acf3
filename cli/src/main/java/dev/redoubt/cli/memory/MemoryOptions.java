// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.agent.api.Notebook;
import dev.redoubt.agent.api.Notebook.Note;
import dev.redoubt.agent.api.Notebook.Scope;
import dev.redoubt.agent.memory.MemoryFolder;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.exec.ExecOptions;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What the commands about memory have in common.
final class MemoryOptions {

  private static final int LARGEST = 64 << 10;

  private MemoryOptions() {}

  static CommandSpec spec() {
    return CommandSpec.create()
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("NAME")
                .type(String.class)
                .arity("1")
                .description("The name of the note.")
                .build())
        .addOption(
            OptionSpec.builder("--scope")
                .paramLabel("S")
                .type(String.class)
                .description("Where it counts: project (this folder) or user (everywhere).")
                .completionCandidates(List.of("project", "user"))
                .build());
  }

  static Notebook notebook(Call call) {
    return new MemoryFolder(
        call.globals().dataDir(), ExecOptions.real(call.world().folder(), "the folder"));
  }

  static Optional<Scope> scope(Call call) {
    Optional<String> word = call.text("--scope");
    if (word.isPresent() && Scope.of(word.get()).isEmpty()) {
      throw new UsageException("--scope \"%s\" is not project or user".formatted(word.get()));
    }
    return word.flatMap(Scope::of);
  }

  /// Returns the note that is named, that of the project before that of the person.
  static Note note(Call call) {
    String name = call.parameter(0).orElse("");
    Optional<Scope> scope = scope(call);
    return notebook(call).notes().reversed().stream()
        .filter(note -> note.name().equals(name))
        .filter(note -> scope.isEmpty() || scope.get() == note.scope())
        .findFirst()
        .orElseThrow(() ->
            new UsageException("there is no note \"%s\": redoubt memory list".formatted(name)));
  }

  static String input(Call call) {
    try {
      String text = new String(call.world().streams().in().readNBytes(LARGEST), UTF_8);
      if (text.isBlank()) {
        throw new UsageException("the note is read from standard input, and there is none");
      }
      return text;
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "standard input cannot be read: %s".formatted(RedoubtException.reason(e)),
          e);
    }
  }
}
