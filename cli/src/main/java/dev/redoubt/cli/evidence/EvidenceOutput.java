// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.evidence;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Broken;
import dev.redoubt.evidence.CanonicalJson;
import dev.redoubt.evidence.Payload;
import dev.redoubt.evidence.Stored;
import dev.redoubt.evidence.StreamReport;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What the commands of this family share: options, and their answers as JSON.
final class EvidenceOutput {

  private EvidenceOutput() {}

  static OptionSpec json() {
    return OptionSpec.builder("--json").description("Write JSON instead of words.").build();
  }

  static OptionSpec value(String label, String description, String... names) {
    return OptionSpec.builder(names)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  static CommandSpec withParameter(CommandSpec spec, String label, String description) {
    return spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel(label)
            .index("0")
            .arity("0..1")
            .type(String.class)
            .description(description)
            .build());
  }

  static void json(Call call, Node value) {
    String text = new String(CanonicalJson.of(value), StandardCharsets.UTF_8);
    call.world().out().println(CommandOutput.ascii(text));
  }

  static Node entry(String stream, Stored stored) {
    return new Payload()
        .text("actor", stored.entry().actor())
        .text("hash", stored.entry().hash())
        .text("kind", stored.entry().kind())
        .node("payload", stored.tree())
        .text("prev", stored.prev())
        .number("seq", stored.entry().seq())
        .text("stream", stream)
        .text("time", stored.entry().time().toString())
        .object();
  }

  static void entryLine(Call call, Stored stored) {
    CommandOutput.line(
        call,
        "%d %s %s %s %s",
        stored.entry().seq(),
        stored.entry().time(),
        stored.entry().kind(),
        stored.entry().actor(),
        stored.payload());
  }

  static Node report(StreamReport report) {
    Payload payload =
        new Payload()
            .number("bytes", report.counted().bytes())
            .number("checkpoints", report.counted().checkpoints())
            .number("entries", report.counted().entries())
            .number("recoveries", report.counted().recoveries())
            .text("head", report.head().hash())
            .number("seq", report.head().seq())
            .flag("intact", report.broken().isEmpty())
            .texts("keys", report.keys())
            .texts("notes", report.notes())
            .text("stream", report.stream());
    report.broken().ifPresent(broken -> payload.node("broken", broken(broken)));
    return payload.object();
  }

  private static Node broken(Broken broken) {
    return new Payload()
        .text("file", broken.file())
        .number("line", broken.line())
        .text("reason", broken.reason())
        .number("seq", broken.seq())
        .object();
  }

  static RedoubtException unreadable(String what, IOException cause) {
    return new RedoubtException(
        ErrorCode.UNREADABLE,
        "cannot read \"%s\": %s".formatted(what, RedoubtException.reason(cause)),
        cause);
  }

  static Node list(List<Node> items) {
    return new Node.Arr(items, 1);
  }
}
