// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import dev.redoubt.document.Node;
import dev.redoubt.model.Credential;
import dev.redoubt.model.Credential.Channel;
import dev.redoubt.model.Credential.Form;
import dev.redoubt.secrets.Fingerprints;
import dev.redoubt.secrets.SecretText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects what a declaration hands to its server, each name once in each channel.
final class Credentials {

  private final Fingerprints fingerprints;
  private final Map<String, Credential> byName = new LinkedHashMap<>();

  Credentials(Fingerprints fingerprints) {
    this.fingerprints = fingerprints;
  }

  /// Reads the environment, headers and other fields of `fields` that carry credentials.
  static List<Credential> of(Fields fields, List<Credential> more, Fingerprints fingerprints) {
    Credentials credentials = new Credentials(fingerprints);
    fields
        .every("env", "environment", "envs", "environmentVariables")
        .forEach(node -> credentials.named(node, Channel.ENVIRONMENT));
    fields
        .every("env_keys", "env_vars", "envVars", "secrets")
        .forEach(node -> credentials.references(node, Channel.ENVIRONMENT));
    fields
        .every("headers", "http_headers", "httpHeaders", "requestHeaders")
        .forEach(node -> credentials.named(node, Channel.HEADER));
    fields
        .every("env_http_headers", "envHttpHeaders")
        .forEach(node ->
            node.fields().forEach((name, value) -> credentials.environmentHeader(name, value)));
    fields
        .every("bearer_token_env_var", "bearerTokenEnvVar")
        .forEach(node -> credentials.environmentHeader("Authorization", node));
    fields
        .named(
            "bearer_token",
            "authorization_token",
            "authorizationToken",
            "apiKey",
            "api_key",
            "token",
            "accessToken",
            "authorization",
            "bearerToken")
        .forEach(field -> credentials.add(field.getKey(), Channel.HEADER, field.getValue()));
    fields
        .named("oauth", "auth", "authentication", "authProviderType", "headersHelper", "oauth2")
        .forEach(field -> credentials.negotiated(field.getKey(), field.getValue()));
    more.forEach(credentials::add);
    return List.copyOf(credentials.byName.values());
  }

  private void named(Node node, Channel channel) {
    node.fields().forEach((name, value) -> add(name, channel, value));
    for (Node item : node.items()) {
      String text = item.scalar().orElse("");
      int equals = text.indexOf(channel == Channel.HEADER ? ':' : '=');
      if (item.scalar("name").or(() -> item.scalar("key")).isPresent()) {
        String name = item.scalar("name").or(() -> item.scalar("key")).orElseThrow();
        add(name, channel, item.get("value").orElseGet(() -> new Node.Nothing(item.line())));
      } else if (equals > 0) {
        add(
            text.substring(0, equals).strip(),
            channel,
            new Node.Text(text.substring(equals + 1).strip(), item.line()));
      } else if (!text.isBlank()) {
        add(new Credential(text, channel, Form.REFERENCE, null, item.line()));
      }
    }
  }

  private void references(Node node, Channel channel) {
    for (Node item : node.items()) {
      item.scalar()
          .or(() -> item.scalar("env"))
          .or(() -> item.scalar("name"))
          .ifPresent(name -> add(new Credential(name, channel, Form.REFERENCE, null, item.line())));
    }
    if (node instanceof Node.Obj) {
      node.fields().forEach((name, value) -> add(name, channel, value));
    }
  }

  /* The header is filled from a variable, so both are handed over. */
  private void environmentHeader(String header, Node variable) {
    variable
        .scalar()
        .filter(name -> !name.isBlank())
        .ifPresent(name ->
            add(new Credential(name, Channel.ENVIRONMENT, Form.REFERENCE, null, variable.line())));
    add(new Credential(header, Channel.HEADER, Form.REFERENCE, null, variable.line()));
  }

  /* OAuth and its like: the token is negotiated when the server is used; a client secret may be
  written down all the same. */
  private void negotiated(String key, Node node) {
    if (node instanceof Node.Bool(boolean value, int _) && !value) {
      return;
    }
    boolean off = node.scalar("enabled").filter("false"::equals).isPresent();
    if (off || node.scalar().filter(text -> text.equals("none")).isPresent()) {
      return;
    }
    add(new Credential(key, Channel.HEADER, Form.REFERENCE, null, node.line()));
    node.fields()
        .forEach((name, value) -> {
          String text = value.scalar().orElse("");
          if (SecretText.form(name, text) == Form.LITERAL_SECRET) {
            add(key + "." + name, Channel.HEADER, value);
          }
        });
  }

  private void add(String name, Channel channel, Node value) {
    String text = value.scalar().orElse("");
    Form form = SecretText.ofVariable(name, text);
    @Nullable String fingerprint =
        form == Form.LITERAL_SECRET ? fingerprints.of(SecretText.bare(text)) : null;
    add(new Credential(name, channel, form, fingerprint, value.line()));
  }

  private void add(Credential credential) {
    byName.merge(
        credential.channel() + " " + credential.name(),
        credential,
        (a, b) -> a.form().compareTo(b.form()) <= 0 ? a : b);
  }

  /// Returns `names` as a list of texts, scalars only.
  static List<String> texts(List<Node> nodes) {
    List<String> texts = new ArrayList<>();
    for (Node node : nodes) {
      node.scalar().ifPresent(texts::add);
      node.items()
          .forEach(item -> item.scalar().or(() -> item.scalar("name")).ifPresent(texts::add));
    }
    return texts.stream().distinct().toList();
  }
}
