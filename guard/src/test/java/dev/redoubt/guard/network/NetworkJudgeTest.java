// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static dev.redoubt.guard.network.Readings.good;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.testkit.Hostile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkJudgeTest {

  private static final NetworkJudge JUDGE = new NetworkJudge(NameResolver.NONE);

  @Test
  void aPublicNameThatNobodyResolvedIsAQuestion() {
    assertThat(judge("GET", "https://docs.example/x"))
        .isEqualTo(
            new Decision.Ask(
                "net.unresolved",
                "connects to docs.example:443, which may be any machine",
                List.of("net:docs.example:443")));
  }

  @Test
  void aPublicAddressIsAQuestion() {
    assertThat(judge("GET", "https://1.1.1.1/x"))
        .isEqualTo(
            new Decision.Ask(
                "net.public",
                "connects to 1.1.1.1:443, a machine of the internet",
                List.of("net:1.1.1.1:443")));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1/, net.inner-address",
    "http://127.0.0.1:8080/, net.inner-address",
    "http://0.0.0.0/, net.inner-address",
    "http://10.1.2.3/, net.inner-address",
    "http://172.20.1.1/, net.inner-address",
    "http://192.168.1.1/, net.inner-address",
    "http://100.64.1.1/, net.inner-address",
    "http://169.254.169.254/latest/meta-data/, net.metadata",
    "http://169.254.170.2/v2/credentials, net.metadata",
    "http://100.100.100.200/, net.metadata",
    "http://168.63.129.16/, net.metadata",
    "http://192.0.0.192/, net.metadata",
    "http://[fd00:ec2::254]/, net.metadata",
    "http://[::1]/, net.inner-address",
    "http://[::]/, net.inner-address",
    "http://[::ffff:127.0.0.1]/, net.inner-address",
    "http://[::ffff:7f00:1]/, net.inner-address",
    "http://[64:ff9b::7f00:1]/, net.inner-address",
    "http://[2002:7f00:1::]/, net.inner-address",
    "http://[fe80::1]/, net.inner-address",
    "http://255.255.255.255/, net.inner-address",
    "http://localhost/, net.inner-name",
    "http://LOCALHOST:3000/, net.inner-name",
    "http://x.localhost/, net.inner-name",
    "http://localhost.localdomain/, net.inner-name",
    "http://ip6-localhost/, net.inner-name",
    "http://printer.local/, net.inner-name",
    "http://db.internal/, net.inner-name",
    "http://router.lan/, net.inner-name",
    "http://router.home.arpa/, net.inner-name",
    "http://home.arpa/, net.inner-name",
    "http://wiki.intranet/, net.inner-name",
    "http://wiki.corp/, net.inner-name",
    "http://metadata.google.internal/computeMetadata/v1/, net.inner-name",
    "http://metadata/, net.inner-name",
    "http://instance-data/latest/, net.inner-name",
    "http://host.docker.internal:2375/, net.inner-name",
    "https://kubernetes.default.svc/api, net.inner-name",
    "https://kubernetes.default.svc.cluster.local/api, net.inner-name",
    "http://postgres/, net.inner-name",
    "http://metadata.tencentyun.com/, net.inner-name",
    "http://127.0.0.1.nip.io/, net.embedding-name",
    "http://app-10-0-0-1.nip.io/, net.embedding-name",
    "http://7f000001.nip.io/, net.embedding-name",
    "http://--1.sslip.io/, net.malformed",
    "http://x.127.0.0.1.sslip.io/, net.embedding-name",
    "http://localtest.me/, net.embedding-name",
    "http://a.lvh.me:3000/, net.embedding-name",
    "http://10.0.0.1.docs.example/, net.embedding-name",
    "http://a.169.254.169.254.docs.example/, net.embedding-name",
    "http://2130706433/, net.ip-form",
    "http://127.1/, net.ip-form",
    "http://docs.example@127.0.0.1/, net.userinfo",
    "http://docs.example\\@127.0.0.1/, net.malformed",
    "file:///etc/passwd, net.scheme",
    "gopher://127.0.0.1:6379/_x, net.scheme",
    "https:docs.example, net.malformed",
    "docs.example/x, net.malformed",
  })
  void whatLeadsInwardOrIsTrickyIsDenied(String url, String rule) {
    assertDenied(judge("GET", url), rule);
    assertDenied(judge("", url), rule);
  }

  @ParameterizedTest
  @CsvSource({
    "docs.example:22, net:docs.example:22",
    "docs.example, net:docs.example",
    "ssh://git@docs.example/x.git, net:docs.example:22",
    "ssh://git@docs.example:2222/x.git, net:docs.example:2222",
    "git://docs.example/x.git, net:docs.example:9418",
    "git+ssh://docs.example/x.git, net:docs.example:22",
    "rsync://docs.example/x, net:docs.example:873",
    "ws://docs.example/x, net:docs.example:80",
    "wss://docs.example/x, net:docs.example:443",
    "[2606:4700:4700::1111]:22, net:[2606:4700:4700::1111]:22",
  })
  void hostAndPortIsAQuestionWithTheNarrowestRule(String target, String rule) {
    assertThat(judge("", target))
        .isInstanceOfSatisfying(
            Decision.Ask.class, ask -> assertThat(ask.proposals()).containsExactly(rule));
    assertThat(NetworkMatcher.parse(rule.substring(4))).isInstanceOf(Reading.Good.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:22",
        "localhost:5432",
        "localhost",
        "10.0.0.1",
        "0:80",
        "127.1:80",
        "017700000001:22",
        "[::1]:22",
        "::1",
        "[::1]",
        "user@docs.example:22",
        "ssh://git@127.0.0.1/x",
        "ssh://git@localhost/x",
        "ssh://a:b@docs.example/x",
        "ssh://-oProxyCommand=x/y",
        "ssh://a@b@docs.example/x",
        "docs.example:",
        "docs.example:0",
        "docs.example:ssh",
        "file:x",
        "",
        " ",
        "-oProxyCommand=x",
      })
  void anInnerOrMalformedHostAndPortIsDenied(String target) {
    assertThat(judge("", target)).isInstanceOf(Decision.Deny.class);
  }

  @Test
  void aNameThatOnlyEndsLikeAnInwardOneIsAQuestion() {
    for (String name : List.of("xnip.io", "abc.de", "athome.arpa", "xlan.example")) {
      assertThat(judge("GET", "https://" + name + "/")).isInstanceOf(Decision.Ask.class);
    }
  }

  @Test
  void theSchemesOfRepositoriesAreNotThoseOfTheWeb() {
    assertDenied(judge("GET", "ssh://git@docs.example/x"), "net.scheme");
  }

  @Test
  void theRemedyIsTheOperatorsRuleAndMetadataHasNone() {
    assertThat(judge("GET", "http://localhost:3000/"))
        .isEqualTo(
            new Decision.Deny(
                "net.inner-name", "localhost means this machine", List.of("net:localhost:3000")));
    assertThat(judge("GET", "http://10.0.0.1:81/"))
        .isEqualTo(
            new Decision.Deny(
                "net.inner-address", "10.0.0.1 is private (RFC 1918)", List.of("net:10.0.0.1:81")));
    assertThat(judge("", "localhost"))
        .isEqualTo(new Decision.Deny("net.inner-name", "localhost means this machine", List.of()));
    assertThat(judge("GET", "http://169.254.169.254/"))
        .isEqualTo(
            new Decision.Deny(
                "net.metadata",
                "169.254.169.254 is a cloud's metadata service"
                    + " (AWS, Google, Azure, Oracle and others)",
                List.of()));
  }

  @Test
  void everyAnswerOfTheNameServiceIsJudged() {
    assertThat(resolving("1.1.1.1", "2606:4700:4700::1111"))
        .isEqualTo(
            new Decision.Ask(
                "net.public",
                "connects to docs.example:443, a machine of the internet",
                List.of("net:docs.example:443")));
    assertThat(resolving("1.1.1.1", "10.0.0.1"))
        .isEqualTo(
            new Decision.Deny(
                "net.resolves-inward",
                "docs.example leads to 10.0.0.1, which is private (RFC 1918)",
                List.of()));
    assertDenied(resolving("2606:4700:4700::1111", "64:ff9b::a9fe:a9fe"), "net.resolves-inward");
    assertDenied(resolving(), "net.unresolvable");
  }

  @Test
  void aNameThatCannotBeResolvedIsDenied() {
    NetworkJudge judge =
        new NetworkJudge(_ -> {
          throw new UncheckedIOException(new IOException("no such name"));
        });

    assertDenied(
        judge.judge(new Effect.Connect("GET", "https://docs.example/")), "net.unresolvable");
  }

  @Test
  void aNameThatLeadsInwardIsNeverResolved() {
    NetworkJudge judge =
        new NetworkJudge(host -> {
          throw new AssertionError(host);
        });

    assertDenied(judge.judge(new Effect.Connect("GET", "https://localhost/")), "net.inner-name");
    assertDenied(judge.judge(new Effect.Connect("GET", "https://127.1/")), "net.ip-form");
  }

  @Test
  void whatAnOperatorNamedIsAllowedAtThatHostAndPort() {
    List<OperatorTarget> targets =
        List.of(
            operator("localhost:3000"), operator("10.0.0.1:8443"), operator("169.254.169.254:80"));

    assertThat(JUDGE.judge(connect("http://localhost:3000/x"), targets))
        .isEqualTo(new Decision.Allow("net.operator-target", "the operator named localhost:3000"));
    assertThat(JUDGE.judge(connect("https://10.0.0.1:8443/"), targets))
        .isInstanceOf(Decision.Allow.class);
    assertDenied(JUDGE.judge(connect("http://10.0.0.1:8443/"), targets), "net.operator-target");
    assertDenied(JUDGE.judge(connect("http://localhost:3001/"), targets), "net.inner-name");
    assertDenied(JUDGE.judge(connect("https://10.0.0.2:8443/"), targets), "net.inner-address");
    assertDenied(JUDGE.judge(connect("http://169.254.169.254/"), targets), "net.operator-target");
    assertDenied(
        JUDGE.judge(connect("http://docs.example/"), List.of(operator("docs.example:80"))),
        "net.operator-target");
  }

  @Test
  void thisMachinesPublicAddressIsDenied() {
    NetworkJudge judge =
        new NetworkJudge(
            NameResolver.NONE,
            new AddressJudge(Set.of(IpAddress.parse("198.50.1.2").orElseThrow())));

    assertDenied(judge.judge(connect("https://198.50.1.2/")), "net.inner-address");
  }

  @Test
  void hostileTargetsAreDenied() {
    Hostile.inputs()
        .forEach((_, bytes) -> {
          String text = new String(bytes, StandardCharsets.UTF_8);
          assertThat(judge("GET", text)).isInstanceOf(Decision.Deny.class);
          assertThat(judge("", "https://" + text)).isInstanceOf(Decision.Deny.class);
        });
  }

  private static Decision resolving(String... addresses) {
    List<IpAddress> answers =
        java.util.stream.Stream.of(addresses)
            .map(address -> IpAddress.parse(address).orElseThrow())
            .toList();
    return new NetworkJudge(_ -> Optional.of(answers)).judge(connect("https://docs.example/"));
  }

  private static Decision judge(String method, String target) {
    return JUDGE.judge(new Effect.Connect(method, target));
  }

  private static Effect.Connect connect(String url) {
    return new Effect.Connect("GET", url);
  }

  private static OperatorTarget operator(String at) {
    return new OperatorTarget(good(HostAndPort.read(at)));
  }

  private static void assertDenied(Decision decision, String rule) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Deny.class, deny -> assertThat(deny.rule()).isEqualTo(rule));
  }
}
