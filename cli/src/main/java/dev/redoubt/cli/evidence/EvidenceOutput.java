// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.evidence;

import dev.redoubt.cli.Call;
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
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// How the commands of this family write: words or JSON, both safe for a terminal.
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
    call.world().out().println(new String(CanonicalJson.of(value), StandardCharsets.UTF_8));
  }

  /// Writes one formatted line of text to standard output.
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would need one more library
  static void line(Call call, String format, Object... values) {
    call.world().out().println(plain(String.format(Locale.ROOT, format, values)));
  }

  /// Writes one formatted line of text to standard error.
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would need one more library
  static void note(Call call, String format, Object... values) {
    call.world().err().println(plain(String.format(Locale.ROOT, format, values)));
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
    line(
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
        ErrorCode.UNREADABLE, "cannot read \"%s\": %s".formatted(what, cause.getMessage()), cause);
  }

  static Node list(List<Node> items) {
    return new Node.Arr(items, 1);
  }

  /* Payloads are foreign: whatever could steer a terminal is shown as a number. */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          switch (Character.getType(point)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.SURROGATE,
                Character.PRIVATE_USE,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR ->
                plain.append(String.format(Locale.ROOT, "<U+%04X>", point));
            default -> plain.appendCodePoint(point);
          }
        });
    return plain.toString();
  }
}
