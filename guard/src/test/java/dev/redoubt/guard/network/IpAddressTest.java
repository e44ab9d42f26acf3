// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.redoubt.testkit.Seeded;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "1.2.3.4, 01020304",
    "0.0.0.0, 00000000",
    "255.255.255.255, ffffffff",
    "::, 00000000000000000000000000000000",
    "0000:0000:0000:0000:0000:ffff:255.255.255.255, 00000000000000000000ffffffffffff",
    "::1, 00000000000000000000000000000001",
    "1::, 00010000000000000000000000000000",
    "2001:db8::8:800:200c:417a, 20010db80000000000080800200c417a",
    "2001:DB8:0:0:8:800:200C:417A, 20010db80000000000080800200c417a",
    "1:2:3:4:5:6:7::, 00010002000300040005000600070000",
    "::2:3:4:5:6:7:8, 00000002000300040005000600070008",
    "::ffff:1.2.3.4, 00000000000000000000ffff01020304",
    "64:ff9b::1.2.3.4, 0064ff9b000000000000000001020304",
    "1:2:3:4:5:6:1.2.3.4, 00010002000300040005000601020304",
  })
  void anAddressIsRead(String text, String bytes) {
    assertThat(IpAddress.parse(text)).contains(address(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "01.2.3.4",
        "1.2.3.04",
        "1.2.3.256",
        "1.2.3.4.",
        ".1.2.3.4",
        "1..2.3",
        "0x1.2.3.4",
        "1.2.3.4 ",
        "+1.2.3.4",
        "1.2.3.-4",
        "１.2.3.4",
        "16909060",
        "1.2.772",
        ":",
        ":::",
        "1:::2",
        "1::2::3",
        "::1::2",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        ":1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:8:",
        "12345::",
        "g::",
        "::1%eth0",
        "::1%1",
        "[::1]",
        "::1.2.3",
        "::1.2.3.4:5",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::01.2.3.4",
        "::1/128",
        "1,2.3.4",
        "1.2.3,4"
      })
  void anythingElseIsNone(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "20010db8000000000000000000000001, 2001:db8::1",
    "20010db8000000010000000000000001, 2001:db8:0:1::1",
    "20010db8000100010001000100010001, 2001:db8:1:1:1:1:1:1",
    "20010db8000000010001000100010001, 2001:db8:0:1:1:1:1:1",
    "20010db8000000000001000000000001, 2001:db8::1:0:0:1",
    "00000000000000000000000000000000, ::",
    "00010000000000000000000000000000, 1::",
    "00000000000000000000ffff0a000001, ::ffff:10.0.0.1",
    "00010000000000000000ffff0a000001, 1::ffff:a00:1",
    "0a000001, 10.0.0.1",
  })
  void anAddressHasOneSpelling(String bytes, String text) {
    assertThat(address(bytes)).hasToString(text);
  }

  @Test
  void whatIsWrittenIsReadBackAndMeansTheSameToTheJdk() {
    Seeded.check(
        3000,
        random -> {
          byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
          for (int i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextInt(3) == 0 ? (byte) random.nextInt(256) : 0;
          }
          IpAddress address = IpAddress.of(bytes);
          assertThat(IpAddress.parse(address.toString())).contains(address);
          if (!address.toString().startsWith("::ffff:")) {
            assertThat(InetAddress.ofLiteral(address.toString()).getAddress()).isEqualTo(bytes);
          }
        });
  }

  @Test
  void equalAddressesAreFoundAmongMany() {
    assertThat(Set.of(address("01020304"), address("01020305"), address("01020306")))
        .contains(address("01020304"));
    assertThat(address("01020304")).doesNotHaveSameHashCodeAs(address("01020305"));
  }

  @Test
  void otherLengthsAreNoAddress() {
    assertThatIllegalArgumentException().isThrownBy(() -> IpAddress.of(new byte[5]));
  }

  @Test
  void itsBytesCannotBeChanged() {
    byte[] bytes = {1, 2, 3, 4};
    IpAddress address = IpAddress.of(bytes);
    bytes[0] = 9;
    address.bytes()[1] = 9;

    assertThat(address).hasToString("1.2.3.4");
  }

  private static IpAddress address(String hex) {
    return IpAddress.of(HexFormat.of().parseHex(hex));
  }
}
