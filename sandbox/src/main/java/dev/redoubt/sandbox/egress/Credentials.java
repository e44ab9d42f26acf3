// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.redoubt.guard.network.Target;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Puts credentials where their placeholders stand, for the servers they are bound to.
final class Credentials {

  private final List<CredentialBinding> bindings;

  Credentials(List<CredentialBinding> bindings) {
    this.bindings = bindings;
  }

  /// Returns `lines` of a request to `target` with what is bound to it put in, also inside the user
  /// and password of `Basic`.
  List<Header.Line> put(List<Header.Line> lines, Target target) throws RefusedRequest {
    List<Header.Line> put = lines;
    for (CredentialBinding binding : bindings) {
      if (binding.where().surelyMatches(target)) {
        put = put(put, binding);
      }
    }
    return put;
  }

  private static List<Header.Line> put(List<Header.Line> lines, CredentialBinding binding)
      throws RefusedRequest {
    List<Header.Line> put = new ArrayList<>(lines.size());
    for (Header.Line line : lines) {
      put.add(
          line.value().contains(binding.placeholder())
              ? new Header.Line(
                  line.name(), line.value().replace(binding.placeholder(), value(binding)))
              : basic(line, binding));
    }
    return put;
  }

  private static Header.Line basic(Header.Line line, CredentialBinding binding)
      throws RefusedRequest {
    if (!line.is("authorization") || !line.value().regionMatches(true, 0, "Basic ", 0, 6)) {
      return line;
    }
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(line.value().substring(6).trim()), ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return line;
    }
    if (!pair.contains(binding.placeholder())) {
      return line;
    }
    byte[] put = pair.replace(binding.placeholder(), value(binding)).getBytes(ISO_8859_1);
    return new Header.Line(line.name(), "Basic " + Base64.getEncoder().encodeToString(put));
  }

  private static String value(CredentialBinding binding) throws RefusedRequest {
    String value;
    try {
      value = binding.value().get();
    } catch (RuntimeException e) {
      throw unusable(binding, "could not be read");
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
        throw unusable(binding, "has a character that cannot stand in a header");
      }
    }
    return value;
  }

  private static RefusedRequest unusable(CredentialBinding binding, String why) {
    return RefusedRequest.upstream(
        RefusedRequest.UPSTREAM,
        "net.credential",
        "the credential behind %s %s".formatted(binding.placeholder(), why));
  }
}
