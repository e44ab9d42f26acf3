// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.conformance;

import dev.redoubt.mcp.http.HttpField;
import dev.redoubt.mcp.http.WebExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// Asks whoever it is told to ask, with the client of the JDK.
public final class PlainWeb implements WebExchange {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Override
  public Reply send(Ask ask) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(ask.url()))
            .method(ask.method(), HttpRequest.BodyPublishers.ofString(ask.body()));
    for (HttpField field : ask.fields()) {
      request.header(field.name(), field.value());
    }
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      return new Reply(response.statusCode(), response.headers().map(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
