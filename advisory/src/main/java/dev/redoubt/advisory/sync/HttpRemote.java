// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.sync;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Fetches over HTTPS, and over plain HTTP from loopback only.
///
/// A redirect is followed at most three times and only within the host and port that was asked, so
/// an answer cannot send the sync elsewhere. No cookies, no credentials, no proxy but the one of
/// the system properties. Safe to share.
public final class HttpRemote implements Remote {

  private static final int MAX_REDIRECTS = 3;
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

  private final HttpClient client;
  private final Duration patience;

  /// @param patience how long to wait for a connection and for the first byte of an answer
  public HttpRemote(Duration patience) {
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build();
  }

  @Override
  public Answer get(Request request) throws IOException, InterruptedException {
    URI uri = request.uri();
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      requireAllowed(uri);
      HttpResponse<InputStream> response =
          client.send(httpRequest(uri, request), HttpResponse.BodyHandlers.ofInputStream());
      if (!isRedirect(response.statusCode())) {
        return answer(response);
      }
      response.body().close();
      URI target = uri.resolve(location(uri, response));
      if (!sameOrigin(uri, target)) {
        throw new IOException(
            "%s redirects to another host, %s, which is not followed"
                .formatted(uri, target.getHost()));
      }
      uri = target;
    }
    throw new IOException("%s redirects more than %d times".formatted(uri, MAX_REDIRECTS));
  }

  private HttpRequest httpRequest(URI uri, Request request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri).timeout(patience).header("User-Agent", "redoubt").GET();
    String etag = request.etag();
    if (request.offset() > 0) {
      builder.header("Range", "bytes=%s-".formatted(Long.toString(request.offset())));
      if (etag != null) {
        builder.header("If-Range", etag);
      }
    } else if (etag != null) {
      builder.header("If-None-Match", etag);
    }
    return builder.build();
  }

  private static Answer answer(HttpResponse<InputStream> response) {
    long length = response.headers().firstValueAsLong("content-length").orElse(-1);
    long offset = 0;
    if (response.statusCode() == 206) {
      Matcher range =
          CONTENT_RANGE.matcher(response.headers().firstValue("content-range").orElse(""));
      if (range.matches()) {
        offset = Long.parseLong(range.group(1));
        length = range.group(2).equals("*") ? -1 : Long.parseLong(range.group(2));
      } else {
        offset = -1;
      }
    }
    List<String> hashes = response.headers().allValues("x-goog-hash");
    return new Answer(
        response.statusCode(),
        offset,
        length,
        response.headers().firstValue("etag").orElse(null),
        new Hashes(hash(hashes, "crc32c="), hash(hashes, "md5=")),
        response.body());
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

  private static URI location(URI from, HttpResponse<?> response) throws IOException {
    String location = response.headers().firstValue("location").orElse("");
    try {
      return URI.create(location);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s redirects to \"%s\", which is no address".formatted(from, location), e);
    }
  }

  private static void requireAllowed(URI uri) throws IOException {
    String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    boolean allowed =
        switch (scheme) {
          case "https" -> host != null;
          case "http" -> host != null && LOOPBACK.matcher(host).matches();
          default -> false;
        };
    if (!allowed) {
      throw new IOException("\"%s\" is not https, nor http on loopback".formatted(uri));
    }
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static boolean sameOrigin(URI from, URI to) {
    return Objects.requireNonNullElse(from.getHost(), "").equalsIgnoreCase(to.getHost())
        && Objects.requireNonNullElse(from.getScheme(), "").equalsIgnoreCase(to.getScheme())
        && from.getPort() == to.getPort();
  }
}
