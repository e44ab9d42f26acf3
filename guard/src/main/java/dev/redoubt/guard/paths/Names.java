// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import java.util.ArrayList;
import java.util.List;

/// The names a path is made of.
final class Names {

  private Names() {}

  /// Returns the names between the slashes of `path`, without empty ones.
  static List<String> split(String path) {
    List<String> names = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= path.length(); i++) {
      if (i == path.length() || path.charAt(i) == '/') {
        if (i > start) {
          names.add(path.substring(start, i));
        }
        start = i + 1;
      }
    }
    return names;
  }
}
