// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import static java.util.Objects.requireNonNull;

import dev.redoubt.mcp.http.WebExchange;
import dev.redoubt.mcp.oauth.OAuthSettings.Registered;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gets tokens for one server, keeps them, and renews them: one at a time, in all processes of this
/// user. A token is sent to the server it is for; what renews it to whoever gave it. Safe to share.
public final class Authorizer {

  private static final Duration EARLY = Duration.ofSeconds(30);

  private final String scope;
  private final String server;
  private final OAuthSettings settings;
  private final TokenVault vault;
  private final Optional<Consent> consent;
  private final Clock clock;
  private final Secrets secrets;
  private final Documents documents;
  private volatile @Nullable Token current;
  private volatile boolean looked;

  /// What an authorizer works with.
  ///
  /// @param consent shows pages to a person; empty when nobody is there
  public record Tools(
      WebExchange web, TokenVault vault, Optional<Consent> consent, Clock clock, Secrets secrets) {
    public Tools {
      requireNonNull(web, "web");
      requireNonNull(vault, "vault");
      requireNonNull(consent, "consent");
      requireNonNull(clock, "clock");
      requireNonNull(secrets, "secrets");
    }
  }

  /// @param scope whose server it is: what another scope keeps for the same URL is not used
  /// @param server the URL of the MCP server
  public Authorizer(String scope, String server, OAuthSettings settings, Tools tools) {
    this.scope = requireNonNull(scope, "scope");
    this.server = requireNonNull(server, "server");
    this.settings = requireNonNull(settings, "settings");
    this.vault = tools.vault();
    this.consent = tools.consent();
    this.clock = tools.clock();
    this.secrets = tools.secrets();
    this.documents = new Documents(tools.web());
  }

  /// Gets a token now, and lets the person say yes again even if there is one.
  ///
  /// @throws AuthorizationException if the server lets everybody in, or nobody who can ask here
  public void login() throws IOException, InterruptedException {
    Challenge challenge = documents.challenge(server);
    Discovery.Found found = find(challenge);
    Gained gained = fresh(found, challenge, Optional.empty());
    // Others may use the token there is while the person reads.
    vault.alone(name(), () -> kept(found, gained));
  }

  /// Forgets the token of the server. Returns whether there was one.
  public boolean logout() throws IOException, InterruptedException {
    return vault.alone(
        name(),
        () -> {
          boolean there = vault.read(name()).isPresent();
          vault.remove(name());
          current = null;
          return there;
        });
  }

  /// Returns whether there is a token, of whatever use.
  public boolean hasToken() throws IOException {
    return vault.read(name()).flatMap(Token::read).isPresent();
  }

  private String name() {
    return "token\n%s\n%s".formatted(scope, server);
  }

  /// Returns the token to send, if there is one. One that is about to expire is renewed first.
  Optional<Token> token() throws IOException, InterruptedException {
    if (!looked) {
      current = vault.read(name()).flatMap(Token::read).orElse(null);
      looked = true;
    }
    Token token = current;
    if (token == null || clock.instant().isBefore(token.expires().minus(EARLY))) {
      return Optional.ofNullable(token);
    }
    return token.refresh().isEmpty()
        ? Optional.of(token)
        : Optional.of(renewed(Challenge.NONE, Optional.of(token)));
  }

  /// Returns another token than `used`, which was not good enough, or none.
  Token renewed(Challenge challenge, Optional<Token> used)
      throws IOException, InterruptedException {
    Renewal renewal = vault.alone(name(), () -> quietly(challenge, used));
    return switch (renewal) {
      case Renewal.Done(Token token) -> token;
      case Renewal.Asks(Discovery.Found found, Optional<Token> before) -> {
        Gained gained = fresh(found, challenge, before);
        yield vault.alone(name(), () -> kept(found, gained));
      }
    };
  }

  private sealed interface Renewal {
    record Done(Token token) implements Renewal {}

    /* A person has to say yes, which takes as long as it takes. */
    record Asks(Discovery.Found found, Optional<Token> before) implements Renewal {}
  }

  private record Gained(Token token, ClientIdentity client, String redirect) {}

  private Renewal quietly(Challenge challenge, Optional<Token> used)
      throws IOException, InterruptedException {
    Optional<Token> kept = vault.read(name()).flatMap(Token::read);
    boolean other =
        kept.isPresent()
            && used.map(token -> !token.access().equals(kept.get().access())).orElse(true);
    if (other && kept.get().expires().isAfter(clock.instant())) {
      // Somebody else was faster.
      current = kept.get();
      return new Renewal.Done(kept.get());
    }
    Discovery.Found found = find(challenge);
    Optional<Token> same =
        kept.or(() -> used)
            .filter(token ->
                token.issuer().equals(found.by().issuer())
                    && token.resource().equals(found.resource()));
    if (same.isPresent() && !same.get().refresh().isEmpty() && !challenge.wantsMoreScope()) {
      Optional<Token> refreshed = refreshed(found, same.get());
      if (refreshed.isPresent()) {
        return new Renewal.Done(kept(refreshed.get()));
      }
    }
    return settings.grant() == OAuthSettings.Grant.CLIENT_CREDENTIALS
        ? new Renewal.Done(kept(found, fresh(found, challenge, same)))
        : new Renewal.Asks(found, same);
  }

