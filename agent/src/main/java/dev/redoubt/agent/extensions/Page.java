// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.extensions;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A Markdown text with a front matter.
///
/// @param front the fields between the first two lines of `---`; none when there is no front matter
/// @param body what comes after it, without blank lines around it
/// @param warnings what is wrong with the front matter, for a person
public record Page(Node.Obj front, String body, List<String> warnings) {

  private static final Limits LIMITS = new Limits(64 << 10, 20, 2_000);
  private static final String FENCE = "---";

  public Page {
    requireNonNull(front, "front");
    requireNonNull(body, "body");
    warnings = List.copyOf(warnings);
  }

  /// Returns the page that `text` is.
  ///
  /// A front matter that is not YAML is read line by line as `key: value`, with a warning, so that
  /// one colon too many does not lose a page. One that never ends is taken for a part of the body.
  public static Page of(String text) {
    String whole = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<String> lines = whole.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().stripTrailing().equals(FENCE)) {
      return new Page(NOTHING, whole.strip(), List.of());
    }
    int end = 1;
    while (end < lines.size() && !lines.get(end).stripTrailing().equals(FENCE)) {
      end++;
    }
    if (end == lines.size()) {
      return new Page(NOTHING, whole.strip(), List.of("its front matter never ends"));
    }
    String body = String.join("\n", lines.subList(end + 1, lines.size())).strip();
    return front(lines.subList(1, end), body);
  }

  private static final Node.Obj NOTHING = new Node.Obj(Map.of(), 1);

  private static Page front(List<String> lines, String body) {
    List<String> warnings = new ArrayList<>();
    byte[] yaml = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    try {
      switch (Yaml.read(yaml, LIMITS)) {
        case Node.Obj fields -> {
          return new Page(fields, body, List.of());
        }
        case Node.Nothing _ -> {
          return new Page(NOTHING, body, List.of());
        }
        case Node.Arr _, Node.Text _, Node.Num _, Node.Bool _ ->
            warnings.add("its front matter has no fields; read line by line");
      }
    } catch (DocumentException e) {
      warnings.add("its front matter %s; read line by line".formatted(e.getMessage()));
    }
    return new Page(byLine(lines), body, warnings);
  }

  private static Node.Obj byLine(List<String> lines) {
    Map<String, Node> fields = new LinkedHashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0 && isKey(line.substring(0, colon))) {
        fields.put(line.substring(0, colon), new Node.Text(line.substring(colon + 1).strip(), 1));
      }
    }
    return new Node.Obj(fields, 1);
  }

  private static boolean isKey(String text) {
    return text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '-');
  }

  /// Returns the one line of text at `key` of the front matter; empty when it is blank or no text.
  public Optional<String> field(String key) {
    return front
        .scalar(key)
        .map(text -> text.strip().replaceAll("\\s+", " "))
        .filter(text -> !text.isEmpty());
  }

  /// Returns the first line of the body that is not blank, without marks of a heading.
  public Optional<String> firstLine() {
    return body.lines()
        .map(line -> line.replaceFirst("^#+", "").strip())
        .filter(line -> !line.isEmpty())
        .findFirst();
  }
}
