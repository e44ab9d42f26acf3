// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.extensions.PluginStore.Added;
import dev.redoubt.guard.Content;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The agents and servers that plugins bring, from the very content that was approved.
///
/// @param gifts of plugins that count, by name
/// @param refused notes about plugins that do not count
public record PluginGifts(List<Gift> gifts, List<String> refused) {

  public PluginGifts {
    gifts = List.copyOf(gifts);
    refused = List.copyOf(refused);
  }

  /// What one plugin brings.
  ///
  /// @param plugin its name
  /// @param agents the files that describe agents, by their names in the plugin
  /// @param servers the file that names servers
  public record Gift(String plugin, SortedMap<String, Content> agents, Optional<Content> servers) {
    public Gift {
      requireNonNull(plugin, "plugin");
      agents = Collections.unmodifiableSortedMap(new TreeMap<>(agents));
      requireNonNull(servers, "servers");
    }
  }

  /// Returns what the plugins bring that were added.
  ///
  /// @throws dev.redoubt.model.RedoubtException UNREADABLE if the plugins cannot be listed, or one
  ///   changes meanwhile
  public static PluginGifts of(Call call) {
    List<Gift> gifts = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (Added added : PluginStore.of(call.globals().dataDir()).all()) {
      if (added.counts()) {
        gifts.add(gift(added));
      } else {
        refused.add(refusal(added));
      }
    }
    return new PluginGifts(gifts, refused);
  }

  /// Returns what people are told of a plugin that does not count.
  static String refusal(Added added) {
    return "the plugin %s is refused: %s".formatted(added.name(), added.problem());
  }

  private static Gift gift(Added added) {
    PluginFiles files = PluginStore.content(added);
    SortedMap<String, Content> agents = new TreeMap<>(files.all());
    agents.keySet().removeIf(name -> !PluginParts.isAgent(name));
    return new Gift(added.name(), agents, files.file(PluginParts.SERVERS));
  }
}
