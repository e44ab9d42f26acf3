// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.evidence;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.evidence.Entry;
import dev.redoubt.evidence.EvidenceFolder;
import dev.redoubt.evidence.Proof;
import dev.redoubt.evidence.StreamSource;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt evidence prove`: the proof that one entry is in a stream, for whoever has only the
/// public key.
public final class EvidenceProveCommand implements Command {

  private static final int SHORTEST_HASH = 8;

  @Override
  public CommandSpec spec() {
    return EvidenceOutput.withParameter(
            CommandSpec.create(),
            "ID",
            "STREAM:SEQ, or the hash of the entry, of which 8 digits are enough.")
        .addOption(
            EvidenceOutput.value(
                "FILE", "Write the proof here, not to the terminal.", "-o", "--output"));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt evidence prove guard:12 -o proof.json", "redoubt evidence prove 9f86d081");
  }

  @Override
  public int run(Call call) {
    String id =
        call.parameter(0)
            .orElseThrow(() -> new UsageException("which entry? give STREAM:SEQ or a hash"));
    EvidenceFolder folder = EvidenceTarget.folder(call);
    try {
      Optional<Proof> proof = find(folder, id);
      if (proof.isEmpty()) {
        CommandOutput.note(
            call,
            "redoubt: no entry \"%s\" that a checkpoint seals; a checkpoint proves itself",
            id);
        return ExitCode.NO;
      }
      byte[] json = proof.get().json();
      Optional<Path> target = call.path("--output");
      if (target.isPresent()) {
        write(target.get(), json);
      } else {
        call.world().out().println(new String(json, StandardCharsets.UTF_8));
      }
      return ExitCode.OK;
    } catch (IOException e) {
      throw EvidenceOutput.unreadable(folder.path().toString(), e);
    }
  }

  private static Optional<Proof> find(EvidenceFolder folder, String id) throws IOException {
    int colon = id.lastIndexOf(':');
    if (colon > 0) {
      String stream = id.substring(0, colon);
      if (!folder.streams().contains(stream)) {
        throw new UsageException("there is no stream \"%s\"".formatted(stream));
      }
      return Proof.of(StreamSource.of(folder, stream), withSeq(id.substring(colon + 1)));
    }
    String hash = id.toLowerCase(Locale.ROOT);
    if (hash.length() < SHORTEST_HASH || !hash.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      throw new UsageException(
          "\"%s\" is neither STREAM:SEQ nor 8 to 64 digits of a hash".formatted(id));
    }
    for (String stream : folder.streams()) {
      Optional<Proof> proof =
          Proof.of(StreamSource.of(folder, stream), entry -> entry.hash().startsWith(hash));
      if (proof.isPresent()) {
        return proof;
      }
    }
    return Optional.empty();
  }

  private static Predicate<Entry> withSeq(String digits) {
    try {
      long seq = Long.parseLong(digits);
      return entry -> entry.seq() == seq;
    } catch (NumberFormatException e) {
      throw new UsageException("\"%s\" is no sequence".formatted(digits));
    }
  }

  private static void write(Path target, byte[] json) {
    try {
      Files.write(target, json);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "cannot write \"%s\": %s".formatted(target, RedoubtException.reason(e)),
          e);
    }
  }
}
