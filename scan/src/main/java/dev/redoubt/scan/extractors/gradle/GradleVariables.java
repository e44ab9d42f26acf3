// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.gradle;

import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.gradle.GradleTokens.Kind;
import dev.redoubt.scan.extractors.gradle.GradleTokens.Token;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The names to which a script, or the `gradle.properties` beside it, gives one text and no other.
final class GradleVariables {

  private static final int LONGEST = 4096;

  private final Map<String, String> values = new HashMap<>();
  private final Set<String> unclear = new HashSet<>();

  private GradleVariables() {}

  static GradleVariables of(List<Token> tokens, SourceFile file) {
    GradleVariables variables = new GradleVariables();
    for (int i = 0; i + 2 < tokens.size(); i++) {
      Token name = tokens.get(i);
      if (name.kind() == Kind.WORD && tokens.get(i + 1).is('=')) {
        Token value = tokens.get(i + 2);
        boolean ends =
            i + 3 >= tokens.size()
                || tokens.get(i + 3).kind() == Kind.END_OF_LINE
                || tokens.get(i + 3).is(';')
                || tokens.get(i + 3).is('}');
        variables.put(name.text(), value.kind() == Kind.TEXT && ends ? value.text() : null);
      }
    }
    for (String folder : List.of("", "../")) {
      file.sibling(folder + "gradle.properties").ifPresent(variables::readProperties);
    }
    return variables;
  }

  /// Returns `template` with every name filled in; empty when one is not known.
  Optional<String> fill(String template) {
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < template.length()) {
      char c = template.charAt(i);
      if (c != '$') {
        out.append(c);
        i++;
        continue;
      }
      boolean braces = i + 1 < template.length() && template.charAt(i + 1) == '{';
      int start = braces ? i + 2 : i + 1;
      int end = braces ? template.indexOf('}', start) : start;
      while (!braces && end < template.length() && isNamePart(template.charAt(end))) {
        end++;
      }
      Optional<String> value =
          end < start ? Optional.empty() : value(template.substring(start, end).strip());
      if (value.isEmpty() || out.length() > LONGEST) {
        return Optional.empty();
      }
      out.append(value.get());
      i = braces ? end + 1 : end;
    }
    return Optional.of(out.toString());
  }

  /// Returns the text that `name` stands for.
  Optional<String> value(String name) {
    String last = last(name);
    return unclear.contains(last) ? Optional.empty() : Optional.ofNullable(values.get(last));
  }

  private void put(String name, @Nullable String value) {
    String last = last(name);
    String before = value == null ? null : values.putIfAbsent(last, value);
    if (value == null || (before != null && !before.equals(value))) {
      unclear.add(last);
    }
  }

  private static String last(String name) {
    for (String prefix : List.of("rootProject.", "project.", "ext.", "extra.")) {
      if (name.startsWith(prefix)) {
        return last(name.substring(prefix.length()));
      }
    }
    return name;
  }

  private void readProperties(SourceFile file) {
    try {
      for (String line : file.text().lines().toList()) {
        int equals = line.indexOf('=');
        String stripped = line.strip();
        if (equals > 0 && !stripped.startsWith("#") && !stripped.startsWith("!")) {
          // A script's own value stands before the property of the same name.
          values.putIfAbsent(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
      }
    } catch (IOException e) {
      // What the file would have told stays unknown, and a template that needs it is reported.
      return;
    }
  }

  private static boolean isNamePart(char c) {
    return Character.isJavaIdentifierPart(c) && c != '$';
  }
}
