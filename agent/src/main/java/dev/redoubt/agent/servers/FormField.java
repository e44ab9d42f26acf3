// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/* Of a pattern nothing is checked here: it is a program of somebody else's. */
/// A field of a form of a server, as 2025-11-25 has it: a text, a number, yes or no, or a choice.
final class FormField {

  /// What a person says who leaves a field out.
  static final String NOTHING = "leave it out";

  private static final int LONGEST = 4_000;
  private static final int MOST_CHOICES = 50;
  private static final int MOST_DIGITS = 30;

  private final String name;
  private final Node schema;
  private final String kind;
  private final boolean required;
  /* What is sent, by what is shown. */
  private final Map<String, String> values;

  private FormField(String name, Node schema, boolean required) {
    this.name = requireNonNull(name, "name");
    this.schema = requireNonNull(schema, "schema");
    this.kind = schema.text("type").orElse("string");
    this.required = required;
    this.values = values(kind.equals("array") ? schema.get("items").orElse(schema) : schema);
  }

  /// What a person filled in.
  ///
  /// @param value empty when it is left out
  /// @param problem why it does not fit; empty when it does
  record Filled(Optional<Node> value, String problem) {
    Filled {
      requireNonNull(value, "value");
      requireNonNull(problem, "problem");
    }

    private static Filled with(Node value) {
      return new Filled(Optional.of(value), "");
    }

    private static Filled wrong(String problem) {
      return new Filled(Optional.empty(), problem);
    }
  }

  /// Returns the fields of a form, in its order.
  static List<FormField> all(Node.Obj schema) {
    List<String> required = texts(schema.items("required"));
    List<FormField> all = new ArrayList<>();
    schema
        .fields("properties")
        .forEach((name, field) -> all.add(new FormField(name, field, required.contains(name))));
    return all;
  }

  private static List<String> texts(List<Node> items) {
    return items.stream().flatMap(item -> item.scalar().stream()).toList();
  }

  private static Map<String, String> values(Node schema) {
    Map<String, String> values = new LinkedHashMap<>();
    List<Node> titled = new ArrayList<>(schema.items("oneOf"));
    titled.addAll(schema.items("anyOf"));
    for (Node one : titled) {
      one.text("const").ifPresent(value -> put(values, one.text("title").orElse(value), value));
    }
    List<String> plain = texts(schema.items("enum"));
    List<String> names = texts(schema.items("enumNames"));
    for (int i = 0; i < plain.size(); i++) {
      put(values, names.size() == plain.size() ? names.get(i) : plain.get(i), plain.get(i));
    }
    return values;
  }

  /* Two that are shown alike could not be told apart. */
  private static void put(Map<String, String> values, String shown, String value) {
    values.put(values.containsKey(shown) || shown.equals(NOTHING) ? value : shown, value);
  }

  String name() {
    return name;
  }

  boolean isRequired() {
    return required;
  }

  /// Returns what is sent when nothing is said of it.
  Optional<Node> usual() {
    return schema.get("default");
  }

  /// Returns what is shown of it.
  String words() {
    String title = schema.text("title").filter(text -> !text.equals(name)).orElse("");
    String description = schema.text("description").orElse("");
    StringBuilder words = new StringBuilder(name);
    words.append(" (").append(kind.equals("array") ? "some of a list" : kind);
    words.append(required ? ", needed)" : ")");
    for (String more : List.of(title, description)) {
      words.append(more.isBlank() ? "" : ": " + more);
    }
    if (kind.equals("array")) {
      words.append(" [with commas between them: %s]".formatted(String.join(", ", values.keySet())));
    }
    usual().flatMap(Node::scalar).ifPresent(it -> words.append(" [usually %s]".formatted(it)));
    return words.toString();
  }

  /// Returns what a person can choose from; empty when they write something.
  List<String> choices() {
    if (kind.equals("boolean")) {
      return List.of("yes", "no");
    }
    return kind.equals("array") || values.size() > MOST_CHOICES
        ? List.of()
        : List.copyOf(values.keySet());
  }

  /// Returns what `said` means.
  Filled read(String said) {
    if (said.equals(NOTHING)) {
      return required ? Filled.wrong("it is needed") : new Filled(Optional.empty(), "");
    }
    if (said.length() > LONGEST) {
      return Filled.wrong("it is longer than %d characters".formatted(LONGEST));
    }
    return switch (kind) {
      case "boolean" -> yesOrNo(said);
      case "number", "integer" -> number(said);
      case "array" -> several(said);
      default -> values.isEmpty() ? text(said) : one(said);
    };
  }

