// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.evidence;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceFolder;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.Keys;
import dev.redoubt.evidence.Payload;
import dev.redoubt.evidence.VerifyKey;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt evidence keys`: the public keys, and `keys rotate`, which makes a new signing key and
/// introduces it to every stream.
public final class EvidenceKeysCommand implements Command {

  @Override
  public CommandSpec spec() {
    return EvidenceOutput.withParameter(
            CommandSpec.create(), "rotate", "Make a new key that signs from now on.")
        .addOption(
            OptionSpec.builder("--export").description("Write the public keys in PEM.").build())
        .addOption(EvidenceOutput.json());
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt evidence keys --export", "redoubt evidence keys", "redoubt evidence keys rotate");
  }

  @Override
  public int run(Call call) {
    EvidenceFolder folder = EvidenceTarget.folder(call);
    Keys keys = new Keys(folder.keys());
    if (call.parameter(0).isPresent()) {
      if (!call.parameter(0).get().equals("rotate")) {
        throw new UsageException(
            "\"%s\" is not rotate, the one thing that can be done with keys"
                .formatted(call.parameter(0).get()));
      }
      rotate(call, folder, keys);
    }
    String current = keys.current().orElse("");
    List<Node> rows = new ArrayList<>();
    for (VerifyKey key : keys.open()) {
      boolean signs = key.id().equals(current);
      rows.add(
          new Payload()
              .flag("current", signs)
              .text("id", key.id())
              .text("pem", key.pem())
              .object());
      if (call.has("--export") && !call.has("--json")) {
        call.world().out().print(key.pem());
      } else if (!call.has("--json")) {
        CommandOutput.line(call, "%s%s", key.id(), signs ? " signs" : "");
      }
    }
    if (call.has("--json")) {
      EvidenceOutput.json(call, new Payload().node("keys", EvidenceOutput.list(rows)).object());
    } else if (rows.isEmpty()) {
      CommandOutput.note(call, "no key was made yet: the first entry makes one");
    }
    return ExitCode.OK;
  }

  private static void rotate(Call call, EvidenceFolder folder, Keys keys) {
    String before = keys.current().orElse("");
    String after = keys.rotate();
    for (String stream : folder.streams()) {
      try (EvidenceLog log =
          EvidenceLog.open(call.globals().dataDir(), stream, call.world().clock())) {
        log.append(
            new Event(
                "rotation", "cli", new Payload().text("from", before).text("to", after).object()));
      }
    }
  }
}
