// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static dev.redoubt.guard.network.Readings.good;
import static dev.redoubt.guard.network.Readings.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.Hostile;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://docs.example, https://docs.example/",
    "HTTPS://Docs.Example:443/A/b?C=d, https://docs.example/A/b?C=d",
    "http://docs.example:80/, http://docs.example/",
    "http://docs.example:8080/, http://docs.example:8080/",
    "https://docs.example/#part, https://docs.example/",
    "https://docs.example#part, https://docs.example/",
    "https://docs.example?q, https://docs.example/?q",
    "https://docs.example/a/./b/../c, https://docs.example/a/c",
    "https://docs.example/a/%2e%2E/b, https://docs.example/b",
    "https://docs.example/../../x, https://docs.example/x",
    "https://docs.example/%7euser/%c3%a9, https://docs.example/~user/%C3%A9",
    "https://docs.example/Österreich, https://docs.example/%C3%96sterreich",
    "https://docs.example/a|b?f[x]=<1>, https://docs.example/a%7Cb?f%5Bx%5D=%3C1%3E",
    "https://docs.example/@user/x@y, https://docs.example/@user/x@y",
    "https://docs.example/?mail=a@b.example, https://docs.example/?mail=a@b.example",
    "https://docs.example/?u=http://x.example/%0a, https://docs.example/?u=http://x.example/%0A",
    "https://my_bucket.docs.example/, https://my_bucket.docs.example/",
    "https://xn--bcher-kva.example/, https://xn--bcher-kva.example/",
    "https://1.1.1.1/, https://1.1.1.1/",
    "https://[2606:4700:4700::1111]/, https://[2606:4700:4700::1111]/",
    "https://[2606:4700:4700::ABCD]:8443/, https://[2606:4700:4700::abcd]:8443/",
    "https://[::ffff:808:808]/, https://[::ffff:8.8.8.8]/",
    "https://3m.example/, https://3m.example/",
  })
  void anAddressHasOneText(String text, String canonical) {
    assertThat(good(StrictUrl.read(text)).text()).isEqualTo(canonical);
    assertThat(good(StrictUrl.read(canonical)).text()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "'', net.malformed",
    "docs.example, net.malformed",
    "//docs.example, net.malformed",
    "https:docs.example, net.malformed",
    "https:/docs.example, net.malformed",
    "https:///docs.example, net.malformed",
    "https://, net.malformed",
    "https://:443/, net.malformed",
    "https://docs.example., net.malformed",
    "https://docs..example, net.malformed",
    "https://.docs.example, net.malformed",
    "https://-docs.example, net.malformed",
    "https://docs-.example, net.malformed",
    "https://docs.9x, net.malformed",
    "https://docs.example:, net.malformed",
    "https://docs.example:0, net.malformed",
    "https://docs.example:65536, net.malformed",
    "https://docs.example:0443, net.malformed",
    "https://docs.example:443x, net.malformed",
    "https://docs.example:+443, net.malformed",
    "https://docs.example:443:444, net.malformed",
    "https://2606:4700:4700::1111/, net.malformed",
    "https://[2606:4700:4700::1111/, net.malformed",
    "https://2606:4700:4700::1111]/, net.malformed",
    "https://[docs.example]/, net.malformed",
    "https://[1.1.1.1]/, net.malformed",
    "https://[::1]x/, net.malformed",
    "https://[::1]:80:80/, net.malformed",
    "https://[v1.x]/, net.malformed",
    "https://[fe80::1%25eth0]/, net.zone",
    "https://[fe80::1%1]/, net.zone",
    "https://[2606:4700:4700:0:0:0:0:1111]/, net.ip-form",
    "https://[2606:4700:4700::0001]/, net.ip-form",
    "https://docs%2eexample/, net.malformed",
    "https://döcs.example/, net.malformed",
    "https://ｄocs.example/, net.malformed",
    "https://docs。example/, net.malformed",
    "https://user@docs.example/, net.userinfo",
    "https://user:pass@docs.example/, net.userinfo",
    "https://good.example@docs.example/, net.userinfo",
    "https://good.example%2f@docs.example/, net.userinfo",
    "https://@docs.example/, net.userinfo",
    "https://good.example#@docs.example/, net.malformed",
    "https://good.example?@docs.example/, net.malformed",
    "https://good.example\\@docs.example/, net.malformed",
    "https:\\\\docs.example/, net.malformed",
    "https://docs.example\\x, net.malformed",
    "https://docs.example/%, net.malformed",
    "https://docs.example/%4, net.malformed",
    "https://docs.example/%zz, net.malformed",
    "https://docs.example/%0d%0aHost:x, net.malformed",
    "https://docs.example/%00, net.malformed",
    "https://docs.example/a b, net.malformed",
    "https://docs.ex ample/, net.malformed",
    "https://127.1/, net.ip-form",
    "https://2130706433/, net.ip-form",
    "https://0x7f.1/, net.ip-form",
    "https://0x7f000001/, net.ip-form",
    "https://0x/, net.ip-form",
    "https://0177.0.0.1/, net.ip-form",
    "https://127.0.0.01/, net.ip-form",
    "https://127.0.0.0x1/, net.ip-form",
    "https://127.0.0.1./, net.ip-form",
    "https://1.2.3.4.5/, net.ip-form",
    "https://256.1.1.1/, net.ip-form",
    "https://docs.1/, net.ip-form",
    "https://0/, net.ip-form",
  })
  void whatCouldBeReadInTwoWaysIsRefused(String text, String rule) {
    assertThat(rule(StrictUrl.read(text))).isEqualTo(rule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " https://docs.example/",
        "https://docs.example/ ",
        "ht\ttps://docs.example/",
        "https://docs\t.example/",
        "https://docs.example\n.evil.example/",
        "https://docs.example/\r\nHost: evil",
        "https://docs.example/\u0000",
        "https://docs.example/\u007f",
        "https://docs.example/\u0085",
        "https://docs.example/\u00a0",
        "https://docs.example/\u200b",
        "https://docs.example/\u202e",
        "https://docs.example/\u2028",
        "https://docs.example/\ufeff",
        "https://docs.example/\ud800",
      })
  void whiteSpaceAndTheInvisibleAreRefusedAnywhere(String text) {
    assertThat(rule(StrictUrl.read(text))).isEqualTo("net.malformed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "FILE:/etc/passwd",
        "jar:https://docs.example/x.jar!/",
        "gopher://docs.example:70/x",
        "dict://docs.example:2628/x",
        "ldap://docs.example/x",
        "ldaps://docs.example/x",
        "data:text/html,x",
        "netdoc:///etc/passwd",
        "ftp://docs.example/x",
        "sftp://docs.example/x",
        "tftp://docs.example/x",
        "php://filter",
        "javascript:alert(1)",
        "blob:https://docs.example/x",
        "view-source:https://docs.example/",
        "ws://docs.example/",
        "wss://docs.example/",
        "docs.example:443",
        "url:http://docs.example/",
      })
  void otherSchemesAreRefusedByName(String text) {
    Reading<StrictUrl> reading = StrictUrl.read(text);

    assertThat(rule(reading)).isEqualTo("net.scheme");
    assertThat(((Reading.Bad<StrictUrl>) reading).reason())
        .contains("\"" + StrictUrl.schemeName(text) + "\"");
  }

  @Test
  void webSocketsAreReadWhereAskedFor() {
    assertThat(
            good(StrictUrl.read("wss://docs.example/x", EnumSet.of(Scheme.WS, Scheme.WSS))).text())
        .isEqualTo("wss://docs.example/x");
  }

  @Test
  void longLabelsNamesAndAddressesAreRefused() {
    String label = "a".repeat(63);

    assertThat(rule(StrictUrl.read("https://" + label + ".example/"))).startsWith("read as");
    assertThat(rule(StrictUrl.read("https://" + label + "a.example/"))).isEqualTo("net.malformed");
    assertThat(rule(StrictUrl.read("https://" + (label + ".").repeat(4) + "example/")))
        .isEqualTo("net.malformed");
    assertThat(rule(StrictUrl.read("https://docs.example/" + "a".repeat(8192))))
        .isEqualTo("net.malformed");
  }

  @ParameterizedTest
  @CsvSource({
    "/y, https://docs.example:8443/y",
    "y, https://docs.example:8443/a/y",
    "../y, https://docs.example:8443/y",
    "?y, https://docs.example:8443/a/b?y",
    "'', https://docs.example:8443/a/b?c",
    "#x, https://docs.example:8443/a/b?c",
    "//other.example/y, https://other.example/y",
    "http://other.example/y, http://other.example/y",
    "y:z, net.scheme",
    "file:///etc/passwd, net.scheme",
    "//127.1/, net.ip-form",
    "//user@other.example/, net.userinfo",
    "/\\other.example/, net.malformed",
    "\\\\other.example/, net.malformed",
    "///other.example/, net.malformed",
    "https:other.example, net.malformed",
  })
  void aReferenceLeadsFromAnAddress(String reference, String expected) {
    StrictUrl from = good(StrictUrl.read("https://docs.example:8443/a/b?c"));

    Reading<StrictUrl> to = from.resolve(reference);

    assertThat(expected.startsWith("net.") ? rule(to) : good(to).text()).isEqualTo(expected);
  }

  @Test
  void thePasswordIsNotInTheReason() {
    for (String text :
        new String[] {"https://u:geheim@docs.example/", "https://u:geheim@docs.example\\x"}) {
      assertThat(((Reading.Bad<StrictUrl>) StrictUrl.read(text)).reason()).doesNotContain("geheim");
    }
  }

  @Test
  void hostileInputIsRefused() {
    Hostile.inputs()
        .forEach((name, bytes) -> {
          String text = new String(bytes, StandardCharsets.UTF_8);
          assertThat(rule(StrictUrl.read(text))).as(name).startsWith("net.");
          assertThat(rule(HostAndPort.read(text))).as(name).startsWith("net.");
        });
  }
}
