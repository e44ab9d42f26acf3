// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.testkit.Seeded;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// No spelling that any reader takes to an inner address is ever taken for something public.
class SpellingPropertyTest {

  private static final NetworkJudge JUDGE = new NetworkJudge(NameResolver.NONE);
  private static final AddressJudge ADDRESSES = new AddressJudge(Set.of());
  private static final List<String> NETWORKS =
      List.of(
          "127.0.0.", "10.9.8.", "192.168.1.", "172.17.0.", "169.254.169.", "100.64.3.", "0.0.0.");
  private static final List<String> PARTS =
      List.of(
          "http",
          "https",
          "HTTP",
          ":",
          "/",
          "//",
          "///",
          "\\",
          "\\\\",
          "@",
          "#",
          "?",
          "%",
          "%2f",
          "%40",
          "%23",
          "%00",
          "[",
          "]",
          ".",
          "..",
          "-",
          "_",
          ":80",
          ":443",
          ":0",
          "::",
          "::1",
          "ffff:",
          "127.0.0.1",
          "127.1",
          "0",
          "0x7f",
          "017",
          "10.0.0.1",
          "2130706433",
          "localhost",
          "docs.example",
          "evil.example",
          "a",
          "1.1.1.1",
          "[::1]",
          "[::ffff:127.0.0.1]",
          "%31",
          "\t",
          "\n",
          " ",
          "\u3002",
          "\uff11",
          "\u2488",
          "\u00ad",
          "\u200d",
          "xn--",
          "nip.io",
          ";",
          "&",
          "=",
          "user:",
          "metadata",
          ".internal",
          "\u0131",
          "\u212a",
          "\u24d0");

  @Test
  void noEncodingOfAnInnerAddressIsPublic() {
    Seeded.check(
        20_000,
        random -> {
          String address = Seeded.pick(random, NETWORKS) + random.nextInt(1, 255);
          String url =
              Seeded.pick(random, List.of("http://", "https://", "HTTP://"))
                  + Seeded.pick(
                      random, List.of("", "", "", "docs.example@", "a:b@", "docs.example#@"))
                  + spelled(random, address)
                  + Seeded.pick(random, List.of("", "", ".", ":80", ":8443", "%20", "\t"))
                  + Seeded.pick(random, List.of("", "/", "/x", "?x", "#x", "\\x"));

          assertThat(LenientHost.of(url)).as("the generator spells %s", address).isNotEmpty();
          assertDenied(url);
        });
  }

  @Test
  void whatIsNotDeniedIsReadTheSameByEveryReader() {
    Seeded.check(
        60_000,
        random -> {
          StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "" : "https://");
          for (int i = random.nextInt(1, 8); i > 0; i--) {
            text.append(Seeded.pick(random, PARTS));
          }
          String url = text.toString();
          if (JUDGE.judge(new Effect.Connect("GET", url)) instanceof Decision.Deny) {
            return;
          }
          if (!(StrictUrl.read(url) instanceof Reading.Good<StrictUrl>(StrictUrl read))) {
            assertReadAsHostAndPort(url);
            return;
          }
          String host = read.host().text().replace("[", "").replace("]", "");
          assertThat(LenientHost.of(url)).as(url).isEqualTo(host);
          assertThat(LenientHost.of(read.text())).as(url).isEqualTo(host);
          URI uri = URI.create(read.text());
          // The JDK knows no name with an underscore, and then no host at all.
          if (uri.getHost() != null) {
            assertThat(uri.getHost().replace("[", "").replace("]", "")).as(url).isEqualTo(host);
          }
          assertThat(uri.getUserInfo()).as(url).isNull();
          assertPublicForTheJdk(host);
        });
  }

  private static void assertReadAsHostAndPort(String text) {
    assertThat(Target.of(new Effect.Connect("GET", text)))
        .isInstanceOfSatisfying(
            Reading.Good.class, good -> assertThat(((Target) good.value()).scheme()).isEmpty());
  }

  private static void assertPublicForTheJdk(String host) {
    String literal = LenientHost.jdkLiteral(host);
    if (literal != null) {
      assertThat(ADDRESSES.judge(IpAddress.parse(literal).orElseThrow()).isPublic())
          .as(host)
          .isTrue();
    }
  }

  private static void assertDenied(String url) {
    assertThat(JUDGE.judge(new Effect.Connect("GET", url)))
        .as(url)
        .isInstanceOf(Decision.Deny.class);
    assertThat(JUDGE.judge(new Effect.Connect("", url))).as(url).isInstanceOf(Decision.Deny.class);
  }

  /// Returns one of the ways to write `address`.
  private static String spelled(RandomGenerator random, String address) {
    int[] parts =
        java.util.stream.Stream.of(address.split("\\.")).mapToInt(Integer::parseInt).toArray();
    String hex = "%02x%02x:%02x%02x".formatted(parts[0], parts[1], parts[2], parts[3]);
    long value = ((long) parts[0] << 24) + (parts[1] << 16) + (parts[2] << 8) + parts[3];
    return switch (random.nextInt(16)) {
      case 0 -> Long.toString(value);
      case 1 -> "0x" + Long.toHexString(value);
      case 2 -> "0" + Long.toOctalString(value);
      case 3 -> number(random, parts[0]) + "." + number(random, (int) (value & 0xFFFFFF));
      case 4 ->
          number(random, parts[0])
              + "."
              + number(random, parts[1])
              + "."
              + number(random, (int) (value & 0xFFFF));
      case 5, 6 ->
          number(random, parts[0])
              + "."
              + number(random, parts[1])
              + "."
              + number(random, parts[2])
              + "."
              + number(random, parts[3]);
      case 7 -> "[::ffff:" + hex + "]";
      case 8 -> "[::ffff:" + address + "]";
      case 9 -> "[0:0:0:0:0:FFFF:" + hex + "]";
      case 10 -> "[64:ff9b::" + hex + "]";
      case 11 -> "[2002:" + hex + "::1]";
      case 12 -> "[::" + address + "]";
      case 13 -> address.replace('.', '\u3002');
      case 14 -> wide(random, address);
      default -> percent(random, address);
    };
  }

  private static String number(RandomGenerator random, int value) {
    return switch (random.nextInt(5)) {
      case 0 -> "0x" + Integer.toHexString(value);
      case 1 ->
          "0X"
              + "0".repeat(random.nextInt(3))
              + Integer.toHexString(value).toUpperCase(Locale.ROOT);
      case 2 -> "0".repeat(random.nextInt(1, 4)) + Integer.toOctalString(value);
      default -> Integer.toString(value);
    };
  }

  private static String wide(RandomGenerator random, String address) {
    int at = random.nextInt(address.length());
    char c = address.charAt(at);
    char wide = c == '.' ? '\uff0e' : (char) (c - '0' + '\uff10');
    return address.substring(0, at) + wide + address.substring(at + 1);
  }

  private static String percent(RandomGenerator random, String address) {
    int at = random.nextInt(address.length());
    return address.substring(0, at)
        + "%"
        + Integer.toHexString(address.charAt(at))
        + address.substring(at + 1);
  }
}
