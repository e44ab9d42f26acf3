// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static dev.redoubt.guard.network.NetworkRules.Answer.ALLOWED;
import static dev.redoubt.guard.network.NetworkRules.Answer.DENIED;
import static dev.redoubt.guard.network.NetworkRules.Answer.SILENT;
import static dev.redoubt.guard.network.Readings.good;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.redoubt.guard.Effect;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkRulesTest {

  private static final NetworkMatcher READ_V1 =
      new NetworkMatcher(hosts("api.example"), 443, Set.of("GET", "HEAD"), "/v1");
  private static final NetworkMatcher ADMIN =
      new NetworkMatcher(hosts("*"), 0, Set.of(), "/v1/admin");
  private static final NetworkRules RULES = new NetworkRules(List.of(READ_V1), List.of(ADMIN));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example/v1",
        "https://api.example/v1/",
        "https://API.example:443/v1/users?x=/v1/admin",
        "https://api.example/v1/x/../users#admin",
        "https://api.example/%76%31/users",
        "https://api.example/v1/administrators",
      })
  void whatARuleMeansIsAllowed(String url) {
    assertThat(RULES.answer(get(url))).isEqualTo(ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example/",
        "https://api.example/v2",
        "https://api.example/v1x",
        "https://api.example/V1",
        "https://api.example:8443/v1",
        "http://api.example/v1",
        "https://a.api.example/v1",
        "https://api.example/v1/../v2",
        "https://api.example/v1/%2e%2e/v2",
        "https://api.example/v1/..%2fv2",
        "https://api.example/v1/..%5cv2",
        "https://api.example/v1/%252e%252e%252fv2",
        "https://api.example/v1/..;/v2",
        "https://api.example/v1//../../v2",
      })
  void whatLeavesThePathOrThePortIsNotAllowed(String url) {
    assertThat(RULES.answer(get(url))).isEqualTo(SILENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example/v1/admin",
        "https://api.example/v1/admin/keys",
        "https://api.example/v1/%61dmin",
        "https://api.example/v1/Admin",
        "https://api.example/v1//admin",
        "https://api.example//v1/admin",
        "https://api.example/v1/x/../admin",
        "https://api.example/v1;x=1/admin",
        "https://api.example/v1%2fadmin",
        "https://api.example/v1%5cadmin",
        "https://api.example/v1/%2561dmin",
        "http://other.example:8080/v1/admin",
      })
  void denyWinsInEverySpelling(String url) {
    assertThat(RULES.answer(get(url))).isEqualTo(DENIED);
  }

  @Test
  void anotherMethodIsNotAllowed() {
    assertThat(RULES.answer(target("POST", "https://api.example/v1"))).isEqualTo(SILENT);
  }

  @Test
  void whatIsNotKnownIsDeniedAndNeverAllowed() {
    NetworkMatcher posts = new NetworkMatcher(hosts("api.example"), 443, Set.of("POST"), "/v1");
    NetworkRules denying = new NetworkRules(List.of(), List.of(posts));

    assertThat(denying.answer(target("", "api.example:443"))).isEqualTo(DENIED);
    assertThat(denying.answer(target("", "api.example"))).isEqualTo(DENIED);
    assertThat(denying.answer(target("", "api.example:22"))).isEqualTo(SILENT);
    assertThat(new NetworkRules(List.of(READ_V1), List.of()).answer(target("", "api.example:443")))
        .isEqualTo(SILENT);
  }

  @Test
  void aHostAndItsPortAreAShortRule() {
    assertThat(good(NetworkMatcher.parse("*.docs.example:8443")))
        .isEqualTo(new NetworkMatcher(hosts("*.docs.example"), 8443, Set.of(), ""));
    assertThat(good(NetworkMatcher.parse("[2001:db8::1]:22")))
        .isEqualTo(new NetworkMatcher(hosts("2001:db8::1"), 22, Set.of(), ""));
    assertThat(good(NetworkMatcher.parse("docs.example")))
        .isEqualTo(NetworkMatcher.of(hosts("docs.example")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.example:", "a.example:0", "a.example:99999", "a.example:0443", "a:b:c"})
  void aShortRuleWithAnotherPortIsRefused(String text) {
    assertThat(NetworkMatcher.parse(text)).isInstanceOf(Reading.Bad.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "/v1\\x", "/v 1", "/%zz"})
  void aMalformedPathIsNoRule(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkMatcher(hosts("*"), 0, Set.of(), path));
  }

  private static Target get(String url) {
    return target("GET", url);
  }

  private static Target target(String method, String target) {
    return good(Target.of(new Effect.Connect(method, target)));
  }

  private static HostPattern hosts(String pattern) {
    return good(HostPattern.parse(pattern));
  }
}
