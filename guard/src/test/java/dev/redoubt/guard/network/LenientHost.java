// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The most forgiving reading of a URL's host that clients are known for: what browsers, curl,
/// `inet_aton` and the JDK accept between them.
final class LenientHost {

  private LenientHost() {}

  /// Returns the host `url` could lead to: an address in its one spelling, or a name.
  static String of(String url) {
    String text = url.replaceAll("[\\t\\n\\r]", "").strip().replace('\\', '/');
    int scheme = text.indexOf(':');
    String rest = text.substring(scheme + 1).replaceFirst("^/+", "");
    String authority = rest.split("[/?#]", 2)[0];
    authority = authority.substring(authority.lastIndexOf('@') + 1);
    if (authority.startsWith("[") && authority.contains("]")) {
      String inner = authority.substring(1, authority.indexOf(']')).replaceFirst("%.*", "");
      return IpAddress.parse(inner).map(IpAddress::toString).orElse(inner);
    }
    String host = decoded(authority.replaceFirst(":[0-9]*$", ""));
    host = Normalizer.normalize(host, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    host = host.replace("\u3002", ".").replaceFirst("\\.$", "");
    byte[] number = number(host);
    return number == null ? host : IpAddress.of(number).toString();
  }

  private static String decoded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[bytes.length];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%' && i + 2 < bytes.length) {
        int value = Character.digit(bytes[i + 1], 16) * 16 + Character.digit(bytes[i + 2], 16);
        if (value >= 0) {
          out[length++] = (byte) value;
          i += 2;
          continue;
        }
      }
      out[length++] = bytes[i];
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }

  /// Reads `host` as `inet_aton` does: one to four numbers, each decimal, octal or hexadecimal.
  private static byte @Nullable [] number(String host) {
    String[] parts = host.split("\\.", -1);
    List<Long> numbers = new ArrayList<>();
    for (String part : parts) {
      try {
        if (part.startsWith("0x")) {
          numbers.add(part.length() == 2 ? 0 : Long.parseLong(part.substring(2), 16));
        } else {
          numbers.add(Long.parseLong(part, part.startsWith("0") ? 8 : 10));
        }
      } catch (NumberFormatException e) {
        return null;
      }
    }
    if (numbers.size() > 4) {
      return null;
    }
    long value = numbers.getLast();
    for (int i = 0; i < numbers.size() - 1; i++) {
      value += numbers.get(i) << (24 - 8 * i);
    }
    return new byte[] {
      (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }

  /// Returns what the JDK takes `host` for, or null when it would ask the name service.
  static @Nullable String jdkLiteral(String host) {
    try {
      return IpAddress.of(InetAddress.ofLiteral(host).getAddress()).toString();
    } catch (IllegalArgumentException e) {
      try {
        return IpAddress.of(java.net.Inet4Address.ofPosixLiteral(host).getAddress()).toString();
      } catch (IllegalArgumentException e2) {
        return null;
      }
    }
  }
}
