// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.models;

import dev.redoubt.agent.api.ModelChoice.Sizes;
import dev.redoubt.agent.api.Price;
import dev.redoubt.agent.models.Catalogue.Listed;
import dev.redoubt.agent.models.Provider;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.core.JsonGenerator;

/// `redoubt models`: the providers and models that are known, with sizes, prices and where the key
/// comes from. Connects to nothing.
public final class ModelsCommand implements Command {

  @Override
  public CommandSpec spec() {
    return ModelOptions.provider(
        ModelOptions.json(CommandSpec.create()), "0..1", "Only the models of this provider.");
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt models", "redoubt models anthropic", "redoubt models --json");
  }

  @Override
  public int run(Call call) {
    ModelWorld models = ModelWorld.of(call);
    Optional<String> only = call.parameter(0);
    only.ifPresent(models::requireKnown);
    List<String> ids = only.map(List::of).orElse(models.catalogue().providers());
    if (call.has("--json")) {
      CommandOutput.json(
          call,
          json -> {
            json.writeArrayPropertyStart("providers");
            ids.forEach(id -> json(call, json, models, id));
            json.writeEndArray();
          });
    } else {
      ids.forEach(id -> text(call, models, id));
    }
    return ExitCode.OK;
  }

  private static void text(Call call, ModelWorld models, String id) {
    Optional<Provider> provider = models.catalogue().provider(id);
    if (provider.isEmpty()) {
      CommandOutput.line(call, "%s  (set options.providers.%s.base-url)", id, id);
      return;
    }
    CommandOutput.line(
        call,
        "%s  %s  %s  data: %s  key: %s",
        id,
        provider.get().protocol().text(),
        provider.get().endpoint().base(),
        provider.get().residency(),
        models.keySource(call, provider.get()));
    for (Listed model : models.catalogue().models(id)) {
      String sizes =
          model
              .sizes()
              .map(it -> "%,d in, %,d out".formatted(it.context(), it.output()))
              .orElse("size unknown");
      String price =
          model
              .price()
              .map(it ->
                  "$%s in, $%s cached, $%s out"
                      .formatted(
                          it.input().toPlainString(),
                          it.cacheRead().toPlainString(),
                          it.output().toPlainString()))
              .orElse("price unknown");
      CommandOutput.line(call, "  %s/%-32s %-28s %s", id, model.name(), sizes, price);
    }
  }

  private static void json(Call call, JsonGenerator json, ModelWorld models, String id) {
    Optional<Provider> provider = models.catalogue().provider(id);
    json.writeStartObject();
    json.writeStringProperty("id", id);
    json.writeStringProperty("protocol", provider.map(it -> it.protocol().text()).orElse(null));
    json.writeStringProperty(
        "baseUrl", provider.map(it -> it.endpoint().base().text()).orElse(null));
    json.writeStringProperty("residency", provider.map(Provider::residency).orElse(null));
    json.writeStringProperty("key", provider.map(it -> models.keySource(call, it)).orElse(null));
    json.writeArrayPropertyStart("models");
    for (Listed model : models.catalogue().models(id)) {
      json.writeStartObject();
      json.writeStringProperty("name", model.name());
      Optional<Sizes> sizes = model.sizes();
      number(json, "context", sizes.map(Sizes::context));
      number(json, "output", sizes.map(Sizes::output));
      price(json, model.price());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, Optional<Integer> value) {
    if (value.isPresent()) {
      json.writeNumberProperty(name, value.get());
    } else {
      json.writeNullProperty(name);
    }
  }

  private static void price(JsonGenerator json, Optional<Price> price) {
    if (price.isEmpty()) {
      json.writeNullProperty("usdPerMillion");
      return;
    }
    json.writeObjectPropertyStart("usdPerMillion");
    json.writeNumberProperty("input", price.get().input());
    json.writeNumberProperty("cacheRead", price.get().cacheRead());
    json.writeNumberProperty("cacheWrite", price.get().cacheWrite());
    json.writeNumberProperty("output", price.get().output());
    json.writeEndObject();
  }
}
