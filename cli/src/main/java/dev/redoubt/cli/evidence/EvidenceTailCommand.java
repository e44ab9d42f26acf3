// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.evidence;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.evidence.EntryReader;
import dev.redoubt.evidence.EvidenceFolder;
import dev.redoubt.evidence.Stored;
import dev.redoubt.evidence.StreamSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt evidence tail`: the last entries of a stream, and with `-f` those that come.
public final class EvidenceTailCommand implements Command {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  @Override
  public CommandSpec spec() {
    return EvidenceOutput.withParameter(
            CommandSpec.create(), "STREAM", "The stream; needed when there is more than one.")
        .addOption(EvidenceOutput.value("N", "How many entries; 10 when left out.", "-n"))
        .addOption(
            OptionSpec.builder("-f", "--follow").description("Go on with what comes.").build())
        .addOption(EvidenceOutput.json());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt evidence tail guard", "redoubt evidence tail guard -n 3 -f --json");
  }

  @Override
  public int run(Call call) {
    EvidenceFolder folder = EvidenceTarget.folder(call);
    String stream = stream(call, folder);
    int count = call.text("-n").map(EvidenceTailCommand::number).orElse(10);
    try {
      long seen = last(call, folder, stream, count);
      while (call.has("--follow") && !call.world().out().checkError()) {
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        if (Thread.currentThread().isInterrupted()) {
          break;
        }
        seen = after(call, folder, stream, seen);
      }
      return ExitCode.OK;
    } catch (IOException e) {
      throw EvidenceOutput.unreadable(stream, e);
    }
  }

  private static long last(Call call, EvidenceFolder folder, String stream, int count)
      throws IOException {
    Deque<Stored> entries = new ArrayDeque<>();
    EntryReader.read(
        StreamSource.of(folder, stream),
        entry -> {
          entries.add(entry);
          if (entries.size() > count) {
            entries.remove();
          }
          return true;
        });
    entries.forEach(entry -> show(call, stream, entry));
    return entries.isEmpty() ? 0 : entries.getLast().entry().seq();
  }

  private static long after(Call call, EvidenceFolder folder, String stream, long seen)
      throws IOException {
    long[] latest = {seen};
    EntryReader.read(
        StreamSource.newest(folder, stream),
        entry -> {
          if (entry.entry().seq() > latest[0]) {
            latest[0] = entry.entry().seq();
            show(call, stream, entry);
          }
          return true;
        });
    return latest[0];
  }

  private static void show(Call call, String stream, Stored entry) {
    if (call.has("--json")) {
      EvidenceOutput.json(call, EvidenceOutput.entry(stream, entry));
    } else {
      EvidenceOutput.entryLine(call, entry);
    }
  }

  private static String stream(Call call, EvidenceFolder folder) {
    List<String> streams = folder.streams();
    String wanted =
        call.parameter(0).orElseGet(() -> streams.size() == 1 ? streams.getFirst() : "");
    if (!streams.contains(wanted)) {
      throw new UsageException(
          wanted.isEmpty()
              ? "which stream? there are: " + String.join(" ", streams)
              : "there is no stream \"%s\"".formatted(wanted));
    }
    return wanted;
  }

  private static int number(String text) {
    try {
      return Math.max(1, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw new UsageException("-n \"%s\" is no number".formatted(text));
    }
  }
}
