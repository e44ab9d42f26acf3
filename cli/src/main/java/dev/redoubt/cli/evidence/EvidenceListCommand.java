// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.evidence;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.EvidenceFolder;
import dev.redoubt.evidence.Payload;
import dev.redoubt.evidence.StreamSummary;
import dev.redoubt.model.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt evidence list`: the streams with their size, their end and whether it is sealed. Looks
/// at the ends only.
public final class EvidenceListCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create().addOption(EvidenceOutput.json());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt evidence list", "redoubt evidence list --json");
  }

  @Override
  public int run(Call call) {
    EvidenceFolder folder = EvidenceTarget.folder(call);
    List<Node> rows = new ArrayList<>();
    boolean damaged = false;
    for (String stream : folder.streams()) {
      try {
        StreamSummary summary = StreamSummary.of(folder, stream);
        boolean live = folder.isLive(stream);
        rows.add(row(summary, live));
        if (!call.has("--json")) {
          text(call, summary, live);
        }
      } catch (IOException e) {
        damaged = true;
        CommandOutput.note(call, "redoubt: stream %s: %s", stream, String.valueOf(e.getMessage()));
      }
    }
    if (call.has("--json")) {
      EvidenceOutput.json(
          call,
          new Payload()
              .text("path", folder.path().toString())
              .node("streams", EvidenceOutput.list(rows))
              .object());
    } else if (rows.isEmpty() && !damaged) {
      CommandOutput.line(call, "no evidence in %s", folder.path());
    }
    return damaged ? ErrorCode.UNREADABLE.kind().exitCode() : ExitCode.OK;
  }

  private static void text(Call call, StreamSummary summary, boolean live) {
    CommandOutput.line(
        call,
        "%s: %,d entries, %,d bytes, %s to %s, %s",
        summary.stream(),
        summary.head().seq(),
        summary.bytes(),
        summary.first(),
        summary.head().time(),
        state(summary, live));
  }

  private static String state(StreamSummary summary, boolean live) {
    if (summary.unsealed() == 0 && summary.torn() == 0) {
      return live ? "sealed, being written" : "sealed";
    }
    return live ? "being written" : "NOT SEALED";
  }

  private static Node row(StreamSummary summary, boolean live) {
    return new Payload()
        .number("bytes", summary.bytes())
        .number("entries", summary.head().seq())
        .text("first", summary.first().toString())
        .text("head", summary.head().hash())
        .text("last", summary.head().time().toString())
        .flag("live", live)
        .flag("sealed", summary.unsealed() == 0 && summary.torn() == 0)
        .text("stream", summary.stream())
        .object();
  }
}
