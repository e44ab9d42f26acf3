// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.ModelChoice.Sizes;
import dev.redoubt.agent.api.Price;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.guard.network.AddressClass;
import dev.redoubt.guard.network.AddressJudge;
import dev.redoubt.guard.network.Host;
import dev.redoubt.guard.network.IpAddress;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The providers and models that are known: what comes with Redoubt, and over it what the operator
/// configured.
///
/// A model that is not listed can be asked all the same; its sizes and price are then not known.
/// Immutable.
public final class Catalogue {

  private static final Limits LIMITS = new Limits(1 << 20, 20, 50_000);

  /// A model.
  ///
  /// @param provider its id
  /// @param name as the provider knows it
  /// @param sizes empty when nobody knows them
  /// @param price empty when nobody knows it
  public record Listed(String provider, String name, Optional<Sizes> sizes, Optional<Price> price) {
    public Listed {
      requireNonNull(provider, "provider");
      requireNonNull(name, "name");
      requireNonNull(sizes, "sizes");
      requireNonNull(price, "price");
    }
  }

  private final Map<String, Node> providers;
  private final Map<String, Node> models;

  private Catalogue(Map<String, Node> providers, Map<String, Node> models) {
    this.providers = providers;
    this.models = models;
  }

  /// Returns what comes with Redoubt.
  public static Catalogue builtIn() {
    try (InputStream in =
        requireNonNull(Catalogue.class.getResourceAsStream("catalogue.toml"), "catalogue")) {
      return of(Toml.read(in.readNBytes((int) LIMITS.bytes()), LIMITS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Catalogue of(Node root) {
    Map<String, Node> providers = new LinkedHashMap<>();
    root.items("providers").forEach(it -> providers.put(it.text("id").orElse(""), it));
    Map<String, Node> models = new LinkedHashMap<>();
    root.items("models")
        .forEach(it ->
            models.put(it.text("provider").orElse("") + "/" + it.text("name").orElse(""), it));
    return new Catalogue(providers, models);
  }

  /// Returns this with the tables `providers` and `models` of `options` over it: a key that stands
  /// there replaces the one that was known.
  ///
  /// @throws DocumentException if a table is wrong, with its line
  public Catalogue with(Node options) throws DocumentException {
    Map<String, Node> allProviders = new LinkedHashMap<>(providers);
    for (Map.Entry<String, Node> entry : options.fields("providers").entrySet()) {
      String id = entry.getKey();
      Node both = elsewhere(entry.getValue(), over(entry.getValue(), providers.get(id)));
      ProviderTable.read(id, both);
      allProviders.put(id, both);
    }
    Map<String, Node> allModels = new LinkedHashMap<>(models);
    for (Map.Entry<String, Node> entry : options.fields("models").entrySet()) {
      String name = entry.getKey();
      if (name.indexOf('/') < 1 || name.endsWith("/")) {
        throw new DocumentException(
            entry.getValue().line(),
            "options.models.\"%s\" is no model in the manner of \"provider/model\"".formatted(name),
            "put the provider before the name");
      }
      Node both = over(entry.getValue(), models.get(name));
      ModelTable.read(name, both);
      allModels.put(name, both);
    }
    return new Catalogue(allProviders, allModels);
  }

  private static Node over(Node table, @org.jspecify.annotations.Nullable Node known) {
    Map<String, Node> both = new LinkedHashMap<>(known == null ? Map.of() : known.fields());
    both.putAll(table.fields());
    return new Node.Obj(both, table.line());
  }

  /* What is known about where a provider keeps data is known of its usual address. */
  private static Node elsewhere(Node table, Node both) {
    String url = table.text("base-url").orElse("");
    if (url.isEmpty() || table.get("residency").isPresent() || isOfThisMachine(url)) {
      return both;
    }
    Map<String, Node> moved = new LinkedHashMap<>(both.fields());
    Node residency = moved.remove("residency");
    if (residency instanceof Node.Text(String text, int line) && text.equals("local")) {
      moved.putIfAbsent("key", new Node.Text("none", line));
    }
    return new Node.Obj(moved, both.line());
  }

  private static boolean isOfThisMachine(String url) {
    return StrictUrl.read(url) instanceof Reading.Good<StrictUrl>(StrictUrl good)
        && switch (good.host()) {
          case Host.Name(String name) -> name.equals("localhost") || name.endsWith(".localhost");
          case Host.Address(IpAddress address) ->
              new AddressJudge(Set.of()).judge(address).kind() == AddressClass.LOOPBACK;
        };
  }

  /// Returns the ids of all providers, those included that lack an address.
  public List<String> providers() {
    return List.copyOf(providers.keySet());
  }

  /// Returns the provider `id`; empty when there is none, or nobody said where it is.
  public Optional<Provider> provider(String id) {
    Node table = providers.get(id);
    try {
      return table == null ? Optional.empty() : ProviderTable.read(id, table);
    } catch (DocumentException e) {
      throw new IllegalStateException("it was read before", e);
    }
  }

  /// Returns the models that are listed for `provider`.
  public List<Listed> models(String provider) {
    List<Listed> listed = new ArrayList<>();
    for (String name : models.keySet()) {
      if (name.startsWith(provider + "/")) {
        listed.add(model(provider, name.substring(provider.length() + 1)));
      }
    }
    return List.copyOf(listed);
  }

  /// Returns the model `name` of `provider`, without sizes and price when it is not listed.
  public Listed model(String provider, String name) {
    String whole = provider + "/" + name;
    Node table = models.get(whole);
    try {
      return table == null
          ? new Listed(provider, name, Optional.empty(), Optional.empty())
          : ModelTable.read(whole, table);
    } catch (DocumentException e) {
      throw new IllegalStateException("it was read before", e);
    }
  }
}
