// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static java.util.Objects.requireNonNull;

/// A program that lets a model call tools, known by one of its configuration files.
///
/// @param name the product name a person knows, in the manner of `Claude Desktop`
/// @param kind the stable id of the client, in the manner of `claude-desktop`
/// @param path the configuration file, relative to what was scanned, or starting with `~/`
public record Agent(String name, String kind, String path) {
  public Agent {
    requireNonNull(name, "name");
    requireNonNull(kind, "kind");
    requireNonNull(path, "path");
  }
}
