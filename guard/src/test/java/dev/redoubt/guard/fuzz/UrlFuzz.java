// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.fuzz;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.network.Host;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.network.NetworkJudge;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// What holds for every text that may be a URL: reading it never throws, what was read reads as the
/// same again, the JDK sees the same host in it, and nothing is allowed that nobody named.
public final class UrlFuzz {

  private static final NetworkJudge JUDGE = new NetworkJudge(NameResolver.NONE);

  private UrlFuzz() {}

  /// Called by the fuzzer.
  public static void fuzzerTestOneInput(byte[] data) {
    check(new String(data, StandardCharsets.UTF_8));
  }

  /// @throws AssertionError if one of the properties does not hold for `text`
  static void check(String text) {
    for (String method : new String[] {"", "GET"}) {
      if (JUDGE.judge(new Effect.Connect(method, text)) instanceof Decision.Allow) {
        throw new AssertionError("allowed though nobody named it: " + text);
      }
    }
    if (StrictUrl.read(text) instanceof Reading.Good<StrictUrl>(StrictUrl url)) {
      if (!(StrictUrl.read(url.text()) instanceof Reading.Good<StrictUrl>(StrictUrl again))
          || !again.equals(url)) {
        throw new AssertionError("%s is read as %s and not again".formatted(text, url.text()));
      }
      compare(text, url);
      url.resolve(text);
      url.resolve("../" + text);
    }
  }

  /* The JDK's reader is another one, so where it sees a host it has to be the same. */
  private static void compare(String text, StrictUrl url) {
    try {
      String host = new URI(text).getHost();
      if (host != null
          && url.host() instanceof Host.Name(String name)
          && !host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "").equals(name)) {
        throw new AssertionError("%s leads to %s and to %s".formatted(text, name, host));
      }
    } catch (URISyntaxException e) {
      // Stricter than this reader: nothing to compare with.
      return;
    }
  }
}