  private Discovery.Found find(Challenge challenge) throws IOException {
    if (!WebPlace.isSafe(server)) {
      throw new AuthorizationException(
          "it is reached without https, so no token can be sent to it");
    }
    return new Discovery(documents, server, settings.issuer()).find(challenge);
  }

  private Optional<Token> refreshed(Discovery.Found found, Token token)
      throws IOException, InterruptedException {
    TokenEndpoint endpoint = new TokenEndpoint(documents, found, clock, secrets);
    ClientIdentity client = registration().at(found.by(), "");
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", token.refresh());
    Documents.Answer answer = endpoint.ask(client, key(), form);
    if (endpoint.isClientUnknown()) {
      registration().forget(found.by());
    }
    if (answer.status() / 100 == 4) {
      // It is not good any more: whoever may has to say yes again.
      return Optional.empty();
    }
    return Optional.of(endpoint.token(answer, token.scope(), token.refresh()));
  }

  private Gained fresh(Discovery.Found found, Challenge challenge, Optional<Token> before)
      throws IOException, InterruptedException {
    // Nobody is asked or registered for something that cannot be had in the end.
    found.by().needed("token_endpoint");
    TokenEndpoint endpoint = new TokenEndpoint(documents, found, clock, secrets);
    try {
      return granted(found, endpoint, scope(found, challenge, before));
    } finally {
      if (endpoint.isClientUnknown()) {
        registration().forget(found.by());
      }
    }
  }

  private Gained granted(Discovery.Found found, TokenEndpoint endpoint, String scope)
      throws IOException, InterruptedException {
    return switch (settings.grant()) {
      case CLIENT_CREDENTIALS -> {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        if (!scope.isEmpty()) {
          form.put("scope", scope);
        }
        ClientIdentity client = registration().at(found.by(), "");
        Token token = endpoint.token(endpoint.ask(client, key(), form), scope, "");
        yield new Gained(token, client, "");
      }
      case AUTHORIZATION_CODE -> {
        Consent person = person();
        CodeGrant.requireProof(found.by());
        ClientIdentity client = registration().at(found.by(), person.redirectUri());
        Token token = new CodeGrant(found, endpoint, person, secrets).token(client, key(), scope);
        yield new Gained(token, client, person.redirectUri());
      }
      case DEVICE_CODE -> {
        Consent person = person();
        ClientIdentity client = registration().at(found.by(), "");
        Token token = new DeviceGrant(found, endpoint, person).token(client, key(), scope);
        yield new Gained(token, client, "");
      }
    };
  }

  private Consent person() throws AuthorizationException {
    return consent.orElseThrow(
        () -> new AuthorizationException("it wants a person to log in first: redoubt mcp login"));
  }

  private Registration registration() {
    return new Registration(documents, settings, vault, scope + "\n" + server);
  }

  private Optional<SigningKey> key() {
    return settings.client().flatMap(Registered::key);
  }

  private Token kept(Discovery.Found found, Gained gained) throws IOException {
    registration().keep(found.by(), gained.client(), gained.redirect());
    return kept(gained.token());
  }

  private Token kept(Token token) throws IOException {
    vault.write(name(), token.json());
    current = token;
    looked = true;
    return token;
  }

  /* What was asked for before goes on, so that a step up loses nothing. */
  private String scope(Discovery.Found found, Challenge challenge, Optional<Token> before) {
    Set<String> scopes = new LinkedHashSet<>(settings.scopes());
    before.ifPresent(token -> scopes.addAll(words(token.scope())));
    Optional<String> told = challenge.get("scope");
    scopes.addAll(told.map(Authorizer::words).orElse(found.scopes()));
    boolean asks = settings.grant() != OAuthSettings.Grant.CLIENT_CREDENTIALS;
    if (asks && found.by().texts("scopes_supported").contains("offline_access")) {
      scopes.add("offline_access");
    }
    return String.join(" ", scopes);
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("[ \t]+")).filter(word -> !word.isEmpty()).toList();
  }

  /// Returns when the token that is sent is no good any more; empty when there is none.
  public Optional<Instant> expires() throws IOException {
    return vault.read(name()).flatMap(Token::read).map(Token::expires);
  }
}
