// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.roles;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/// A kind of agent that a file describes.
///
/// @param name by which a model asks for it; of a plugin's with the plugin's and `:` before it,
///   which no other has
/// @param description when to use it
/// @param tools the only ones it has, by our names where the file has those of another agent; all
///   when empty
/// @param model in the manner of `provider/model`; empty when the file leaves it open
/// @param text what it is told besides its task
/// @param source where it was found, and whose it is
public record Role(
    String name, String description, List<String> tools, String model, String text, Source source) {

  public Role {
    requireNonNull(name, "name");
    requireNonNull(description, "description");
    tools = List.copyOf(tools);
    requireNonNull(model, "model");
    requireNonNull(text, "text");
    requireNonNull(source, "source");
  }

  /// Where a file was found.
  ///
  /// @param file as people call it
  public record Source(String file, Owner owner) {
    public Source {
      requireNonNull(file, "file");
      requireNonNull(owner, "owner");
    }
  }

  /// Returns the plugin that brings it; empty when none does.
  public Optional<String> plugin() {
    return source.owner() == Owner.PLUGIN
        ? Optional.of(name.substring(0, name.indexOf(':')))
        : Optional.empty();
  }

  /// Whose file it is.
  public enum Owner {
    /// The person's, from their own folders.
    USER,
    /// A plugin's, which the person added.
    PLUGIN,
    /// The checkout's, which is trusted.
    CHECKOUT
  }
}
