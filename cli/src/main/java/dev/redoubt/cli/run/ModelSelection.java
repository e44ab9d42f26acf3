// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.engine.ModelChain;
import dev.redoubt.agent.models.ApiKey;
import dev.redoubt.agent.models.Endpoint;
import dev.redoubt.agent.models.HttpModel;
import dev.redoubt.agent.models.KeySource;
import dev.redoubt.agent.models.Keys;
import dev.redoubt.agent.models.Protocol;
import dev.redoubt.agent.models.Provider;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.GlobalOptions.Network;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.models.ModelWorld;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.network.WebClient;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which models a run asks.
final class ModelSelection {

  private static final String UNNAMED = "custom";

  private ModelSelection() {}

  /// Returns the models of a run: the one of `--model`, at `--provider-url` if that is given, else
  /// of the catalogue, else the one that is configured for the mode or as the large one; behind it
  /// what is configured for when it fails.
  ///
  /// @throws UsageException if there is none, or nobody knows what to speak with it
  static ModelChain of(Call call, RunSettings settings, Mode mode) {
    if (call.globals().network() == Network.OFF) {
      throw new UsageException("--offline connects to nothing, a model included");
    }
    ModelChoice first =
        call.text("--provider-url").isPresent()
            ? named(call)
            : ModelWorld.of(call).choice(call, name(call, settings, mode));
    List<ModelChoice> models = new ArrayList<>();
    models.add(first);
    for (String name : settings.chain().models()) {
      ModelChoice next = ModelWorld.of(call).choice(call, name);
      if (models.stream().noneMatch(it -> isSame(it, next))) {
        models.add(next);
      }
    }
    Optional<ModelChoice> lastResort =
        settings.chain().lastResort().map(name -> ModelWorld.of(call).choice(call, name));
    if (lastResort.isPresent() && !lastResort.get().residency().equals("local")) {
      throw new UsageException(
          "options.fallback.last-resort is a model of this machine, and %s keeps data in \"%s\""
              .formatted(lastResort.get().provider(), lastResort.get().residency()));
    }
    Optional<ModelChoice> small =
        settings.slots().small().map(name -> ModelWorld.of(call).choice(call, name));
    return new ModelChain(models, lastResort, small, settings.rules());
  }

  private static boolean isSame(ModelChoice one, ModelChoice other) {
    return one.provider().equals(other.provider()) && one.name().equals(other.name());
  }

  private static String name(Call call, RunSettings settings, Mode mode) {
    RunSettings.Slots slots = settings.slots();
    Optional<String> usual =
        mode.model().or(() -> Optional.ofNullable(slots.modes().get(mode.text()))).or(slots::large);
    String asked = call.text("--model").orElse("");
    return switch (asked) {
      case "" ->
          usual.orElseThrow(() ->
              new UsageException(
                  "which model? --model PROVIDER/MODEL (redoubt models names them), or"
                      + " --provider-url URL --model NAME, or options.slots.large in your"
                      + " configuration"));
      case "large" -> configured(slots.large(), asked);
      case "small" -> configured(slots.small(), asked);
      default -> asked;
    };
  }

  private static String configured(Optional<String> slot, String name) {
    return slot.orElseThrow(() ->
        new UsageException(
            "--model %s is the model of options.slots.%s, which is not configured"
                .formatted(name, name)));
  }

  private static ModelChoice named(Call call) {
    return named(
        call,
        call.text("--model")
            .orElseThrow(() -> new UsageException("--provider-url goes with --model NAME")));
  }

  /// Returns the model `model`, at `--provider-url` if that is given, else of the catalogue.
  ///
  /// @throws UsageException if there is none, or nobody knows what to speak with it
  static ModelChoice named(Call call, String model) {
    if (call.text("--provider-url").isEmpty()) {
      return ModelWorld.of(call).choice(call, model);
    }
    String url = call.text("--provider-url").get();
    Protocol protocol = protocol(call.text("--provider-protocol").orElse("openai-chat"));
    Provider provider =
        new Provider(
            UNNAMED,
            protocol,
            Endpoint.at(base(url), protocol.auth()),
            new KeySource.Usual(List.of(protocol.keyVariable()), UNNAMED),
            "",
            Set.of());
    try {
      HttpModel asked =
          new HttpModel(
              provider, source -> key(call, source), WebClient.create(), call.world().clock());
      return new ModelChoice(
          UNNAMED, "unknown", model, asked, ModelChoice.Sizes.UNKNOWN, Optional.empty());
    } catch (SocketException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "the network cards cannot be listed: " + e.getMessage(), e);
    }
  }

  private static Protocol protocol(String name) {
    return Protocol.of(name)
        .orElseThrow(() ->
            new UsageException(
                "--provider-protocol \"%s\" is not openai-chat, openai-responses, anthropic or gemini"
                    .formatted(name)));
  }

  private static StrictUrl base(String url) {
    return switch (StrictUrl.read(url)) {
      case Reading.Good<StrictUrl>(StrictUrl good) -> good;
      case Reading.Bad<StrictUrl>(String _, String reason) ->
          throw new UsageException("--provider-url \"%s\": %s".formatted(url, reason));
    };
  }

  private static Keys.Found key(String variable, String value) {
    try {
      return new Keys.Found.Key(ApiKey.of(value));
    } catch (IllegalArgumentException e) {
      throw new UsageException("%s holds no key: %s".formatted(variable, e.getMessage()));
    }
  }

  private static Keys.Found key(Call call, KeySource source) {
    return switch (source) {
      case KeySource.None() -> new Keys.Found.Unneeded();
      case KeySource.Exec _ -> new Keys.Found.Missing("a program that prints the key is not asked");
      case KeySource.Usual(List<String> variables, String _) -> {
        for (String name : variables) {
          String value = call.world().variable(name, "");
          if (!value.isBlank()) {
            yield key(name, value);
          }
        }
        // Local servers want no key; one that does says so.
        yield new Keys.Found.Unneeded();
      }
    };
  }
}
