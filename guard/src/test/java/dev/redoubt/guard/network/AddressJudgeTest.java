// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.testkit.Seeded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressJudgeTest {

  private static final AddressJudge JUDGE = new AddressJudge(Set.of());

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, UNSPECIFIED",
    "0.255.255.255, UNSPECIFIED",
    "10.0.0.0, PRIVATE",
    "10.255.255.255, PRIVATE",
    "100.64.0.0, SHARED",
    "100.127.255.255, SHARED",
    "100.100.100.200, METADATA",
    "127.0.0.1, LOOPBACK",
    "127.255.255.254, LOOPBACK",
    "169.254.0.1, LINK_LOCAL",
    "169.254.169.254, METADATA",
    "169.254.170.2, METADATA",
    "169.254.170.23, METADATA",
    "169.254.255.255, LINK_LOCAL",
    "168.63.129.16, METADATA",
    "172.16.0.0, PRIVATE",
    "172.31.255.255, PRIVATE",
    "192.0.0.1, RESERVED",
    "192.0.0.192, METADATA",
    "192.0.2.1, RESERVED",
    "192.88.99.1, RESERVED",
    "192.168.0.0, PRIVATE",
    "192.168.255.255, PRIVATE",
    "198.18.0.0, BENCHMARK",
    "198.19.255.255, BENCHMARK",
    "198.51.100.7, RESERVED",
    "203.0.113.7, RESERVED",
    "224.0.0.1, MULTICAST",
    "239.255.255.255, MULTICAST",
    "240.0.0.1, RESERVED",
    "255.255.255.255, RESERVED",
    "::, UNSPECIFIED",
    "::1, LOOPBACK",
    "::2, RESERVED",
    "::105, UNSPECIFIED",
    "::1:5, UNSPECIFIED",
    "::7f00:1, LOOPBACK",
    "::8.8.8.8, RESERVED",
    "::ffff:127.0.0.1, LOOPBACK",
    "::ffff:169.254.169.254, METADATA",
    "::ffff:0:10.0.0.1, PRIVATE",
    "::ffff:0:8.8.8.8, RESERVED",
    "64:ff9b::10.0.0.1, PRIVATE",
    "64:ff9b::a9fe:a9fe, METADATA",
    "64:ff9b:1::8.8.8.8, RESERVED",
    "64:ff9b:1:ffff:ffff:ffff:ffff:ffff, RESERVED",
    "64:ff9b:2::1, RESERVED",
    "100::1, RESERVED",
    "100:0:0:1::1, RESERVED",
    "2001:db8::1, RESERVED",
    "2001:db8:ffff:ffff::1, RESERVED",
    "2001:2::1, BENCHMARK",
    "2001:20::1, RESERVED",
    "3fff::1, RESERVED",
    "3fff:fff::1, RESERVED",
    "5f00::1, RESERVED",
    "4000::1, RESERVED",
    "fc00::1, PRIVATE",
    "fdff:ffff::1, PRIVATE",
    "fd00:ec2::254, METADATA",
    "fd20:ce::254, METADATA",
    "fd00:c1::a9fe:a9fe, METADATA",
    "fd00:42::42, METADATA",
    "fe80::1, LINK_LOCAL",
    "febf:ffff::1, LINK_LOCAL",
    "fe80::a9fe:a9fe, METADATA",
    "fec0::1, PRIVATE",
    "feff::1, PRIVATE",
    "ff02::1, MULTICAST",
    "2002:7f00:1::, LOOPBACK",
    "2002:a9fe:a9fe::1, METADATA",
    "2002:c0a8:101:1::1, PRIVATE",
    "2001:0:a00:1:0:0:f7f7:f7f7, PRIVATE",
    "2001:0:808:808:0:0:80ff:fffe, LOOPBACK",
    "2606:4700::5efe:7f00:1, LOOPBACK",
    "2606:4700::200:5efe:10.0.0.1, PRIVATE",
  })
  void anInnerAddressIsOfItsKind(String address, AddressClass kind) {
    assertThat(JUDGE.judge(ip(address)).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "168.63.129.17",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "191.255.255.255",
        "192.0.1.0",
        "192.0.3.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2a00:1450::1",
        "2001:200::1",
        "2001:4860:4860::8888",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
        "2001:0:808:808:0:0:f7f7:f7f7",
      })
  void theRestIsPublic(String address) {
    assertThat(JUDGE.judge(ip(address)).isPublic()).isTrue();
  }

  @Test
  void thisMachinesOwnAddressesAreNotPublic() {
    AddressJudge judge = new AddressJudge(Set.of(ip("198.50.1.2"), ip("2a00:1450::1")));

    assertThat(judge.judge(ip("198.50.1.2")).kind()).isEqualTo(AddressClass.OWN);
    assertThat(judge.judge(ip("::ffff:198.50.1.2")).kind()).isEqualTo(AddressClass.OWN);
    assertThat(judge.judge(ip("2a00:1450::1")).kind()).isEqualTo(AddressClass.OWN);
    assertThat(judge.judge(ip("198.50.1.3")).isPublic()).isTrue();
  }

  @Test
  void thisMachineIsAskedOnlyAboutWhatWouldBePublic() {
    AddressJudge judge =
        new AddressJudge(() -> {
          throw new UncheckedIOException(new IOException("no cards"));
        });

    assertThat(judge.judge(ip("10.1.2.3")).kind()).isEqualTo(AddressClass.PRIVATE);
    assertThatThrownBy(() -> judge.judge(ip("8.8.8.8"))).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void theReasonNamesTheRangeAndWhatCarriesIt() {
    assertThat(JUDGE.judge(ip("10.1.2.3")).reason()).isEqualTo("is private (RFC 1918)");
    assertThat(JUDGE.judge(ip("64:ff9b::a01:203")).reason())
        .isEqualTo("carries 10.1.2.3, which is private (RFC 1918)");
  }

  @Test
  void noWayOfCarryingAnInnerAddressMakesItPublic() {
    List<String> carriers =
        List.of(
            "::%1$02x%2$02x:%3$02x%4$02x",
            "::ffff:%1$02x%2$02x:%3$02x%4$02x",
            "::ffff:0:%1$02x%2$02x:%3$02x%4$02x",
            "64:ff9b::%1$02x%2$02x:%3$02x%4$02x",
            "64:ff9b:1::%1$02x%2$02x:%3$02x%4$02x",
            "2002:%1$02x%2$02x:%3$02x%4$02x::1",
            "2001:0:%1$02x%2$02x:%3$02x%4$02x::f7f7:f7f7",
            "2606:4700::5efe:%1$02x%2$02x:%3$02x%4$02x",
            "2606:4700::200:5efe:%1$02x%2$02x:%3$02x%4$02x");
    Seeded.check(
        2000,
        random -> {
          byte[] bytes = new byte[4];
          random.nextBytes(bytes);
          IpAddress inner = IpAddress.of(bytes);
          if (JUDGE.judge(inner).isPublic()) {
            return;
          }
          String carrier =
              Seeded.pick(random, carriers)
                  .formatted(inner.octet(0), inner.octet(1), inner.octet(2), inner.octet(3));
          assertThat(JUDGE.judge(ip(carrier.toLowerCase(Locale.ROOT))).isPublic())
              .as(carrier)
              .isFalse();
        });
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow(() -> new AssertionError(text));
  }
}
