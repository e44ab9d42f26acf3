// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.thresholds.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The options of `redoubt scan` and what they mean.
final class ScanOptions {

  private ScanOptions() {}

  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("PATH")
            .type(String.class)
            .arity("0..1")
            .description("A folder or a file; the current folder when left out.")
            .build());
    spec.addOption(flag("Scan a bundled sample estate instead.", "--demo"));
    spec.addOption(
        value(
            "FORMAT",
            "console, json, sarif, cyclonedx, spdx, markdown or html.",
            "-f",
            "--format"));
    spec.addOption(flag("Short for -f json.", "--json"));
    spec.addOption(value("FILE", "Write the report to FILE and a summary here.", "-o", "--output"));
    spec.addOption(
        value(
            "BAND", "Exit 1 from this band on: critical, high, medium, low or any.", "--fail-on"));
    spec.addOption(flag("Exit 1 for what the CISA KEV catalogue lists.", "--fail-on-kev"));
    spec.addOption(
        OptionSpec.builder("--fail-on-malicious")
            .negatable(true)
            .defaultValue("true")
            .fallbackValue("true")
            .type(boolean.class)
            .description("Exit 1 for a malicious package; on unless negated.")
            .build());
    spec.addOption(value("FILE", "Only findings that this JSON report lacks count.", "--baseline"));
    spec.addOption(values("FILE", "Apply an OpenVEX or CycloneDX VEX document.", "--vex"));
    spec.addOption(
        value("PURL", "What is scanned, for VEX about parts of a product.", "--product"));
    spec.addOption(flag("Exit 3 when anything could not be looked at.", "--strict"));
    spec.addOption(flag("Leave this machine's own agents and ~/.m2 out.", "--no-machine"));
    spec.addOption(flag("Fetch missing or stale advisories first.", "--sync"));
    spec.addOption(flag("Write no times: the same input gives the same bytes.", "--reproducible"));
    return spec;
  }

  static String format(Call call) {
    Optional<String> format = call.text("--format");
    if (call.has("--json") && format.isPresent() && !format.get().equals("json")) {
      throw new UsageException("--json and -f %s contradict each other".formatted(format.get()));
    }
    return call.has("--json") ? "json" : format.orElse("console").toLowerCase(Locale.ROOT);
  }

  static List<Threshold> thresholds(Call call) {
    List<Threshold> thresholds = new ArrayList<>();
    if (call.arguments().matchedOptionValue("--fail-on-malicious", true)) {
      thresholds.add(new Threshold.Malicious());
    }
    if (call.has("--fail-on-kev")) {
      thresholds.add(new Threshold.Exploited());
    }
    call.text("--fail-on").map(ScanOptions::band).ifPresent(thresholds::add);
    return thresholds;
  }

  static Optional<Purl> product(Call call) {
    return call.text("--product")
        .map(text -> {
          try {
            return Purl.parse(text);
          } catch (IllegalArgumentException e) {
            throw new UsageException("--product \"%s\": %s".formatted(text, e.getMessage()));
          }
        });
  }

  private static Threshold band(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "critical" -> new Threshold.AtLeast(Severity.CRITICAL);
      case "high" -> new Threshold.AtLeast(Severity.HIGH);
      case "medium" -> new Threshold.AtLeast(Severity.MEDIUM);
      case "low" -> new Threshold.AtLeast(Severity.LOW);
      case "any" -> new Threshold.Any();
      default ->
          throw new UsageException(
              "--fail-on \"%s\" is not critical, high, medium, low or any".formatted(text));
    };
  }

  private static OptionSpec flag(String description, String name) {
    return OptionSpec.builder(name).description(description).build();
  }

  private static OptionSpec value(String label, String description, String name, String... more) {
    return OptionSpec.builder(name, more)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  private static OptionSpec values(String label, String description, String name) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .description(description)
        .build();
  }
}
