// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import dev.redoubt.guard.network.StrictUrl;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/// One request and its answer in HTTP/1.1 on a connection that carries nothing else meanwhile.
final class Http1 {

  private static final int MAX_INTERIM = 5;

  private final HttpWire wire;
  private final Deadline deadline;
  private final WebLimits limits;
  private final @Nullable Consumer<HttpWire> keeper;

  /// @param keeper takes the connection when it can carry another request; when there is none, the
  ///   server is told that none will follow
  Http1(HttpWire wire, Deadline deadline, WebLimits limits, @Nullable Consumer<HttpWire> keeper) {
    this.wire = wire;
    this.deadline = deadline;
    this.limits = limits;
    this.keeper = keeper;
  }

  /// Returns the answer to `request` asked at `url` with `headers`. Its body owns the connection
  /// and the deadline.
  WebResponse exchange(WebRequest request, StrictUrl url, List<WebHeader> headers)
      throws IOException {
    wire.patience(limits.firstByte());
    try {
      send(wire.http(), request, url, headers);
      ClassicHttpResponse answer = receive(wire.http());
      wire.patience(limits.idle());
      Map<String, List<String>> lines = lines(answer);
      boolean hasBody = hasBody(request, answer.getCode());
      if (hasBody) {
        wire.http().receiveResponseEntity(answer);
      }
      InputStream body = hasBody ? answer.getEntity().getContent() : InputStream.nullInputStream();
      Carried carried = new Carried(hasBody && isReusable(answer, lines));
      return new WebResponse(
          answer.getCode(), url, lines, bounded(body, lines, headers, carried, hasBody));
    } catch (HttpException e) {
      throw new IOException("%s gave no answer in HTTP/1.1".formatted(url.authority()), e);
    }
  }

  /* Where an answer ends must be said in exactly one way, or what follows it may be part of it. */
  private static boolean isReusable(ClassicHttpResponse answer, Map<String, List<String>> lines) {
    ProtocolVersion version = answer.getVersion();
    if (version != null && !version.equals(HttpVersion.HTTP_1_1)) {
      return false;
    }
    for (String value : lines.getOrDefault("connection", List.of())) {
      if (value.toLowerCase(Locale.ROOT).contains("close")) {
        return false;
      }
    }
    List<String> lengths = lines.getOrDefault("content-length", List.of());
    List<String> transfers = lines.getOrDefault("transfer-encoding", List.of());
    return lengths.size() + transfers.size() == 1
        && (transfers.isEmpty() || transfers.getFirst().equalsIgnoreCase("chunked"));
  }

  /// The connection while it carries a body.
  private final class Carried implements BoundedBody.Carrier {

    private final boolean reusable;

    Carried(boolean reusable) {
      this.reusable = reusable;
    }

    @Override
    public void end() throws IOException {
      deadline.close();
      if (keeper != null && reusable) {
        keeper.accept(wire);
      } else {
        wire.close();
      }
    }

    @Override
    public void patience(Duration longest) throws IOException {
      wire.patience(longest);
    }

    @Override
    public void close() throws IOException {
      deadline.close();
      wire.close();
    }
  }

  private void send(
      DefaultBHttpClientConnection wire, WebRequest request, StrictUrl url, List<WebHeader> headers)
      throws IOException, HttpException {
    BasicClassicHttpRequest message = new Message(request.method(), url.pathAndQuery());
    message.addHeader("Host", url.authority());
    if (keeper == null) {
      message.addHeader("Connection", "close");
    }
    if (!named(headers, "user-agent")) {
      message.addHeader("User-Agent", "redoubt");
    }
    if (!named(headers, "accept-encoding")) {
      message.addHeader("Accept-Encoding", "gzip");
    }
    for (WebHeader header : headers) {
      message.addHeader(header.name(), header.value());
    }
    if (!request.followsRedirects()) {
      byte[] body = request.body().bytes();
      message.addHeader("Content-Length", Integer.toString(body.length));
      message.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_OCTET_STREAM));
    }
    wire.sendRequestHeader(message);
    if (message.getEntity() != null) {
      wire.sendRequestEntity(message);
    }
    wire.flush();
  }

  private static ClassicHttpResponse receive(DefaultBHttpClientConnection wire)
      throws IOException, HttpException {
    for (int i = 0; i < MAX_INTERIM; i++) {
      ClassicHttpResponse answer = wire.receiveResponseHeader();
      if (answer.getCode() >= 200) {
        return answer;
      }
      if (answer.getCode() == 101) {
        throw new IOException("the server changed the protocol, which nobody asked for");
      }
    }
    throw new IOException("the server sent more than %d interim answers".formatted(MAX_INTERIM));
  }

  private Map<String, List<String>> lines(ClassicHttpResponse answer) throws IOException {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    long size = 0;
    for (Header header : answer.getHeaders()) {
      String value = header.getValue() == null ? "" : header.getValue();
      size += header.getName().length() + value.length() + 4L;
      if (size > limits.headerBytes()) {
        throw new IOException(
            "the header of the answer is larger than %d bytes".formatted(limits.headerBytes()));
      }
      lines
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1))
          .add(value);
    }
    return lines;
  }

  private InputStream bounded(
      InputStream body,
      Map<String, List<String>> lines,
      List<WebHeader> headers,
      Carried carried,
      boolean hasBody)
      throws IOException {
    BoundedBody raw = new BoundedBody(body, limits.bodyBytes(), deadline, carried);
    List<String> encodings = lines.getOrDefault("content-encoding", List.of());
    boolean plain = encodings.isEmpty() || encodings.equals(List.of("identity"));
    if (!hasBody || plain || named(headers, "accept-encoding")) {
      return raw;
    }
    String encoding = String.join(",", encodings).toLowerCase(Locale.ROOT);
    if (!encoding.equals("gzip") && !encoding.equals("x-gzip")) {
      throw new IOException("the body is encoded in a way nobody asked for");
    }
    // What is packed may end before what carries it does.
    BoundedBody.Carrier packed =
        new BoundedBody.Carrier() {
          @Override
          public void end() throws IOException {
            raw.close();
          }

          @Override
          public void close() throws IOException {
            raw.close();
          }
        };
    return new BoundedBody(new GunzipStream(raw), limits.bodyBytes(), deadline, packed);
  }

  private static boolean hasBody(WebRequest request, int status) {
    return !request.method().equals("HEAD") && status != 204 && status != 304;
  }

  private static boolean named(List<WebHeader> headers, String name) {
    for (WebHeader header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /// A request that asks for exactly what it was given: the library takes what stands behind two
  /// slashes for a host and leaves it out.
  private static final class Message extends BasicClassicHttpRequest {

    private static final long serialVersionUID = 1;

    private final String asked;

    Message(String method, String asked) {
      super(method, "/");
      this.asked = asked;
    }

    @Override
    public String getRequestUri() {
      return asked;
    }
  }
}
