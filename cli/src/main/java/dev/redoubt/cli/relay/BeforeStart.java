// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.Payload;
import dev.redoubt.mcp.client.ToolDescriptor;
import dev.redoubt.mcp.pins.Difference;
import dev.redoubt.mcp.pins.PinFile;
import dev.redoubt.mcp.pins.Review;
import dev.redoubt.relay.engine.Enforcement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is looked at before a server is started: what advisories say of its package, and whether
/// the files that will run are those of the first time.
final class BeforeStart {

  /// The rule that stops a server whose package advisories speak of. It holds in every mode.
  static final String FINDINGS = "relay.findings";

  /// The rule that stops a server whose files are not the pinned ones.
  static final String CHANGED = "pins.package";

  private static final int MOST_LINES = 200;
  private static final int LONGEST_LINE = 400;

  private final Call call;
  private final RelayedServer server;
  private final List<LaunchedPart> parts;

  /// @param argv the command of the server
  /// @param folder where it is started
  BeforeStart(Call call, RelayedServer server, List<String> argv, Path folder) {
    this.call = requireNonNull(call, "call");
    this.server = requireNonNull(server, "server");
    this.parts = LaunchedParts.of(call, argv, folder);
  }

  /// Why a server is not started.
  record Refusal(String rule, String reason) {}

  /// Returns why the server is not started, empty when it may be. Says what a person has to know,
  /// and writes it down.
  ///
  /// @throws dev.redoubt.model.RedoubtException USAGE if the configuration is malformed, UNREADABLE
  ///   or UNWRITABLE if pins or evidence cannot be read or written
  Optional<Refusal> refusal(Enforcement enforcement, EvidenceLog evidence) {
    PackageFindings findings =
        PackageFindings.of(call, parts.stream().flatMap(part -> part.purl().stream()).toList());
    findings.notes().forEach(note -> CommandOutput.note(call, "redoubt: %s", note));
    if (!findings.notes().isEmpty() || findings.refusal().isPresent()) {
      List<String> lines = new ArrayList<>(findings.notes());
      findings.refusal().ifPresent(lines::add);
      write(evidence, "findings", lines);
    }
    if (findings.refusal().isPresent()) {
      return Optional.of(new Refusal(FINDINGS, findings.refusal().get()));
    }
    return changed(evidence).filter(_ -> enforcement.enforces(CHANGED));
  }

  private Optional<Refusal> changed(EvidenceLog evidence) {
    PinFile pins = pins(call, server);
    boolean known = parts.stream().allMatch(part -> part.content().isPresent());
    boolean first = pins.isFirst();
    if (first && (!known || parts.isEmpty())) {
      parts.stream()
          .filter(part -> part.content().isEmpty())
          .forEach(part ->
              CommandOutput.note(
                  call,
                  "redoubt: the files of %s are not known yet; they are pinned once they are",
                  part.name()));
      return Optional.empty();
    }
    Review review = pins.review(parts.stream().map(BeforeStart::descriptor).toList());
    if (first) {
      List<String> names = parts.stream().map(part -> "pinned: " + part.name()).toList();
      parts.stream()
          .filter(part -> part.purl().isPresent())
          .forEach(part -> CommandOutput.note(call, "redoubt: pinned: %s", part.name()));
      write(evidence, "package-pins", names);
      return Optional.empty();
    }
    List<String> lines = lines(review.differences());
    review.missing().forEach(name -> lines.add("%s is not run any more".formatted(name)));
    if (!lines.isEmpty()) {
      write(evidence, "package-pins", lines);
    }
    if (review.differences().isEmpty()) {
      return Optional.empty();
    }
    lines.stream()
        .limit(MOST_LINES)
        .forEach(line -> CommandOutput.note(call, "redoubt: %s", cut(line)));
    CommandOutput.note(call, "redoubt: to accept what is different: %s", server.approving());
    return Optional.of(
        new Refusal(
            CHANGED,
            "what its command runs is not what was pinned: "
                + review.differences().getFirst().tool()));
  }

  /// Returns the pins of what the command of `server` runs.
  static PinFile pins(Call call, RelayedServer server) {
    return PinFile.of(
        call.globals().dataDir().toAbsolutePath(), "launch\n" + server.scope(), server.name());
  }

  /// Returns `differences` as lines for a person.
  static List<String> lines(List<Difference> differences) {
    List<String> lines = new ArrayList<>();
    for (Difference difference : differences) {
      lines.add(
          difference.tool()
              + (difference.kind() == Difference.Kind.ADDED ? " is new" : " is different"));
      difference.lines().forEach(line -> lines.add("  " + line.replace("~1", "/")));
    }
    return lines;
  }

  /// Returns `part` as it is pinned.
  static ToolDescriptor descriptor(LaunchedPart part) {
    Node.Obj nothing = new Node.Obj(Map.of("installed", new Node.Bool(false, 1)), 1);
    return new ToolDescriptor(part.name(), part.content().orElse(nothing));
  }

  private void write(EvidenceLog evidence, String type, List<String> lines) {
    evidence.append(
        new Event(
            type,
            server.stream(),
            new Payload()
                .texts("lines", lines.stream().limit(MOST_LINES).map(BeforeStart::cut).toList())
                .text("server", server.name())
                .object()));
  }

  private static String cut(String line) {
    return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
  }
}
