// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.instructions;

import dev.redoubt.model.Finding;
import dev.redoubt.model.InstructionFile;
import dev.redoubt.model.Location;
import dev.redoubt.model.Rating;
import dev.redoubt.model.Severity;
import dev.redoubt.model.Subject;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.secrets.SecretText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/// Collects what a rule found in one file into one finding.
final class InstructionFinding {

  private static final int MOST_QUOTES = 10;
  private static final int AROUND = 40;

  private final PluginId rule;
  private final InstructionFile file;
  private final TreeSet<Location> locations = new TreeSet<>();
  private final List<String> evidence = new ArrayList<>();
  private Severity worst = Severity.UNKNOWN;

  InstructionFinding(PluginId rule, InstructionFile file) {
    this.rule = rule;
    this.file = file;
  }

  /// Adds the text from `start` to `end` of `passage`, quoted with some words around it.
  void add(Passages.Passage passage, int start, int end, Severity severity) {
    int from = Math.max(0, start - AROUND);
    int to = Math.min(passage.text().length(), Math.min(end, start + 240) + AROUND);
    add(
        passage.lineAt(start),
        (from > 0 ? "…" : "")
            + quoted(passage.text().substring(from, to))
            + (to < passage.text().length() ? "…" : ""),
        severity);
  }

  /// Adds `quote`, which stands on `line`.
  void add(int line, String quote, Severity severity) {
    locations.add(new Location(file.path(), line));
    if (evidence.size() < MOST_QUOTES) {
      evidence.add("line %s: %s".formatted(line, quote));
    }
    if (severity.compareTo(worst) < 0) {
      worst = severity;
    }
  }

  /// Returns the finding, or empty when nothing was added.
  Optional<Finding> finding(String summary) {
    if (locations.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            new Finding.Identity(rule.value(), List.of()),
            Finding.Kind.INSTRUCTION,
            Rating.of(worst),
            new Subject.OfFile(file.path()),
            new Finding.Proof(summary, null, evidence),
            List.copyOf(locations)));
  }

  /// Returns `text` with secrets replaced and what cannot be seen written as `U+XXXX`.
  static String quoted(String text) {
    StringBuilder out = new StringBuilder();
    SecretText.redact(text)
        .codePoints()
        .forEach(c -> {
          if (Invisible.isInvisible(c) || Character.isISOControl(c)) {
            out.append(String.format(Locale.ROOT, "U+%04X", c));
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }
}
