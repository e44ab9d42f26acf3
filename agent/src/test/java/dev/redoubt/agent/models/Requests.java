// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.sandbox.network.WebClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Requests and models for tests.
final class Requests {

  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T11:00:00Z"), ZoneOffset.UTC);
  static final ModelRequest.Settings SETTINGS =
      new ModelRequest.Settings(1000, Optional.empty(), Optional.empty());

  private Requests() {}

  static ModelRequest hello() {
    return of(List.of(Message.FromUser.text("Hello?")));
  }

  static ModelRequest of(List<Message> messages) {
    return new ModelRequest(
        "asked-1", "Be brief.", List.of(ModelContract.VIEW), messages, SETTINGS);
  }

  static ModelRequest with(ModelRequest.Settings settings) {
    return new ModelRequest("asked-1", "", List.of(), hello().messages(), settings);
  }

  static StrictUrl url(String text) {
    return ((Reading.Good<StrictUrl>) StrictUrl.read(text)).value();
  }

  static HttpModel model(Protocol protocol, String base, String key) {
    Endpoint endpoint = Endpoint.at(url(base), protocol.auth());
    return model(
        new Provider("scripted", protocol, endpoint, new KeySource.None(), "", Set.of()), key);
  }

  static HttpModel model(Provider provider, String key) {
    try {
      Keys keys = _ -> new Keys.Found.Key(ApiKey.of(key));
      return new HttpModel(provider, keys, WebClient.create(), CLOCK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
