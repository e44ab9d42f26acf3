// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.mcp.conformance.MemoryVault;
import dev.redoubt.mcp.http.WebExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class AuthorizerTest {

  private static final String SERVER = "https://mcp.example/mcp";
  private static final String ISSUER = "https://login.example/t";
  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

  private final Map<String, String> pages = new LinkedHashMap<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> tokens = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger given = new AtomicInteger();
  private final MemoryVault vault = new MemoryVault();
  private String metadata =
      "{'issuer':'https://login.example/t','token_endpoint':'https://login.example/token','registration_endpoint':'https://login.example/register','authorization_endpoint':'https://login.example/a','code_challenge_methods_supported':['S256']}";

  @Test
  void twoWhoseTokenEndedRenewItOnce() throws Exception {
    vault.write("token\noperator\n" + SERVER, token("old", "r1", ISSUER));
    vault.write(
        "client\noperator\n" + SERVER + "\n" + ISSUER,
        "{\"id\":\"c\",\"secret\":\"\",\"method\":\"none\"}");
    Runnable use =
        () -> {
          try {
            exchange(OAuthSettings.USUAL).send(post()).close();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        };
    Thread one = Thread.ofVirtual().start(use);
    Thread other = Thread.ofVirtual().start(use);
    one.join();
    other.join();

    assertThat(given.get()).isEqualTo(1);
    assertThat(asked)
        .filteredOn(url -> url.startsWith("POST https://login.example/token"))
        .singleElement()
        .asString()
        .contains(
            "grant_type=refresh_token",
            "refresh_token=r1",
            "resource=https%3A%2F%2Fmcp.example%2Fmcp");
    assertThat(tokens).contains("Bearer t1").isSubsetOf("Bearer old", "Bearer t1");
  }

  @Test
  void aRefreshTokenGoesToNobodyButWhoGaveIt() throws Exception {
    vault.write("token\noperator\n" + SERVER, token("old", "r1", "https://other.example"));

    assertThatThrownBy(() -> exchange(OAuthSettings.USUAL).send(post()))
        .isInstanceOf(AuthorizationException.class)
        .hasMessageContaining("redoubt mcp login");
    assertThat(asked).noneMatch(sent -> sent.contains("r1"));
  }

  @Test
  void aLoginThatComesToNothingLeavesTheClientAndTheTokenThatAreKept() throws Exception {
    String client = "client\noperator\n" + SERVER + "\n" + ISSUER;
    String old = "{\"id\":\"c\",\"secret\":\"\",\"method\":\"none\",\"redirect\":\"x\"}";
    vault.write(client, old);
    vault.write("token\noperator\n" + SERVER, token("old", "r1", ISSUER));
    AtomicReference<String> renewed = new AtomicReference<>("");
    Visit nobody =
        page -> {
          // While a page is shown the token that is kept is renewed for whoever else needs it.
          Thread other =
              Thread.ofVirtual()
                  .start(() -> {
                    try {
                      exchange(OAuthSettings.USUAL).send(post()).close();
                      renewed.set("yes");
                    } catch (IOException e) {
                      renewed.set("no: " + e.getMessage());
                    }
                  });
          other.join();
          throw new IOException("nobody came back");
        };

    assertThatThrownBy(
            () -> authorizer(OAuthSettings.USUAL, Optional.of(new Visits(nobody))).login())
        .hasMessageContaining("nobody came back");
    assertThat(renewed).hasValue("yes");
    assertThat(asked)
        .anyMatch(sent -> sent.startsWith("POST https://login.example/register"))
        .anyMatch(sent -> sent.contains("refresh_token=r1") && sent.contains("client_id=c"));
    assertThat(vault.read(client)).hasValue(old);
  }

  @Test
  void aClientThatIsNotKnownAnyMoreIsForgotten() throws Exception {
    String client = "client\noperator\n" + SERVER + "\n" + ISSUER;
    vault.write(client, "{\"id\":\"gone\",\"secret\":\"\",\"method\":\"none\"}");
    vault.write("token\noperator\n" + SERVER, token("old", "r1", ISSUER));

    assertThatThrownBy(() -> exchange(OAuthSettings.USUAL).send(post()))
        .isInstanceOf(AuthorizationException.class)
        .hasMessageContaining("redoubt mcp login");
    assertThat(vault.read(client)).isEmpty();
  }

  @Test
  void theTokenOfAnotherScopeIsNotSent() throws Exception {
    vault.write("token\ncheckout /home/me/project\n" + SERVER, token("t1", "r1", ISSUER));

    assertThatThrownBy(() -> exchange(OAuthSettings.USUAL).send(post()))
        .isInstanceOf(AuthorizationException.class);
    assertThat(tokens).containsExactly("");
    assertThat(authorizer(OAuthSettings.USUAL, Optional.empty()).logout()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'issuer':'https://login.example/t'|'issuer':'https://login.example/T'|says that it is"
            + " another",
        "https://login.example/token|http://login.example/token|not https",
        "['S256']|['plain']|PKCE",
        "'code_challenge_methods_supported':['S256']|'x':1|PKCE",
      })
  void aServerThatCannotBeTrustedWithACodeGetsNone(String part, String other, String why) {
    metadata = metadata.replace(part, other);
    Consent consent = new NoConsent();

    assertThatThrownBy(() ->
            authorizer(OAuthSettings.USUAL, Optional.of(consent))
                .renewed(Challenge.NONE, Optional.empty()))
        .isInstanceOf(AuthorizationException.class)
        .hasMessageContaining(why);
    assertThat(asked).noneMatch(sent -> sent.startsWith("POST"));
  }

  @Test
  void aClientOfAnotherIssuerIsNotUsed() {
    OAuthSettings settings =
        new OAuthSettings(
            OAuthSettings.Grant.CLIENT_CREDENTIALS,
            Optional.of(
                new OAuthSettings.Registered(
                    "c", "s3cret", Optional.empty(), "https://old.example")),
            "",
            List.of());

    assertThatThrownBy(
            () -> authorizer(settings, Optional.empty()).renewed(Challenge.NONE, Optional.empty()))
        .isInstanceOf(AuthorizationException.class)
        .hasMessageContaining("https://old.example");
    assertThat(asked).noneMatch(sent -> sent.contains("s3cret") || sent.contains("login.example"));
  }

  @Test
  void aSecretWithoutAnIssuerIsNoClient() {
    assertThatThrownBy(() -> new OAuthSettings.Registered("c", "s3cret", Optional.empty(), ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "https://mcp.example/mcp, true",
    "https://mcp.example, true",
    "https://mcp.example/, true",
    "https://mcp.example/mc, false",
    "https://mcp.example/mcp/more, false",
    "https://mcp.example.evil.example/mcp, false",
    "https://mcp.example:444/mcp, false",
    "http://mcp.example/mcp, false",
    "https://a@mcp.example/mcp, false",
  })
  void aResourceCoversWhatLiesBelowIt(String resource, boolean covers) {
    assertThat(WebPlace.covers(resource, SERVER)).isEqualTo(covers);
  }

  private AuthorizedExchange exchange(OAuthSettings settings) {
    return new AuthorizedExchange(this::answer, authorizer(settings, Optional.empty()));
  }

  private Authorizer authorizer(OAuthSettings settings, Optional<Consent> consent) {
    return new Authorizer(
        "operator",
        SERVER,
        settings,
        new Authorizer.Tools(
            this::answer,
            vault,
            consent,
            Clock.fixed(NOW, ZoneOffset.UTC),
            new Secrets(new SecureRandom())));
  }

  private static String token(String access, String refresh, String issuer) {
    return new Token(issuer, SERVER, access, refresh, NOW.plusSeconds(9_999), "").json();
  }

  private static WebExchange.Ask post() {
    return new WebExchange.Ask("POST", SERVER, List.of(), "{}", WebExchange.Ask.Kind.STREAM);
  }

  /* The server lets in whoever has a token that was given since the test began. */
  private WebExchange.Reply answer(WebExchange.Ask ask) {
    asked.add("%s %s %s".formatted(ask.method(), ask.url(), ask.body()));
    pages.put(
        "https://mcp.example/.well-known/oauth-protected-resource/mcp",
        "{'resource':'%s','authorization_servers':['%s']}".formatted(SERVER, ISSUER));
    pages.put("https://login.example/.well-known/oauth-authorization-server/t", metadata);
    if (ask.url().equals("https://login.example/register")) {
      return reply(201, "{'client_id':'new'}");
    }
    if (ask.url().equals("https://login.example/token")) {
      if (ask.body().contains("client_id=gone")) {
        return reply(401, "{'error':'invalid_client'}");
      }
      return reply(
          200, "{'access_token':'t%d','token_type':'bearer'}".formatted(given.incrementAndGet()));
    }
    if (ask.url().equals(SERVER)) {
      String sent =
          ask.fields().stream()
              .filter(field -> field.name().equals("Authorization"))
              .map(field -> field.value())
              .findFirst()
              .orElse("");
      tokens.add(sent);
      return reply(sent.equals("Bearer t1") ? 200 : 401, "{}");
    }
    String page = pages.get(ask.url());
    return page == null ? reply(404, "") : reply(200, page);
  }

  private static WebExchange.Reply reply(int status, String json) {
    return new WebExchange.Reply(
        status,
        Map.of("www-authenticate", List.of("Bearer")),
        new ByteArrayInputStream(json.replace('\'', '"').getBytes(UTF_8)));
  }

  @FunctionalInterface
  private interface Visit {
    Map<String, String> at(String page) throws IOException, InterruptedException;
  }

  private record Visits(Visit visit) implements Consent {

    @Override
    public String redirectUri() {
      return "http://127.0.0.1:1/callback";
    }

    @Override
    public Map<String, String> visit(String url, String state)
        throws IOException, InterruptedException {
      return visit.at(url);
    }

    @Override
    public void show(String url, String words) {
      throw new AssertionError("shown " + url);
    }
  }

  private static final class NoConsent implements Consent {

    @Override
    public String redirectUri() {
      return "http://127.0.0.1:1/callback";
    }

    @Override
    public Map<String, String> visit(String url, String state) {
      throw new AssertionError("shown " + url);
    }

    @Override
    public void show(String url, String words) {
      throw new AssertionError("shown " + url);
    }
  }
}
