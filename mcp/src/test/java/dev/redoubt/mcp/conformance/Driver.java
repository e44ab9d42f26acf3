// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.client.CallAnswer;
import dev.redoubt.mcp.client.ClientSettings;
import dev.redoubt.mcp.client.ClientSettings.Approach;
import dev.redoubt.mcp.client.McpClient;
import dev.redoubt.mcp.client.McpException;
import dev.redoubt.mcp.client.Person;
import dev.redoubt.mcp.client.ToolDescriptor;
import dev.redoubt.mcp.http.HttpTransport;
import dev.redoubt.mcp.http.WebExchange;
import dev.redoubt.mcp.oauth.AuthorizedExchange;
import dev.redoubt.mcp.oauth.Authorizer;
import dev.redoubt.mcp.oauth.Consent;
import dev.redoubt.mcp.oauth.OAuthSettings;
import dev.redoubt.mcp.oauth.OAuthSettings.Grant;
import dev.redoubt.mcp.oauth.OAuthSettings.Registered;
import dev.redoubt.mcp.oauth.Secrets;
import dev.redoubt.mcp.oauth.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A client that does with a server whatever it can: it is met, says what it has, and each of that
/// is used once.
final class Driver {

  private static final Duration LONG = Duration.ofSeconds(25);
  private static final Limits LIMITS = new Limits(1 << 20, 50, 100_000);
  private static final String ABOUT = "https://conformance-test.local/client-metadata.json";

  private final WebExchange web = new PlainWeb();
  private final String scenario;
  private final String url;
  private final Node context;
  private final ClientSettings settings;

  /// @param version of MCP that is to be spoken
  /// @param context what the suite tells a client besides; may be empty
  Driver(String scenario, String version, String context, String url) throws DocumentException {
    this.scenario = scenario;
    this.url = url;
    this.context = Json.read((context.isBlank() ? "{}" : context).getBytes(UTF_8), LIMITS);
    this.settings =
        new ClientSettings("1", List.of(Path.of("/nowhere/work")), LONG)
            .approaching(version.startsWith("2026") ? Approach.STATELESS : Approach.SESSION)
            .asking(_ -> new Person.Reply.Accepted(new Node.Obj(Map.of(), 1)));
  }

  void run() throws McpException, InterruptedException, IOException {
    WebExchange authorized =
        new AuthorizedExchange(
            web,
            new Authorizer(
                "operator",
                url,
                oauth(),
                new Authorizer.Tools(
                    web,
                    new MemoryVault(),
                    Optional.of(new ObedientConsent()),
                    Clock.systemUTC(),
                    new Secrets(new SecureRandom()))));
    HttpTransport transport = new HttpTransport(authorized, url, List.of(), 16 << 20);
    try (McpClient client = McpClient.connect(transport, settings)) {
      List<ToolDescriptor> tools = client.tools();
      List<Node> wanted = context.items("toolCalls");
      for (Node call : wanted) {
        use(
            client.call(
                call.text("name").orElseThrow(), object(call.get("arguments")), LONG, LONG));
      }
      for (ToolDescriptor tool : wanted.isEmpty() ? tools : List.<ToolDescriptor>of()) {
        use(client.call(tool.name(), arguments(tool, tools.getFirst()), LONG, LONG));
      }
      for (Node resource : client.resources()) {
        use(client.read(resource.text("uri").orElseThrow(), LONG, LONG));
      }
      for (Node prompt : client.prompts()) {
        use(client.prompt(prompt.text("name").orElseThrow(), object(Optional.empty()), LONG, LONG));
      }
    }
  }

  private static void use(CallAnswer answer) throws IOException {
    switch (answer) {
      case CallAnswer.Came _ -> {}
      case CallAnswer.Refused(var error) -> throw new IOException(error.message());
      case CallAnswer.Broken(String reason) -> throw new IOException(reason);
    }
  }

  private static Node.Obj object(Optional<Node> node) {
    return new Node.Obj(node.map(Node::fields).orElse(Map.of()), 1);
  }

  /* What wants a schema is given one that was told. */
  private static Node.Obj arguments(ToolDescriptor tool, ToolDescriptor first) {
    Map<String, Node> arguments = new LinkedHashMap<>();
    tool.inputSchema()
        .fields("properties")
        .forEach((name, schema) ->
            arguments.put(
                name,
                switch (schema.text("type").orElse("string")) {
                  case "number", "integer" -> new Node.Num("2", 1);
                  case "boolean" -> new Node.Bool(true, 1);
                  case "object" -> first.inputSchema();
                  default -> new Node.Text("two", 1);
                }));
    return new Node.Obj(arguments, 1);
  }

  private OAuthSettings oauth() {
    Optional<Registered> client =
        context
            .text("client_id")
            .map(id ->
                new Registered(
                    id,
                    context.text("client_secret").orElse(""),
                    context
                        .text("private_key_pem")
                        .flatMap(pem ->
                            SigningKey.read(
                                pem, context.text("signing_algorithm").orElse("ES256"))),
                    issuer()));
    Grant grant =
        scenario.contains("client-credentials")
            ? Grant.CLIENT_CREDENTIALS
            : Grant.AUTHORIZATION_CODE;
    return new OAuthSettings(grant, client, ABOUT, List.of());
  }

  /* The suite names no issuer: it stands in for an operator who looked before. */
  private String issuer() {
    URI at = URI.create(url);
    String origin = at.getScheme() + "://" + at.getRawAuthority();
    String place = origin + "/.well-known/oauth-protected-resource";
    for (String document : List.of(place + at.getRawPath(), place)) {
      try (WebExchange.Reply reply =
          web.send(
              new WebExchange.Ask("GET", document, List.of(), "", WebExchange.Ask.Kind.DOCUMENT))) {
        if (reply.status() == 200) {
          return Json.read(reply.body().readAllBytes(), LIMITS)
              .items("authorization_servers")
              .getFirst()
              .scalar()
              .orElseThrow();
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return origin;
  }

  /// A person who says yes to every page.
  private final class ObedientConsent implements Consent {

    @Override
    public String redirectUri() {
      return "http://localhost:3000/callback";
    }

    @Override
    public Map<String, String> visit(String page, String state) throws IOException {
      try (WebExchange.Reply reply =
          web.send(
              new WebExchange.Ask("GET", page, List.of(), "", WebExchange.Ask.Kind.DOCUMENT))) {
        Map<String, String> back = new LinkedHashMap<>();
        String query = URI.create(reply.first("location").orElseThrow()).getRawQuery();
        for (String pair : query.split("&", -1)) {
          int equals = pair.indexOf('=');
          back.put(
              URLDecoder.decode(pair.substring(0, equals), UTF_8),
              URLDecoder.decode(pair.substring(equals + 1), UTF_8));
        }
        return back;
      }
    }

    @Override
    public void show(String page, String words) throws IOException {
      throw new IOException("nobody types " + words);
    }
  }
}
