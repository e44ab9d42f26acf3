// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.models;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.models.Catalogue;
import dev.redoubt.agent.models.HttpModel;
import dev.redoubt.agent.models.KeySource;
import dev.redoubt.agent.models.Keys;
import dev.redoubt.agent.models.Provider;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.GlobalOptions;
import dev.redoubt.cli.Nearest;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.sandbox.Table;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.network.WebClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The models of one call: the catalogue with the operator's own configuration over it, and the
/// keys. A checkout has no say in either.
///
/// @param keys what finds keys
/// @param store where keys are kept
public record ModelWorld(Catalogue catalogue, Keys keys, KeyStore store) {

  private static final Limits LIMITS = new Limits(1 << 20, 20, 50_000);

  public ModelWorld {
    requireNonNull(catalogue, "catalogue");
    requireNonNull(keys, "keys");
    requireNonNull(store, "store");
  }

  /// Returns the models that `call` can ask.
  ///
  /// @throws RedoubtException USAGE if the configuration is malformed, UNREADABLE if the file of
  ///   `--config` cannot be read
  public static ModelWorld of(Call call) {
    KeyStore store = KeyStore.of(call.world());
    return new ModelWorld(
        catalogue(call, Catalogue.builtIn()), new KeyFinder(call.world(), store), store);
  }

  private static Catalogue catalogue(Call call, Catalogue builtIn) {
    Path file = call.globals().config().orElseGet(() -> GlobalOptions.userConfig(call.world()));
    if (call.globals().config().isEmpty() && Files.notExists(file)) {
      return builtIn;
    }
    try (InputStream in = Files.newInputStream(file)) {
      Node root = Toml.read(in.readNBytes((int) LIMITS.bytes() + 1), LIMITS);
      return builtIn.with(new Table(file, "", root).table("options").node());
    } catch (DocumentException e) {
      String line = e.line() == null ? "" : ":" + e.line();
      throw new RedoubtException(
          ErrorCode.USAGE, "%s%s: %s".formatted(file, line, e.getMessage()), e);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read the configuration \"%s\": %s".formatted(file, RedoubtException.reason(e)),
          e);
    }
  }

  /// Returns the model that `whole` names in the manner of `provider/model`; what follows the first
  /// slash is the name, slashes included.
  ///
  /// @throws UsageException if there is no such provider, or nobody said where it is
  public ModelChoice choice(Call call, String whole) {
    int slash = whole.indexOf('/');
    if (slash < 1 || slash == whole.length() - 1) {
      throw new UsageException(
          "\"%s\" names no model: PROVIDER/MODEL, in the manner of anthropic/claude-sonnet-4-5"
              .formatted(whole));
    }
    Provider provider = provider(whole.substring(0, slash));
    Catalogue.Listed listed = catalogue.model(provider.id(), whole.substring(slash + 1));
    try {
      HttpModel model = new HttpModel(provider, keys, WebClient.create(), call.world().clock());
      return new ModelChoice(
          provider.id(),
          provider.residency(),
          listed.name(),
          model,
          listed.sizes().orElse(ModelChoice.Sizes.UNKNOWN),
          listed.price());
    } catch (SocketException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "the network cards cannot be listed: " + e.getMessage(), e);
    }
  }

  /// Returns the provider `id`.
  ///
  /// @throws UsageException if there is none, or nobody said where it is
  Provider provider(String id) {
    requireKnown(id);
    return catalogue
        .provider(id)
        .orElseThrow(() ->
            new UsageException(
                "nobody said where %s is: set options.providers.%s.base-url in your configuration"
                    .formatted(id, id)));
  }

  /// @throws UsageException if there is no provider `id`
  void requireKnown(String id) {
    if (!catalogue.providers().contains(id)) {
      String nearest =
          Nearest.to(id, catalogue.providers())
              .map("did you mean \"%s\"?"::formatted)
              .orElse("known: " + String.join(", ", catalogue.providers()));
      throw new UsageException("there is no provider \"%s\"; %s".formatted(id, nearest));
    }
  }

  /// Returns in a few words where the key of `provider` comes from, and never the key.
  String keySource(Call call, Provider provider) {
    return switch (provider.key()) {
      case KeySource.None() -> "none needed";
      case KeySource.Exec(String _) -> "program";
      case KeySource.Usual(List<String> variables, String stored) -> {
        Optional<String> set =
            variables.stream().filter(it -> !call.world().variable(it, "").isBlank()).findFirst();
        if (set.isPresent()) {
          yield "environment " + set.get();
        }
        yield switch (store.place(stored).orElse(null)) {
          case null -> "missing";
          case KeyStore.Place.InKeyring() -> "keyring";
          case KeyStore.Place.InFile(Path file) -> "file " + file;
        };
      }
    };
  }
}
