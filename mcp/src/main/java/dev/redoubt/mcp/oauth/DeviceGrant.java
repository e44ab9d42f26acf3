// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/* RFC 8628 */
/// Gets a token by way of a code that a person types on any machine.
final class DeviceGrant {

  private static final int USUAL_SECONDS = 5;
  private static final int MORE_SECONDS = 5;
  private static final int MOST_PAUSE = 60;
  private static final int MOST_SECONDS = 1_800;
  private static final int LONGEST_CODE = 64;

  private final Discovery.Found found;
  private final TokenEndpoint endpoint;
  private final Consent consent;

  DeviceGrant(Discovery.Found found, TokenEndpoint endpoint, Consent consent) {
    this.found = requireNonNull(found, "found");
    this.endpoint = requireNonNull(endpoint, "endpoint");
    this.consent = requireNonNull(consent, "consent");
  }

  Token token(ClientIdentity client, Optional<SigningKey> key, String scope)
      throws IOException, InterruptedException {
    Node device = device(client, key, scope);
    String url = device.text("verification_uri").orElse("");
    String words = device.text("user_code").orElse("");
    if (!WebPlace.isSafe(url) || words.isEmpty() || words.length() > LONGEST_CODE) {
      throw new AuthorizationException(
          "%s names no page for a code".formatted(found.by().issuer()));
    }
    consent.show(url, words);
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "urn:ietf:params:oauth:grant-type:device_code");
    form.put("device_code", device.text("device_code").orElse(""));
    long end =
        System.nanoTime()
            + Duration.ofSeconds(number(device, "expires_in", MOST_SECONDS, MOST_SECONDS))
                .toNanos();
    int pause = number(device, "interval", USUAL_SECONDS, MOST_PAUSE);
    while (System.nanoTime() < end) {
      pause(pause);
      Documents.Answer answer = endpoint.ask(client, key, form);
      switch (answer.error()) {
        case "authorization_pending" -> {
          // The person is still typing.
        }
        case "slow_down" -> pause = Math.min(MOST_PAUSE, pause + MORE_SECONDS);
        default -> {
          return endpoint.token(answer, scope, "");
        }
      }
    }
    throw new AuthorizationException("the code was not typed in time");
  }

  private Node device(ClientIdentity client, Optional<SigningKey> key, String scope)
      throws IOException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("client_id", client.id());
    form.put("resource", found.resource());
    if (!scope.isEmpty()) {
      form.put("scope", scope);
    }
    Documents.Answer answer = endpoint.send("device_authorization_endpoint", client, key, form);
    if (!answer.isFine()) {
      throw new AuthorizationException(
          "%s gives no code: %s".formatted(found.by().issuer(), answer.error()));
    }
    return answer.document();
  }

  private static int number(Node node, String key, int usual, int most) {
    try {
      return Math.clamp(Long.parseLong(node.scalar(key).orElse("")), 1, most);
    } catch (NumberFormatException e) {
      return usual;
    }
  }

  private static void pause(int seconds) throws InterruptedException {
    if (new CountDownLatch(1).await(seconds, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nobody opens it");
    }
  }
}
