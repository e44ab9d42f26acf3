// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.api;

import java.util.regex.Pattern;

/// The one name of a plugin: in configuration, class name, test, documentation page and report.
///
/// @param value lower-case words joined by `-`, in the manner of `cargo-lock`
public record PluginId(String value) implements Comparable<PluginId> {

  private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  public PluginId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("\"%s\" is not a plugin id".formatted(value));
    }
  }

  @Override
  public int compareTo(PluginId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
