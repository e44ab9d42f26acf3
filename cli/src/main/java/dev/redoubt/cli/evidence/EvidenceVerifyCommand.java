// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.evidence;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.evidence.Proof;
import dev.redoubt.evidence.StreamReport;
import dev.redoubt.evidence.StreamSource;
import dev.redoubt.evidence.Verifier;
import dev.redoubt.evidence.VerifyKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt evidence verify`: whether streams, a bundle or a proof are as they were written.
///
/// Ends with 0 when they are, with 1 and the first bad entry as `file:line seq reason` when not,
/// and with 4 when they cannot be read.
public final class EvidenceVerifyCommand implements Command {

  private static final int MOST_THREADS = 8;
  private static final int LARGEST_PROOF = 4 << 20;

  @Override
  public CommandSpec spec() {
    return EvidenceOutput.withParameter(
            CommandSpec.create(),
            "STREAM|FILE|DIR",
            "A stream, a segment, a folder or a bundle; all streams when left out.")
        .addOption(
            list("PUB", "A file of public keys in PEM that are believed, no others.", "--key"))
        .addOption(list("HASH", "A head that was written down before and must be there.", "--head"))
        .addOption(EvidenceOutput.value("FILE", "Check this proof of one entry.", "--proof"))
        .addOption(EvidenceOutput.json());
  }

  private static OptionSpec list(String label, String description, String name) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .description(description)
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt evidence verify",
        "redoubt evidence verify bundle.zip --key redoubt.pub.pem",
        "redoubt evidence verify guard --head "
            + "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "redoubt evidence verify --proof proof.json --key redoubt.pub.pem");
  }

  @Override
  public int run(Call call) {
    List<VerifyKey> given = EvidenceTarget.given(call);
    if (call.has("--proof")) {
      return proof(call, given);
    }
    try (EvidenceTarget target = EvidenceTarget.of(call, call.parameter(0).orElse(null))) {
      Set<String> missed = target.heads();
      missed.addAll(heads(call));
      Verifier verifier = new Verifier(given.isEmpty() ? target.keys() : given, missed, threads());
      List<StreamReport> reports = new ArrayList<>();
      for (StreamSource source : target.streams()) {
        reports.add(verifier.verify(source));
      }
      return answer(call, reports, missed);
    } catch (IOException e) {
      throw EvidenceOutput.unreadable(call.parameter(0).orElse("evidence"), e);
    }
  }

  private static int answer(Call call, List<StreamReport> reports, Set<String> missed) {
    boolean intact = missed.isEmpty() && reports.stream().allMatch(r -> r.broken().isEmpty());
    if (call.has("--json")) {
      List<Node> rows = reports.stream().map(EvidenceOutput::report).toList();
      EvidenceOutput.json(
          call,
          new Payload()
              .flag("intact", intact)
              .texts("missedHeads", List.copyOf(missed))
              .node("streams", EvidenceOutput.list(rows))
              .object());
    } else {
      reports.forEach(report -> text(call, report));
      for (String head : missed) {
        CommandOutput.line(
            call,
            "no stream has an entry with the hash %s: it was rolled back, or is another",
            head);
      }
      if (reports.isEmpty()) {
        CommandOutput.line(call, "no evidence in %s", EvidenceTarget.folder(call).path());
      }
    }
    return intact ? ExitCode.OK : ExitCode.NO;
  }

  private static void text(Call call, StreamReport report) {
    String name = report.stream().isEmpty() ? "stream" : report.stream();
    report.broken().ifPresent(broken -> CommandOutput.line(call, "%s", broken));
    CommandOutput.line(
        call,
        "%s: %s, %,d entries, %,d checkpoints, %,d recoveries, keys %s, head %d %s",
        name,
        report.broken().isEmpty() ? "intact" : "BROKEN, good up to here",
        report.counted().entries(),
        report.counted().checkpoints(),
        report.counted().recoveries(),
        report.keys().isEmpty() ? "none" : String.join(" ", report.keys()),
        report.head().seq(),
        report.head().hash());
    report.notes().forEach(note -> CommandOutput.note(call, "%s: %s", name, note));
  }

  private static Set<String> heads(Call call) {
    Set<String> heads = new LinkedHashSet<>();
    for (String head : call.texts("--head")) {
      String lower = head.toLowerCase(Locale.ROOT);
      if (lower.length() != 64 || !lower.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
        throw new UsageException("--head \"%s\" is not 64 hex digits".formatted(head));
      }
      heads.add(lower);
    }
    return heads;
  }

  private static int proof(Call call, List<VerifyKey> given) {
    String name = call.text("--proof").orElse("");
    Proof.Answer answer;
    try (InputStream in = Files.newInputStream(call.resolve(name))) {
      answer = Proof.read(in.readNBytes(LARGEST_PROOF)).check(given);
    } catch (IOException e) {
      throw EvidenceOutput.unreadable(name, e);
    }
    boolean holds = answer.reason().isEmpty();
    if (call.has("--json")) {
      Payload payload =
          new Payload()
              .flag("intact", holds)
              .text("key", answer.key())
              .flag("pinned", answer.pinned() == Proof.Pinned.GIVEN)
              .number("seq", answer.seq())
              .text("stream", answer.stream());
      answer.reason().ifPresent(reason -> payload.text("reason", reason));
      EvidenceOutput.json(call, payload.object());
    } else if (holds) {
      CommandOutput.line(
          call, "entry %d is in stream %s: key %s", answer.seq(), answer.stream(), answer.key());
      if (answer.pinned() == Proof.Pinned.SELF_STATED) {
        CommandOutput.note(call, "the key is the one in the proof: pin it with --key");
      }
    } else {
      CommandOutput.line(call, "%s:1 %d %s", name, answer.seq(), answer.reason().orElse(""));
    }
    return holds ? ExitCode.OK : ExitCode.NO;
  }

  private static int threads() {
    return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
  }
}
