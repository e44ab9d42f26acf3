// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.servers.RemoteServer;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.exec.SessionCredentials;
import dev.redoubt.cli.sandbox.CredentialSetting;
import dev.redoubt.cli.sandbox.CredentialTable;
import dev.redoubt.cli.sandbox.SandboxSettings;
import dev.redoubt.cli.sandbox.Table;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.mcp.client.ClientSettings.Approach;
import dev.redoubt.mcp.http.HttpField;
import dev.redoubt.mcp.oauth.OAuthSettings;
import dev.redoubt.mcp.oauth.OAuthSettings.Grant;
import dev.redoubt.mcp.oauth.OAuthSettings.Registered;
import dev.redoubt.mcp.oauth.SigningKey;
import dev.redoubt.sandbox.network.WebHeader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads `[mcp.servers.NAME]` with a `url`: a server over HTTP.
final class RemoteSettings {

  static final List<String> KEYS =
      List.of("url", "headers", "protocol", "auth", "enabled", "timeout", "start-timeout");
  private static final List<String> AUTH =
      List.of(
          "grant",
          "client-id",
          "client-secret",
          "client-key",
          "client-key-algorithm",
          "client-metadata",
          "issuer",
          "scopes",
          "authorization-servers");

  private final Call call;
  private final Path workspace;
  private final Table table;
  private final StrictUrl url;

  private RemoteSettings(Call call, Path workspace, Table table, StrictUrl url) {
    this.call = requireNonNull(call, "call");
    this.workspace = requireNonNull(workspace, "workspace");
    this.table = requireNonNull(table, "table");
    this.url = requireNonNull(url, "url");
  }

  /// @throws dev.redoubt.model.RedoubtException USAGE if it is malformed
  static RemoteServer of(Call call, Path workspace, Table table) {
    table.requireKeys(KEYS);
    RemoteSettings settings =
        new RemoteSettings(call, workspace, table, url(table, "url", table.text("url").orElse("")));
    Map<String, Supplier<String>> headers = settings.headers();
    boolean own = headers.keySet().stream().anyMatch("authorization"::equalsIgnoreCase);
    Table auth = table.table("auth");
    auth.requireKeys(AUTH);
    if (own && !auth.node().fields().isEmpty()) {
      throw table.wrong("auth", "goes without a header Authorization of your own");
    }
    List<StrictUrl> besides = new ArrayList<>();
    for (String server : auth.texts("authorization-servers")) {
      besides.add(url(auth, "authorization-servers", server));
    }
    return new RemoteServer(
        settings.url,
        () -> fields(headers),
        own ? Optional.empty() : Optional.of(settings.auth(auth)),
        besides,
        settings.approach());
  }

  private static StrictUrl url(Table table, String key, String text) {
    return switch (StrictUrl.read(text)) {
      case Reading.Good<StrictUrl>(StrictUrl url) -> url;
      case Reading.Bad<StrictUrl>(String _, String reason) ->
          throw table.wrong(key, "is no address: " + reason);
    };
  }

  private static List<HttpField> fields(Map<String, Supplier<String>> headers) {
    List<HttpField> fields = new ArrayList<>();
    headers.forEach((name, value) -> fields.add(new HttpField(name, value.get())));
    return fields;
  }

  private Map<String, Supplier<String>> headers() {
    Map<String, Supplier<String>> headers = new LinkedHashMap<>();
    Table given = table.table("headers");
    for (String name : given.node().fields().keySet()) {
      String value = given.text(name).orElseThrow(() -> given.wrong(name, "is no text"));
      Supplier<String> supplier = () -> value;
      if (value.matches("(env|file|exec):.*")) {
        supplier = secret(given, name);
      } else if (WebHeader.read(name, value, WebHeader.Kind.SECRET)
          instanceof Reading.Bad<WebHeader>(String _, String reason)) {
        throw given.wrong(name, "cannot be sent: " + reason);
      }
      if (name.toLowerCase(java.util.Locale.ROOT).startsWith("mcp-")) {
        throw given.wrong(name, "is set by the protocol");
      }
      headers.put(name, supplier);
    }
    return headers;
  }

  private Supplier<String> secret(Table from, String key) {
    CredentialSetting.Source source =
        CredentialTable.source(call, from, key, SandboxSettings.of(call).passed());
    return SessionCredentials.value(
            call, workspace, new CredentialSetting(table.name() + key, url, "", source))
        .orElseThrow(() -> from.wrong(key, "names a variable that is not set"));
  }

  private Approach approach() {
    return switch (table.text("protocol").orElse("auto")) {
      case "auto" -> Approach.FIND_OUT;
      case "2026-07-28" -> Approach.STATELESS;
      case "2025-11-25" -> Approach.SESSION;
      default -> throw table.wrong("protocol", "is not auto, 2026-07-28 or 2025-11-25");
    };
  }

  private Supplier<OAuthSettings> auth(Table auth) {
    Grant grant =
        switch (auth.text("grant").orElse("browser")) {
          case "browser" -> Grant.AUTHORIZATION_CODE;
          case "device" -> Grant.DEVICE_CODE;
          case "client" -> Grant.CLIENT_CREDENTIALS;
          default -> throw auth.wrong("grant", "is not browser, device or client");
        };
    String metadata = auth.text("client-metadata").orElse("");
    if (!metadata.isEmpty()
        && !url(auth, "client-metadata", metadata).text().startsWith("https:")) {
      throw auth.wrong("client-metadata", "is not https");
    }
    List<String> scopes = auth.texts("scopes");
    Optional<String> id = auth.text("client-id");
    if (id.isEmpty()) {
      for (String key : List.of("client-secret", "client-key")) {
        if (auth.text(key).isPresent()) {
          throw auth.wrong("client-id", "is missing: whose " + key + " is it?");
        }
      }
      if (grant == Grant.CLIENT_CREDENTIALS) {
        throw auth.wrong("client-id", "is missing: a client that acts for itself has a name");
      }
      return () -> new OAuthSettings(grant, Optional.empty(), metadata, scopes);
    }
    Supplier<Registered> client = client(auth, id.get());
    return () -> new OAuthSettings(grant, Optional.of(client.get()), metadata, scopes);
  }

  private Supplier<Registered> client(Table auth, String id) {
    Optional<Supplier<String>> key = auth.text("client-key").map(_ -> secret(auth, "client-key"));
    Optional<Supplier<String>> secret =
        auth.text("client-secret").map(_ -> secret(auth, "client-secret"));
    if (key.isPresent() && secret.isPresent()) {
      throw auth.wrong("client-key", "goes without a client-secret");
    }
    String issuer = issuer(auth);
    if (issuer.isEmpty() && (key.isPresent() || secret.isPresent())) {
      throw auth.wrong(
          "issuer",
          "is missing: the secret of a client goes to the one who knows it, never to whom a server"
              + " names");
    }
    String algorithm = auth.text("client-key-algorithm").orElse("ES256");
    return () ->
        new Registered(
            id,
            secret.map(Supplier::get).orElse(""),
            key.map(pem ->
                SigningKey.read(pem.get(), algorithm)
                    .orElseThrow(() -> auth.wrong("client-key", "holds no key for " + algorithm))),
            issuer);
  }

  private static String issuer(Table auth) {
    String issuer = auth.text("issuer").orElse("");
    if (!issuer.isEmpty()) {
      url(auth, "issuer", issuer);
    }
    return issuer;
  }
}
