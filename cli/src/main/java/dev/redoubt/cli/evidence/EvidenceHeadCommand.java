// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.evidence;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.EvidenceFolder;
import dev.redoubt.evidence.Payload;
import dev.redoubt.evidence.StreamSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt evidence head`: the hash of the last entry, to be kept where nobody who can write the
/// stream can change it.
public final class EvidenceHeadCommand implements Command {

  @Override
  public CommandSpec spec() {
    return EvidenceOutput.withParameter(
            CommandSpec.create(), "STREAM", "The stream; all when left out.")
        .addOption(EvidenceOutput.json());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt evidence head guard", "redoubt evidence head --json");
  }

  @Override
  public int run(Call call) {
    EvidenceFolder folder = EvidenceTarget.folder(call);
    Optional<String> wanted = call.parameter(0);
    List<Node> rows = new ArrayList<>();
    for (String stream : folder.streams()) {
      if (wanted.isPresent() && !wanted.get().equals(stream)) {
        continue;
      }
      try {
        StreamSummary summary = StreamSummary.of(folder, stream);
        rows.add(
            new Payload()
                .text("hash", summary.head().hash())
                .number("seq", summary.head().seq())
                .text("stream", stream)
                .object());
        if (!call.has("--json")) {
          CommandOutput.line(call, "%s %d %s", summary.head().hash(), summary.head().seq(), stream);
        }
      } catch (IOException e) {
        throw EvidenceOutput.unreadable(stream, e);
      }
    }
    if (wanted.isPresent() && rows.isEmpty()) {
      throw new UsageException("there is no stream \"%s\"".formatted(wanted.get()));
    }
    if (call.has("--json")) {
      EvidenceOutput.json(call, new Payload().node("streams", EvidenceOutput.list(rows)).object());
    }
    return ExitCode.OK;
  }
}
