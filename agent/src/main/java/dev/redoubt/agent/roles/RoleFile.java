// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.roles;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads one file of a role: Markdown whose front matter has `name`, `description`, `tools` and
/// `model`, as several agents have it.
///
/// What is no YAML is read line by line, because descriptions often have colons that nobody quoted.
final class RoleFile {

  private static final Limits LIMITS = new Limits(64 << 10, 10, 2_000);
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_DESCRIPTION = 1_000;

  // Facts: code.claude.com/docs/en/sub-agents and the tools it names.
  private static final Map<String, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("read", "view"),
          Map.entry("notebookread", "view"),
          Map.entry("multiedit", "edit"),
          Map.entry("shell", "bash"),
          Map.entry("webfetch", "fetch"),
          Map.entry("websearch", "web_search"),
          Map.entry("todowrite", "todo"),
          Map.entry("task", "spawn_agent"),
          Map.entry("agent", "spawn_agent"),
          Map.entry("bashoutput", "job_output"),
          Map.entry("killshell", "job_stop"));

  // A model of whoever is asked, by a name that only one provider knows.
  private static final List<String> OPEN_MODELS = List.of("inherit", "sonnet", "opus", "haiku");

  private RoleFile() {}

  /// Returns the role in `text`; empty when it has no front matter with a description.
  ///
  /// @param fallback its name when the file has none
  static Optional<Role> read(String text, String fallback, Role.Source source) {
    String lines = text.replace("\r\n", "\n");
    int end = lines.indexOf("\n---", 3);
    if (!lines.startsWith("---\n") || end < 0) {
      return Optional.empty();
    }
    Map<String, Node> front = front(lines.substring(4, end + 1));
    int body = lines.indexOf('\n', end + 1);
    String name = text(front, "name").orElse(fallback);
    Optional<String> description = text(front, "description");
    if (!isName(name) || description.isEmpty() || description.get().isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        new Role(
            name,
            cut(description.get().strip()),
            tools(front),
            model(text(front, "model").orElse("").strip()),
            body < 0 ? "" : lines.substring(body + 1).strip(),
            source));
  }

  private static String cut(String text) {
    return text.length() > LONGEST_DESCRIPTION
        ? text.substring(0, LONGEST_DESCRIPTION) + "…"
        : text;
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && name.chars()
            .allMatch(c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '_'
                    || c == '-');
  }

  private static Map<String, Node> front(String yaml) {
    try {
      if (Yaml.read(yaml.getBytes(UTF_8), LIMITS) instanceof Node.Obj object) {
        return object.fields();
      }
    } catch (DocumentException e) {
      // Read line by line below.
    }
    Map<String, Node> fields = new LinkedHashMap<>();
    for (String line : yaml.split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.charAt(0) != ' ' && line.charAt(0) != '#') {
        String value = line.substring(colon + 1).strip();
        fields.putIfAbsent(line.substring(0, colon).strip(), new Node.Text(value, 1));
      }
    }
    return fields;
  }

  private static Optional<String> text(Map<String, Node> front, String key) {
    Node value = front.get(key);
    return value == null ? Optional.empty() : value.scalar();
  }

  /* A list, or one text with commas; `*` is all of them. */
  private static List<String> tools(Map<String, Node> front) {
    Node value = front.get("tools");
    if (value == null) {
      return List.of();
    }
    List<String> written = new ArrayList<>();
    if (value instanceof Node.Arr(List<Node> items, int _)) {
      items.forEach(item -> item.scalar().ifPresent(written::add));
    } else {
      value.scalar().ifPresent(text -> written.addAll(List.of(text.split(",", -1))));
    }
    List<String> tools = new ArrayList<>();
    for (String one : written) {
      String name = one.strip();
      int options = name.indexOf('(');
      String plain = options > 0 ? name.substring(0, options) : name;
      if (plain.equals("*")) {
        return List.of();
      }
      if (!plain.isEmpty()) {
        tools.add(known(plain));
      }
    }
    return tools;
  }

  private static String known(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String ours = OTHER_NAMES.get(lower);
    boolean isTheirs = Character.isUpperCase(name.charAt(0));
    return ours != null ? ours : isTheirs ? lower : name;
  }

  private static String model(String written) {
    return OPEN_MODELS.contains(written) ? "" : written;
  }
}
