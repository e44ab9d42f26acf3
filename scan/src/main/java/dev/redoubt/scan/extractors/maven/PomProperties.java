// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.maven;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Fills in `${…}`.
///
/// Each property is worked out once and is at most 4,096 characters long, so properties that double
/// each other cost no more than their number. What is unknown, circular, too long or nested deeper
/// than 64 levels stays as written.
final class PomProperties {

  private static final int LONGEST = 4096;
  private static final int DEEPEST = 64;

  private final Map<String, String> raw;
  private final Map<String, String> known = new HashMap<>();
  private final Set<String> unknown = new HashSet<>();
  private final Set<String> open = new HashSet<>();

  PomProperties(Map<String, String> raw) {
    this.raw = raw;
  }

  /// Returns `text` with every property that is known filled in.
  String fill(String text) {
    int from = text.indexOf("${");
    if (from < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int done = 0;
    while (from >= 0) {
      int end = text.indexOf('}', from);
      if (end < 0 || out.length() > LONGEST) {
        break;
      }
      String name = text.substring(from + 2, end);
      String value = value(name);
      out.append(text, done, from);
      out.append(value == null ? text.substring(from, end + 1) : value);
      done = end + 1;
      from = text.indexOf("${", done);
    }
    return out.append(text, done, text.length()).toString();
  }

  Gav fill(Gav gav) {
    return new Gav(fill(gav.group()), fill(gav.artifact()), fill(gav.version()));
  }

  private @Nullable String value(String name) {
    String before = known.get(name);
    if (before != null || unknown.contains(name)) {
      return before;
    }
    String written = raw.get(name);
    if (written == null || written.length() > LONGEST || open.size() >= DEEPEST) {
      return null;
    }
    if (!open.add(name)) {
      return null;
    }
    String value = fill(written);
    open.remove(name);
    if (value.contains("${") || value.length() > LONGEST) {
      unknown.add(name);
      return null;
    }
    known.put(name, value);
    return value;
  }
}
