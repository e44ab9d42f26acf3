// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static dev.redoubt.guard.network.Readings.good;
import static dev.redoubt.guard.network.Readings.rule;
import static dev.redoubt.guard.network.Scheme.HTTPS;
import static dev.redoubt.guard.network.Scheme.WSS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.Effect;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The last value that passes and the first that does not.
class NetworkBoundsTest {

  private static final Host HERE = good(HostAndPort.read("a.example:1")).host();

  @ParameterizedTest
  @CsvSource({
    "a.example:1, a.example:1",
    "a.example:65535, a.example:65535",
    "[::1]:9, [::1]:9",
    "a.example:65536, net.malformed",
    "a.example:99999, net.malformed",
    "a.example:100000, net.malformed",
    "a.example:0, net.malformed",
    "a.example:01, net.malformed",
    "a.example:, net.malformed",
    "a.example:1/, net.malformed",
    "a.example:8a, net.malformed",
    "a.example, net.malformed",
    ":80, net.malformed",
    "a.example:1:2, net.malformed",
    "[::1:9, net.malformed",
    "[::1]x:9, net.malformed",
    "[::1]9, net.malformed",
    "@a.example:1, net.userinfo",
  })
  void aHostWithAPort(String text, String expected) {
    Reading<HostAndPort> reading = HostAndPort.read(text);

    assertThat(reading instanceof Reading.Good<HostAndPort>(var at) ? at.text() : rule(reading))
        .isEqualTo(expected);
    assertThat(reading instanceof Reading.Good<HostAndPort>(var at) ? at.toString() : expected)
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void aPortIsInRange(int port) {
    assertThatThrownBy(() -> new HostAndPort(HERE, port))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMatcherMeansOnePortOrAll() {
    assertThat(new NetworkMatcher(new HostPattern.Any(), 65_535, Set.of(), "").port())
        .isEqualTo(65_535);
    assertThat(new NetworkMatcher(new HostPattern.Any(), 0, Set.of(), "").port()).isZero();
    assertThatThrownBy(() -> new NetworkMatcher(new HostPattern.Any(), 65_536, Set.of(), ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NetworkMatcher(new HostPattern.Any(), -1, Set.of(), ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new NetworkMatcher(new HostPattern.Any(), 1, Set.of(), "/a/../b%41").path())
        .isEqualTo("/bA");
  }

  @ParameterizedTest
  @CsvSource({
    "a.example, 0",
    "a.example:1, 1",
    "a.example:65535, 65535",
    "[::1], 0",
    "[::1]:80, 80",
    "[1::]:80, 80",
    "[1::], 0",
    "a.example:65536, -1",
    "a.example:123456, -1",
    "a.example:0, -1",
    "a.example:, -1",
    "a.example:1x, -1",
    "a.example:/1, -1",
  })
  void aMatcherIsReadWithItsPort(String text, int port) {
    Reading<NetworkMatcher> reading = NetworkMatcher.parse(text);

    assertThat(reading instanceof Reading.Good<NetworkMatcher>(var matcher) ? matcher.port() : -1)
        .isEqualTo(port);
  }

  @Test
  void aMatcherNamesItsMethods() {
    for (String method : new String[] {"", "get", "Get"}) {
      assertThatThrownBy(() -> new NetworkMatcher(new HostPattern.Any(), 0, Set.of(method), ""))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aDeniedPathWithAnEscapeMeansItself() {
    NetworkMatcher denied = new NetworkMatcher(new HostPattern.Any(), 0, Set.of(), "/a%5cb");

    assertThat(denied.possiblyMatches(target("https://a.example/a%5Cb/c"))).isTrue();
    assertThat(denied.possiblyMatches(target("https://a.example/a"))).isFalse();
    NetworkMatcher space = new NetworkMatcher(new HostPattern.Any(), 0, Set.of(), "/a%20b");
    assertThat(space.possiblyMatches(target("https://a.example/x%2f..%2fa%20b/c"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "a:b, a",
    "A9:b, a9",
    "a+b-c.d:x, a+b-c.d",
    "abcdefghijklmnopqrstuvwxyzabcdef:, abcdefghijklmnopqrstuvwxyzabcdef",
    "abcdefghijklmnopqrstuvwxyzabcdefg:,",
    "a_b:c,",
    "9a:b,",
    ":b,",
    "ab,",
  })
  void aSchemeIsAName(String text, @Nullable String scheme) {
    assertThat(StrictUrl.schemeName(text)).isEqualTo(scheme);
  }

  @ParameterizedTest
  @CsvSource({
    "'', there is no host",
    ".a, has an empty label",
    "a., ends in a dot",
    "a%b, is percent-encoded",
    "a~b, is no character of a host",
    "\u00e9, is not ASCII",
    "[::1, do not match",
    "::1], do not match",
    "[::g], is no IPv6 address",
  })
  void aRefusedHostSaysWhatIsWrong(String text, String reason) {
    assertThat(Host.read(text))
        .isInstanceOfSatisfying(
            Reading.Bad.class, bad -> assertThat(bad.reason()).contains(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "[::1:9, the brackets in",
    "[::1]x:9, the brackets in",
    "[, the brackets in",
    ":1:2, two colons",
    "a/b, has no scheme",
    "/a, has no scheme",
    ":80, there is no host",
    "a_b:x, is no number",
    "file:x, the scheme",
    "https:, two slashes",
    "a .example, white space",
    "ssh://a.example/b\u0007c, white space",
    "ssh://a:b@a.example, there is an @",
  })
  void aRefusedTargetSaysWhatIsWrong(String text, String reason) {
    assertThat(Target.of(new Effect.Connect("", text)))
        .isInstanceOfSatisfying(
            Reading.Bad.class, bad -> assertThat(bad.reason()).contains(reason));
  }

  @Test
  void aHostWithAPortIsReadWithoutBlanks() {
    assertThat(HostAndPort.read("a .example:1"))
        .isInstanceOfSatisfying(
            Reading.Bad.class, bad -> assertThat(bad.reason()).contains("white space"));
  }

  @Test
  void aDeniedMethodIsDeniedWhereItIsNotKnownToo() {
    NetworkMatcher denied = new NetworkMatcher(new HostPattern.Any(), 0, Set.of("PUT"), "");

    assertThat(denied.possiblyMatches(asked("PUT"))).isTrue();
    assertThat(denied.possiblyMatches(asked(""))).isTrue();
    assertThat(denied.possiblyMatches(asked("GET"))).isFalse();
    assertThat(denied.surelyMatches(asked("PUT"))).isTrue();
    assertThat(denied.surelyMatches(asked(""))).isFalse();
  }

  private static Target asked(String method) {
    return Target.of(method, good(StrictUrl.read("https://a.example/x")));
  }

  @Test
  void aSecureSchemeIsEncrypted() {
    assertThat(Scheme.values()).filteredOn(Scheme::isSecure).containsExactly(HTTPS, WSS);
  }

  @Test
  void aPortWithoutAHostSaysWhatIsWrong() {
    assertThat(NetworkMatcher.parse(":80"))
        .isEqualTo(new Reading.Bad<>("net.malformed", "there is no host"));
    assertThat(NetworkMatcher.parse(":0"))
        .isEqualTo(new Reading.Bad<>("net.malformed", "the port in \":0\" is not from 1 to 65535"));
  }

  @Test
  void aNameIsReadStrictlyWhereverItIsMade() {
    assertThat(Host.read("::1")).isEqualTo(Host.read("[::1]"));
    assertThatThrownBy(() -> new Host.Name("A.example"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Host.Name("a%62.example"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameAndItsLabelsHaveALongestForm() {
    String label = "a".repeat(63);
    String longest = label + "." + label + "." + label + "." + "a".repeat(61);

    assertThat(rule(StrictUrl.read("https://" + label + ".example/"))).startsWith("read as");
    assertThat(rule(StrictUrl.read("https://a" + label + ".example/"))).isEqualTo("net.malformed");
    assertThat(rule(StrictUrl.read("https://x." + label + "a/"))).isEqualTo("net.malformed");
    assertThat(longest).hasSize(253);
    assertThat(rule(StrictUrl.read("https://" + longest + "/"))).startsWith("read as");
    assertThat(rule(StrictUrl.read("https://" + longest + "a/"))).isEqualTo("net.malformed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example",
        "z.zz",
        "A.Z",
        "Z.z0",
        "0.a",
        "9.a",
        "a.x",
        "1x.a1",
        "a-b.a",
        "a_b.a"
      })
  void theseAreNames(String host) {
    assertThat(rule(StrictUrl.read("https://" + host + "/"))).startsWith("read as");
  }

  @ParameterizedTest
  @CsvSource({
    "a.{a, net.malformed",
    "a.`a, net.malformed",
    "a.~a, net.malformed",
    "a.\u007fa, net.malformed",
    "a.^, net.malformed",
    "a.9a, net.malformed",
    "a.0xg, net.malformed",
    "a.0x, net.ip-form",
    "a.0xA, net.ip-form",
    "a.0Xf, net.ip-form",
    "a.0, net.ip-form",
    "a.9, net.ip-form",
    "1.2.3.4., net.ip-form",
    "a.0xf., net.ip-form",
    "., net.malformed",
    "a.., net.malformed",
    "-a.a, net.malformed",
    "a-.a, net.malformed",
    "a.a-, net.malformed",
    "[::1%eth0], net.zone",
    "[%eth0], net.zone",
    "a%41.1, net.malformed",
    "[1.2.3.4], net.malformed",
    "[0:0:0:0:0:0:0:1], net.ip-form",
    "[::1, net.malformed",
  })
  void theseAreNone(String host, String expected) {
    assertThat(rule(StrictUrl.read("https://" + host + "/"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example?x@b, net.malformed",
    "https://a.example?@, net.malformed",
    "https://a.example#@/, net.malformed",
    "https://a.example?x@b/c, net.malformed",
    "https://a.example?x/@b, https://a.example/?x/@b",
    "https://a.example?/@, https://a.example/?/@",
    "https://a.example/?@, https://a.example/?@",
    "https://a.example?x, https://a.example/?x",
    "https://a.example/%2e%41%5a%5B%60%61%7a%7B%7e%30%39%3a%2d,"
        + " https://a.example/.AZ%5B%60az%7B~09%3A-",
    "https://a.example/%20, https://a.example/%20",
    "https://a.example/%1f, net.malformed",
    "https://a.example/%7f, net.malformed",
    "https://a.example/%, net.malformed",
    "https://a.example/%4, net.malformed",
    "https://a.example/%g0, net.malformed",
    "https://a.example/%0g, net.malformed",
    "https://a.example/%41, https://a.example/A",
    "https://a.example/a/., https://a.example/a/",
    "https://a.example/a/.., https://a.example/",
    "https://a.example/.., https://a.example/",
    "https://a.example/a//b, https://a.example/a//b",
    "https://a.example/a/, https://a.example/a/",
    "https://a.example/!, https://a.example/!",
    "https://a.example/?%00, https://a.example/?%00",
    "https://a.example/?%zz, net.malformed",
    "https://a.example/?%4, net.malformed",
  })
  void aUrlAtItsEdges(String text, String expected) {
    Reading<StrictUrl> reading = StrictUrl.read(text);

    assertThat(reading instanceof Reading.Good<StrictUrl>(var url) ? url.toString() : rule(reading))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/%41, /A",
    "a%41b%42, aAbB",
    "%41%, A%",
    "%4, %4",
    "%, %",
    "%%41, %A",
    "%4g, %4g",
    "%g4, %g4",
    "%\uff111, %\uff111",
    "%1\uff11, %1\uff11",
    "%2541, %41",
    "%00a, '\0a'",
  })
  void anEscapeIsReadOnce(String path, String decoded) {
    assertThat(UrlPath.decodedOnce(path)).isEqualTo(decoded);
  }

  @ParameterizedTest
  @CsvSource({
    "/a%2fb, /a/b",
    "/a%252fb, /a/b",
    "/a%25252fb, /a/b",
    "/a/..%2f..%2fx, /x",
    "/a%5c..%5cx, /x",
    "/a;p=1/b, /a/b",
    "/a/;p/../b, /a/b",
    "/a//b///c, /a/b/c",
    "/a/%2e%2e/b, /b",
    "/a/b/.., /a/",
    "/a/., /a/",
    "/.., /",
    "/, /",
  })
  void everyWayAServerCouldReadAPathIsThere(String path, String reading) {
    assertThat(UrlPath.readings(path)).contains(path, reading);
  }

  @Test
  void escapesThatNeverEndAreReadAFewTimes() {
    assertThat(UrlPath.readings("/%" + "25".repeat(20) + "61"))
        .doesNotContain("/a")
        .hasSizeGreaterThan(3);
    assertThat(UrlPath.readings("/%25252561")).contains("/a");
    assertThat(UrlPath.readings("/%2525252561")).contains("/%61").doesNotContain("/a");
  }

  @Test
  void aUrlHasALongestForm() {
    String start = "https://a.example/";

    assertThat(rule(StrictUrl.read(start + "a".repeat(8192 - start.length())))).startsWith("read");
    assertThat(rule(StrictUrl.read(start + "a".repeat(8193 - start.length()))))
        .isEqualTo("net.malformed");
  }

  @ParameterizedTest
  @CsvSource({
    "a.example, '', 0",
    "a.example:80, '', 80",
    "[::1], '', 0",
    "[::1]:80, '', 80",
    "ssh://git@a.example/b, ssh, 22",
    "ssh://a-b_c.D9@a.example, ssh, 22",
    "ssh://a.example:2222, ssh, 2222",
    "git://a.example/b, git, 9418",
    "rsync://a.example/b, rsync, 873",
    "svn://a.example/b, svn, 3690",
    "https://a.example/b, https, 443",
  })
  void aTargetIsReadAsWhatItNames(String text, String scheme, int port) {
    Target target = good(Target.of(new Effect.Connect("", text)));

    assertThat(target.scheme()).isEqualTo(scheme);
    assertThat(target.port()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https:",
        "https:a",
        "file:/a",
        "a/b",
        "/a",
        "ssh:git@a.example",
        "ssh:/a.example",
        "ssh://a:b@a.example",
        "ssh://a%41@a.example",
        "ssh://a b@a.example",
        "ssh://a@b@a.example",
        "a .example",
        "a.example :80",
        "a\u200b.example",
        "ssh://a.example\t/b",
        "localhost:x",
        "::1",
      })
  void whatIsNoTargetIsRefused(String text) {
    assertThat(rule(Target.of(new Effect.Connect("", text)))).startsWith("net.");
  }

  @Test
  void aMessageShowsWhatWasWrittenWithoutHarm() {
    assertThat(Refusal.quoted(" ~a")).isEqualTo("\" ~a\"");
    assertThat(Refusal.quoted("\u001f\u007f\"é")).isEqualTo("\"\\u001F\\u007F\\u0022\\u00E9\"");
    assertThat(Refusal.quoted("user:secret@a.example")).isEqualTo("\"***@a.example\"");
    assertThat(Refusal.quoted("@a")).isEqualTo("\"***@a\"");
    assertThat(Refusal.quoted("a".repeat(80))).isEqualTo("\"" + "a".repeat(80) + "\"");
    assertThat(Refusal.quoted("a".repeat(81))).isEqualTo("\"" + "a".repeat(80) + "…\"");
    assertThat(((Reading.Bad<StrictUrl>) StrictUrl.read("ftp://a.example/")).reason())
        .isEqualTo("the scheme \"ftp\" is not one of http, https");
  }

  @Test
  void anOriginIsSchemeHostAndPort() {
    StrictUrl url = good(StrictUrl.read("https://a.example/x"));

    assertThat(url.sameOrigin(good(StrictUrl.read("https://a.example:443/y")))).isTrue();
    assertThat(url.sameOrigin(good(StrictUrl.read("https://b.example/x")))).isFalse();
    assertThat(url.sameOrigin(good(StrictUrl.read("https://a.example:444/x")))).isFalse();
    assertThat(url.sameOrigin(good(StrictUrl.read("http://a.example:443/x")))).isFalse();
  }

  @Test
  void anOperatorsTargetIsOneHostAndPort() {
    OperatorTarget named = OperatorTarget.of(good(StrictUrl.read("http://localhost:3000/")));

    assertThat(named.names(target("localhost:3000"))).isTrue();
    assertThat(named.names(target("localhost:3001"))).isFalse();
    assertThat(named.names(target("a.example:3000"))).isFalse();
    assertThat(named.names(good(StrictUrl.read("http://localhost:3000/x")))).isTrue();
    assertThat(named.names(good(StrictUrl.read("http://localhost/x")))).isFalse();
    assertThat(OperatorTarget.objection("http", new Host.Name("localhost"))).isEmpty();
    assertThat(OperatorTarget.objection("ws", new Host.Name("a.localhost"))).isEmpty();
    assertThat(OperatorTarget.objection("https", new Host.Name("a.example"))).isEmpty();
    assertThat(OperatorTarget.objection("http", new Host.Name("a.example"))).isPresent();
    assertThat(OperatorTarget.objection("ws", new Host.Name("alocalhost"))).isPresent();
    assertThat(objection("https", "169.254.169.254")).isPresent();
    assertThat(objection("https", "10.0.0.1")).isEmpty();
    assertThat(objection("http", "10.0.0.1")).isPresent();
    assertThat(objection("ws", "10.0.0.1")).isPresent();
    assertThat(objection("ws", "127.0.0.1")).isEmpty();
  }

  @Test
  void aPatternShowsItsText() {
    assertThat(good(HostPattern.parse("*")).text()).isEqualTo("*");
    assertThat(good(HostPattern.parse("A.example")).text()).isEqualTo("a.example");
    assertThat(good(HostPattern.parse("*.a.example")).text()).isEqualTo("*.a.example");
  }

  @Test
  void anAddressWithoutAPortMatchesARuleWithOneOnlyPossibly() {
    NetworkMatcher matcher = good(NetworkMatcher.parse("a.example:443"));

    assertThat(matcher.possiblyMatches(target("a.example"))).isTrue();
    assertThat(matcher.surelyMatches(target("a.example"))).isFalse();
    assertThat(matcher.possiblyMatches(target("a.example:80"))).isFalse();
  }

  private static Optional<String> objection(String scheme, String text) {
    IpAddress address = IpAddress.parse(text).orElseThrow();
    return OperatorTarget.objection(scheme, address, new AddressJudge(Set.of()).judge(address));
  }

  private static Target target(String text) {
    return good(Target.of(new Effect.Connect("", text)));
  }
}
