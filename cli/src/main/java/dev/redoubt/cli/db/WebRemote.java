// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.db;

import dev.redoubt.advisory.sync.Remote;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.sandbox.network.Surface;
import dev.redoubt.sandbox.network.WebClient;
import dev.redoubt.sandbox.network.WebHeader;
import dev.redoubt.sandbox.network.WebLimits;
import dev.redoubt.sandbox.network.WebOutcome;
import dev.redoubt.sandbox.network.WebRequest;
import dev.redoubt.sandbox.network.WebResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Fetches advisories from the addresses the operator named: over HTTPS, and over plain HTTP from
/// loopback only.
///
/// A redirect is followed only within the host and port that was asked, so an answer cannot send
/// the sync elsewhere. Bodies come as they were stored, never unpacked. No cookies, no credentials,
/// no proxy. Safe to share.
public final class WebRemote implements Remote {

  private static final int MAX_HEADER = 64 * 1024;
  private static final long MAX_BODY = 9L << 30;
  private static final Duration LONGEST = Duration.ofHours(12);
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

  private final WebLimits limits;

  /// @param patience how long nothing may come
  public WebRemote(Duration patience) {
    this.limits = new WebLimits(MAX_HEADER, MAX_BODY, LONGEST, patience);
  }

  @Override
  public Answer get(Request request) throws IOException, InterruptedException {
    StrictUrl url =
        switch (StrictUrl.read(request.uri().toString())) {
          case Reading.Good<StrictUrl>(StrictUrl read) -> read;
          case Reading.Bad<StrictUrl>(String rule, String reason) ->
              throw refused(request, rule, reason);
        };
    WebRequest asked =
        new WebRequest(
            "GET", url, headers(request), WebRequest.NOTHING, Surface.operator(url), limits);
    WebOutcome outcome;
    try {
      outcome = WebClient.create().send(asked);
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      throw e;
    }
    return switch (outcome) {
      case WebOutcome.Answered(WebResponse response) -> answer(response);
      case WebOutcome.Refused(String rule, String reason) -> throw refused(request, rule, reason);
    };
  }

  private static IOException refused(Request request, String rule, String reason) {
    boolean isSecure = "https".equalsIgnoreCase(request.uri().getScheme());
    boolean isPlain = rule.equals("net.scheme") || rule.equals("net.operator-target");
    return new IOException(
        isPlain && !isSecure
            ? "\"%s\" is not https, nor http on loopback".formatted(request.uri())
            : reason);
  }

  private static List<WebHeader> headers(Request request) {
    List<WebHeader> headers = new ArrayList<>();
    headers.add(WebHeader.plain("Accept-Encoding", "identity"));
    String etag = request.etag();
    if (request.offset() > 0) {
      headers.add(WebHeader.plain("Range", "bytes=%s-".formatted(Long.toString(request.offset()))));
      if (etag != null) {
        headers.add(WebHeader.plain("If-Range", etag));
      }
    } else if (etag != null) {
      headers.add(WebHeader.plain("If-None-Match", etag));
    }
    return headers;
  }

  private static Answer answer(WebResponse response) {
    long length = number(response.header("content-length"));
    long offset = 0;
    if (response.status() == 206) {
      Matcher range = CONTENT_RANGE.matcher(response.header("content-range").orElse(""));
      boolean matches = range.matches();
      offset = matches ? Long.parseLong(range.group(1)) : -1;
      length = matches && !range.group(2).equals("*") ? Long.parseLong(range.group(2)) : -1;
    }
    List<String> hashes = response.headers("x-goog-hash");
    return new Answer(
        response.status(),
        offset,
        length,
        response.header("etag").filter(WebRemote::canBeSent).orElse(null),
        new Hashes(hash(hashes, "crc32c="), hash(hashes, "md5=")),
        response.body());
  }

  /// A version that cannot be asked for again is none.
  private static boolean canBeSent(String etag) {
    return WebHeader.read("If-Range", etag, WebHeader.Kind.PLAIN) instanceof Reading.Good;
  }

  private static long number(Optional<String> text) {
    try {
      return text.isPresent() ? Long.parseLong(text.get()) : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static @Nullable String hash(List<String> headers, String prefix) {
    for (String header : headers) {
      for (String value : header.split(",", -1)) {
        if (value.strip().toLowerCase(Locale.ROOT).startsWith(prefix)) {
          return value.strip().substring(prefix.length());
        }
      }
    }
    return null;
  }
}