  private static Filled yesOrNo(String said) {
    return switch (said.toLowerCase(Locale.ROOT)) {
      case "yes", "y", "true" -> Filled.with(new Node.Bool(true, 1));
      case "no", "n", "false" -> Filled.with(new Node.Bool(false, 1));
      default -> Filled.wrong("say yes or no");
    };
  }

  private Filled one(String said) {
    Optional<String> value = value(said);
    return value.isPresent()
        ? Filled.with(new Node.Text(value.get(), 1))
        : Filled.wrong("it is none of " + String.join(", ", values.keySet()));
  }

  private Optional<String> value(String said) {
    return values.containsKey(said)
        ? Optional.ofNullable(values.get(said))
        : Optional.of(said).filter(values::containsValue);
  }

  private Filled several(String said) {
    List<Node> chosen = new ArrayList<>();
    for (String part : said.split(",", -1)) {
      Optional<String> value = values.isEmpty() ? Optional.of(part.strip()) : value(part.strip());
      if (value.isEmpty()) {
        return Filled.wrong("\"%s\" is not among them".formatted(part.strip()));
      }
      Node item = new Node.Text(value.get(), 1);
      if (!chosen.contains(item)) {
        chosen.add(item);
      }
    }
    Optional<String> objection = within(chosen.size(), "minItems", "maxItems");
    return objection.isPresent()
        ? Filled.wrong("too few or too many: " + objection.get())
        : Filled.with(new Node.Arr(chosen, 1));
  }

  private Filled text(String said) {
    Optional<String> objection =
        within(said.codePointCount(0, said.length()), "minLength", "maxLength");
    if (objection.isPresent()) {
      return Filled.wrong("its length is " + objection.get());
    }
    boolean fits =
        switch (schema.text("format").orElse("")) {
          case "email" -> said.matches("[^@\\s]+@[^@\\s]+");
          case "uri" -> said.matches("[A-Za-z][A-Za-z0-9+.-]*:\\S+");
          case "date" -> said.matches("\\d{4}-\\d{2}-\\d{2}");
          case "date-time" ->
              said.matches(
                  "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?([Zz]|[+-]\\d{2}:\\d{2})");
          default -> true;
        };
    return fits
        ? Filled.with(new Node.Text(said, 1))
        : Filled.wrong("it has to be of the format " + schema.text("format").orElse(""));
  }

  private Filled number(String said) {
    String pattern = kind.equals("integer") ? "-?(0|[1-9][0-9]*)" : "-?(0|[1-9][0-9]*)(\\.[0-9]+)?";
    if (said.length() > MOST_DIGITS || !said.matches(pattern)) {
      return Filled.wrong("it is no " + (kind.equals("integer") ? "whole number" : "number"));
    }
    BigDecimal value = new BigDecimal(said);
    Optional<BigDecimal> least = bound("minimum");
    Optional<BigDecimal> most = bound("maximum");
    if (least.isPresent() && value.compareTo(least.get()) < 0) {
      return Filled.wrong("it is less than " + least.get().toPlainString());
    }
    if (most.isPresent() && value.compareTo(most.get()) > 0) {
      return Filled.wrong("it is more than " + most.get().toPlainString());
    }
    return Filled.with(new Node.Num(said, 1));
  }

  private Optional<String> within(int size, String least, String most) {
    Optional<BigDecimal> from = bound(least);
    Optional<BigDecimal> to = bound(most);
    BigDecimal is = BigDecimal.valueOf(size);
    if (from.isPresent() && is.compareTo(from.get()) < 0) {
      return Optional.of("less than " + from.get().toPlainString());
    }
    return to.isPresent() && is.compareTo(to.get()) > 0
        ? Optional.of("more than " + to.get().toPlainString())
        : Optional.empty();
  }

  /* What a server writes with a huge exponent is no bound of anything. */
  private Optional<BigDecimal> bound(String key) {
    return schema
        .get(key)
        .flatMap(Node::scalar)
        .filter(text -> text.length() <= MOST_DIGITS && text.matches("-?[0-9]+(\\.[0-9]+)?"))
        .map(BigDecimal::new);
  }
}
