// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.db;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// How the commands of this family write: words or one JSON object, both safe for a terminal.
final class DbOutput {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private DbOutput() {}

  /// Adds `-f FORMAT` and `--json`.
  static CommandSpec withFormat(CommandSpec spec) {
    return spec.addOption(
            OptionSpec.builder("-f", "--format")
                .paramLabel("FORMAT")
                .type(String.class)
                .completionCandidates(List.of("text", "json"))
                .description("text or json.")
                .build())
        .addOption(OptionSpec.builder("--json").description("The same as -f json.").build());
  }

  /// Returns whether the answer is one JSON object.
  static boolean isJson(Call call) {
    Optional<String> format = call.text("--format");
    if (format.isPresent() && !List.of("text", "json").contains(format.get())) {
      throw new UsageException("-f \"%s\" is not text or json".formatted(format.get()));
    }
    return call.has("--json") || format.filter("json"::equals).isPresent();
  }

  /// Writes one JSON object and a line break to standard output.
  static void json(Call call, Consumer<JsonGenerator> fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      fields.accept(json);
      json.writeEndObject();
    }
    call.world().out().println(text);
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

  /// Returns how old `asOf` is in words, `unknown` for the epoch.
  static String age(Instant asOf, Instant now) {
    if (asOf.equals(Instant.EPOCH)) {
      return "unknown";
    }
    long days = Math.max(0, Duration.between(asOf, now).toDays());
    return days == 1 ? "1 day" : days + " days";
  }

  /* Names of records and entries are foreign: whatever could steer a terminal is shown as a number. */
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
