// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.debug;

import dev.redoubt.document.Node;
import dev.redoubt.model.Purl;
import dev.redoubt.model.PurlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Runs the tests of the purl specification against [Purl].
///
/// Reads the test format of the specification, schemas 0.1 and 0.2: `parse`, `build`, `roundtrip`
/// and `validate` with one expected answer, `validation` with a list of expected messages. Tests of
/// the group `recommended` (before: `advanced`) that are not met are counted apart and fail
/// nothing. A test of an unknown type, or without what its type needs, fails.
public final class PurlConformance {

  /// What came of a file of tests.
  ///
  /// @param complaints one line for each test that was not met, its description first
  /// @param checked how many tests there were
  /// @param failed how many required tests were not met
  /// @param recommendedNotMet how many recommended tests were not met
  public record Result(List<String> complaints, int checked, int failed, int recommendedNotMet) {
    public Result {
      complaints = List.copyOf(complaints);
    }

    /// Returns the line that a report ends with.
    public String summary() {
      return "checked "
          + checked
          + ", failed "
          + failed
          + ", recommended not met "
          + recommendedNotMet;
    }
  }

  private PurlConformance() {}

  /// Returns what came of the tests in `document`, an object with a list `tests`; empty when it has
  /// no such list.
  public static Optional<Result> run(Node document) {
    if (!(document.get("tests").orElse(null) instanceof Node.Arr tests)) {
      return Optional.empty();
    }
    List<String> complaints = new ArrayList<>();
    int failed = 0;
    int recommendedNotMet = 0;
    for (Node test : tests.items()) {
      Optional<String> complaint = complaint(test);
      if (complaint.isEmpty()) {
        continue;
      }
      boolean recommended = isRecommended(test);
      failed += recommended ? 0 : 1;
      recommendedNotMet += recommended ? 1 : 0;
      complaints.add(
          "%s (line %d%s): %s"
              .formatted(
                  printable(test.text("description").orElse("no description")),
                  test.line(),
                  recommended ? ", recommended" : "",
                  printable(complaint.get())));
    }
    return Optional.of(new Result(complaints, tests.items().size(), failed, recommendedNotMet));
  }

  private static boolean isRecommended(Node test) {
    String group = test.text("test_group").orElse("required");
    return group.equals("recommended") || group.equals("advanced");
  }

  private static Optional<String> complaint(Node test) {
    String type = test.text("test_type").orElse("none");
    boolean fails = test.isTrue("expected_failure");
    Optional<Node> input = test.get("input");
    if (input.isEmpty()) {
      return Optional.of("the test has no input");
    }
    Node expected = test.get("expected_output").orElse(new Node.Nothing(test.line()));
    return switch (type) {
      case "parse" -> complaint(fails, components(expected), attempt(() -> parsed(input.get())));
      case "build" -> complaint(fails, text(expected), attempt(() -> built(input.get())));
      case "roundtrip", "validate" ->
          complaint(fails, text(expected), attempt(() -> canonical(input.get())));
      case "validation" ->
          complaint(hasError(expected), "a purl", attempt(() -> purl(input.get())));
      default -> Optional.of("unknown test_type \"" + type + "\"");
    };
  }

  private static Optional<String> complaint(boolean fails, String expected, Answer answer) {
    return switch (answer) {
      case Answer.Given(String actual) when fails -> Optional.of("accepted as " + actual);
      case Answer.Given(String actual) when actual.equals(expected) -> Optional.empty();
      case Answer.Given(String actual) -> Optional.of("expected " + expected + ", got " + actual);
      case Answer.Refused _ when fails -> Optional.empty();
      case Answer.Refused(String reason) -> Optional.of("expected " + expected + ", but " + reason);
    };
  }

  private sealed interface Answer {
    record Given(String text) implements Answer {}

    record Refused(String reason) implements Answer {}
  }

  private interface Attempt {
    String answer();
  }

  private static Answer attempt(Attempt attempt) {
    try {
      return new Answer.Given(attempt.answer());
    } catch (PurlException e) {
      return new Answer.Refused(String.valueOf(e.getMessage()));
    }
  }

  private static String canonical(Node input) {
    return Purl.parse(text(input)).toString();
  }

  private static String purl(Node input) {
    Purl _ = Purl.parse(text(input));
    return "a purl";
  }

  private static String built(Node input) {
    Map<String, String> qualifiers = new TreeMap<>();
    input.fields("qualifiers").forEach((key, value) -> qualifiers.put(key, qualifier(value)));
    return new Purl(
            input.text("type").orElse(""),
            input.text("namespace").orElse(null),
            input.text("name").orElse(""),
            input.text("version").orElse(null),
            qualifiers,
            input.text("subpath").orElse(null))
        .toString();
  }

  private static String parsed(Node input) {
    Purl purl = Purl.parse(text(input));
    Map<String, String> parts = new TreeMap<>();
    parts.put("type", purl.type());
    parts.put("namespace", String.valueOf(purl.namespace()));
    parts.put("name", purl.name());
    parts.put("version", String.valueOf(purl.version()));
    parts.put("qualifiers", purl.qualifiers().toString());
    parts.put("subpath", String.valueOf(purl.subpath()));
    return parts.toString();
  }

  private static String components(Node expected) {
    Map<String, String> parts = new TreeMap<>();
    for (String key : List.of("type", "namespace", "name", "version", "subpath")) {
      parts.put(key, expected.text(key).orElse("null"));
    }
    Map<String, String> qualifiers = new TreeMap<>();
    expected.fields("qualifiers").forEach((key, value) -> qualifiers.put(key, qualifier(value)));
    parts.put("qualifiers", qualifiers.toString());
    return parts.toString();
  }

  /* A checksum may be given as the list of its parts. */
  private static String qualifier(Node value) {
    return value instanceof Node.Arr(List<Node> items, int _)
        ? String.join(",", items.stream().map(PurlConformance::text).toList())
        : text(value);
  }

  private static boolean hasError(Node messages) {
    return messages.items().stream()
        .anyMatch(message -> message.text("severity").orElse("").equals("error"));
  }

  private static String text(Node node) {
    return node.scalar().orElse("");
  }

  /* Descriptions come from a foreign file and go to a terminal. */
  private static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c ->
            shown.appendCodePoint(
                Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c));
    return shown.toString();
  }
}
