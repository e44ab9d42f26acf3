// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.evidence;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.evidence.Broken;
import dev.redoubt.evidence.EntryReader;
import dev.redoubt.evidence.Stored;
import dev.redoubt.evidence.StreamSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt evidence show`: the entries of a stream, or one of them. With `--json` one JSON object
/// to a line.
public final class EvidenceShowCommand implements Command {

  @Override
  public CommandSpec spec() {
    return EvidenceOutput.withParameter(
            CommandSpec.create(), "STREAM|FILE", "A stream, a segment, a folder or a bundle.")
        .addOption(EvidenceOutput.value("N", "Show only the entry with this sequence.", "--seq"))
        .addOption(EvidenceOutput.value("KIND", "Show only entries of this kind.", "--kind"))
        .addOption(EvidenceOutput.json());
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt evidence show guard",
        "redoubt evidence show guard --seq 12 --json",
        "redoubt evidence show guard --kind decision");
  }

  @Override
  public int run(Call call) {
    Optional<Long> seq = call.text("--seq").map(EvidenceShowCommand::number);
    boolean[] found = {false};
    try (EvidenceTarget target = EvidenceTarget.of(call, call.parameter(0).orElse(null))) {
      for (StreamSource source : target.streams()) {
        String stream = source.stream().orElse("");
        Optional<Broken> broken =
            EntryReader.read(
                source,
                entry -> {
                  if (wanted(call, seq, entry)) {
                    found[0] = true;
                    show(call, stream, entry);
                  }
                  return seq.isEmpty() || entry.entry().seq() < seq.get();
                });
        if (broken.isPresent()) {
          CommandOutput.note(call, "redoubt: %s", broken.get());
          return ExitCode.NO;
        }
      }
    } catch (IOException e) {
      throw EvidenceOutput.unreadable(call.parameter(0).orElse("evidence"), e);
    }
    if (seq.isPresent() && !found[0]) {
      CommandOutput.note(call, "redoubt: there is no entry %d", seq.get());
      return ExitCode.NO;
    }
    return ExitCode.OK;
  }

  private static boolean wanted(Call call, Optional<Long> seq, Stored entry) {
    return (seq.isEmpty() || seq.get() == entry.entry().seq())
        && call.text("--kind").map(entry.entry().kind()::equals).orElse(true);
  }

  private static void show(Call call, String stream, Stored entry) {
    if (call.has("--json")) {
      EvidenceOutput.json(call, EvidenceOutput.entry(stream, entry));
    } else {
      EvidenceOutput.entryLine(call, entry);
    }
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UsageException("--seq \"%s\" is no number".formatted(text));
    }
  }
}
