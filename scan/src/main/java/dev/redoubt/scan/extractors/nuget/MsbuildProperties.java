// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.nuget;

import dev.redoubt.document.Xml;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The literal properties of a project. Functions such as `$([System.IO.Path]::…)` are not known.
final class MsbuildProperties {

  private static final int DEEPEST = 16;
  private static final int LONGEST = 1_000;

  private final Map<String, String> values = new HashMap<>();

  /// Sets what one child of a PropertyGroup says.
  void set(Xml.Element property) {
    String name = key(property.name());
    boolean isDefault =
        property.attribute("Condition").orElse("").replace(" ", "").endsWith("==''");
    if (!isDefault || !values.containsKey(name)) {
      values.put(name, property.text());
    }
  }

  /// Returns `text` with each `$(Name)` replaced, also inside the values; empty when a name is not
  /// known, refers to itself, or the text becomes longer than 1,000 characters.
  Optional<String> resolve(String text) {
    return resolve(text, DEEPEST);
  }

  private Optional<String> resolve(String text, int depth) {
    if (depth == 0 || text.length() > LONGEST) {
      return Optional.empty();
    }
    StringBuilder resolved = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf("$(", at);
      if (open < 0) {
        break;
      }
      int close = text.indexOf(')', open);
      if (close < 0) {
        return Optional.empty();
      }
      String value = values.get(key(text.substring(open + 2, close)));
      Optional<String> inner = value == null ? Optional.empty() : resolve(value, depth - 1);
      if (inner.isEmpty() || resolved.length() > LONGEST) {
        return Optional.empty();
      }
      resolved.append(text, at, open).append(inner.get());
      at = close + 1;
    }
    resolved.append(text, at, text.length());
    return resolved.length() > LONGEST ? Optional.empty() : Optional.of(resolved.toString());
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
