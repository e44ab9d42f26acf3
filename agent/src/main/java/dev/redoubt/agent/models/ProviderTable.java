// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Node;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.sandbox.network.WebHeader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what a table says about a provider.
final class ProviderTable {

  private static final List<String> KEYS =
      List.of(
          "base-url",
          "protocol",
          "key",
          "auth",
          "residency",
          "headers",
          "api-version",
          "quirks",
          "keys",
          "id");

  private final String id;
  private final Node table;

  private ProviderTable(String id, Node table) {
    this.id = id;
    this.table = table;
  }

  /// Returns the provider; empty when the table does not say where it is.
  ///
  /// @throws DocumentException if it says something wrong; a value that may be a key is not quoted
  static Optional<Provider> read(String id, Node table) throws DocumentException {
    return new ProviderTable(id, table).provider();
  }

  private Optional<Provider> provider() throws DocumentException {
    if (!isId(id)) {
      throw new DocumentException(
          table.line(),
          "\"%s\" is no name of a provider: 1 to 40 letters, digits, - and _".formatted(id),
          "give it another name");
    }
    for (Map.Entry<String, Node> entry : table.fields().entrySet()) {
      if (!KEYS.contains(entry.getKey())) {
        throw wrong(
            entry.getKey(), "is no key; valid here: " + String.join(", ", KEYS.subList(0, 8)));
      }
    }
    Protocol protocol = protocol();
    Endpoint.Auth auth = auth(protocol);
    List<WebHeader> headers = headers();
    KeySource key = key(protocol);
    Set<Quirk> quirks = quirks();
    String version = text("api-version").orElse("");
    if (!version.chars().allMatch(c -> c == '-' || c == '.' || Character.isLetterOrDigit(c))) {
      throw wrong("api-version", "is no version in the manner of 2024-10-21");
    }
    Optional<String> url = text("base-url");
    if (url.isEmpty()) {
      return Optional.empty();
    }
    StrictUrl base =
        switch (StrictUrl.read(url.get())) {
          case Reading.Good<StrictUrl>(StrictUrl good) -> good;
          case Reading.Bad<StrictUrl>(String _, String reason) ->
              throw wrong("base-url", "cannot be asked: " + reason);
        };
    if (base.query() != null) {
      throw wrong("base-url", "has a query, which a base cannot have");
    }
    String residency = text("residency").orElse("unknown");
    return Optional.of(
        new Provider(
            id, protocol, new Endpoint(base, headers, auth, version), key, residency, quirks));
  }

  private static boolean isId(String id) {
    return !id.isEmpty()
        && id.length() <= 40
        && id.chars()
            .allMatch(c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || c == '_');
  }

  private Protocol protocol() throws DocumentException {
    String name = text("protocol").orElse(Protocol.OPENAI_CHAT.text());
    Optional<Protocol> protocol = Protocol.of(name);
    if (protocol.isEmpty()) {
      throw wrong(
          "protocol",
          "\"%s\" is not openai-chat, openai-responses, anthropic or gemini".formatted(name));
    }
    return protocol.get();
  }

  private Endpoint.Auth auth(Protocol protocol) throws DocumentException {
    Optional<String> name = text("auth");
    if (name.isEmpty()) {
      return protocol.auth();
    }
    return switch (name.get()) {
      case "bearer" -> Endpoint.Auth.BEARER;
      case "api-key" -> Endpoint.Auth.API_KEY;
      case "x-api-key" -> Endpoint.Auth.X_API_KEY;
      case "x-goog-api-key" -> Endpoint.Auth.GOOGLE;
      default -> throw wrong("auth", "is not bearer, api-key, x-api-key or x-goog-api-key");
    };
  }

  private KeySource key(Protocol protocol) throws DocumentException {
    Optional<String> written = text("key");
    if (written.isEmpty()) {
      List<String> variables = texts("keys");
      boolean isLocal = text("residency").orElse("").equals("local");
      if (variables.isEmpty()) {
        return isLocal ? new KeySource.None() : new KeySource.Usual(List.of(), id);
      }
      return new KeySource.Usual(variables, id);
    }
    String text = written.get();
    if (text.equals("none")) {
      return new KeySource.None();
    }
    if (text.equals("stored")) {
      return new KeySource.Usual(List.of(), id);
    }
    if (text.startsWith("env:") && text.length() > 4) {
      return new KeySource.Usual(List.of(text.substring(4)), id);
    }
    if (text.startsWith("exec:") && !text.substring(5).isBlank()) {
      return new KeySource.Exec(text.substring(5).strip());
    }
    // What stands there may be the key itself, so it is not quoted.
    throw wrong(
        "key",
        "says where the key is: \"env:%s\", \"exec:COMMAND\", \"stored\" or \"none\"; never the key"
            .formatted(protocol.keyVariable()));
  }

  private List<WebHeader> headers() throws DocumentException {
    List<WebHeader> headers = new ArrayList<>();
    for (Map.Entry<String, Node> entry : table.fields("headers").entrySet()) {
      String value = entry.getValue().scalar().orElse("");
      switch (WebHeader.read(entry.getKey(), value, WebHeader.Kind.SECRET)) {
        case Reading.Good<WebHeader>(WebHeader header) -> headers.add(header);
        case Reading.Bad<WebHeader>(String _, String reason) -> throw wrong("headers", reason);
      }
    }
    return headers;
  }

  private Set<Quirk> quirks() throws DocumentException {
    Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
    for (String name : texts("quirks")) {
      try {
        quirks.add(Quirk.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
      } catch (IllegalArgumentException e) {
        throw wrong("quirks", "has \"%s\", which is none".formatted(name));
      }
    }
    return quirks;
  }

  private Optional<String> text(String key) throws DocumentException {
    Optional<Node> value = table.get(key);
    if (value.isPresent() && !(value.get() instanceof Node.Text)) {
      throw wrong(key, "is no text");
    }
    return table.text(key).filter(text -> !text.isEmpty());
  }

  private List<String> texts(String key) throws DocumentException {
    List<String> texts = new ArrayList<>();
    for (Node item : table.items(key)) {
      if (!(item instanceof Node.Text(String text, int _))) {
        throw wrong(key, "is no list of texts");
      }
      texts.add(text);
    }
    return texts;
  }

  private DocumentException wrong(String key, String what) {
    return new DocumentException(
        table.get(key).map(Node::line).orElse(table.line()),
        "options.providers.%s.%s %s".formatted(id, key, what),
        "correct the value");
  }
}
