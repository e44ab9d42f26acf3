// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.maven;

import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What could not be found or filled in while one POM was read: each thing once, at the first place
/// that asked for it.
final class Missing {

  static final String FETCH = "run mvn dependency:go-offline";
  private static final int MOST = 500;

  private final Map<String, Gap> gaps = new LinkedHashMap<>();
  private int left;

  void add(String what, Location at, String reason, String hint) {
    if (gaps.containsKey(what)) {
      return;
    }
    if (gaps.size() >= MOST) {
      left++;
      return;
    }
    gaps.put(what, Gap.at(at, reason, hint));
  }

  /// Says that the POM of an artifact was looked for in vain.
  void pom(Gav gav, Location at, String consequence) {
    add(
        "pom " + gav,
        at,
        "the POM of %s is not in the local repository: %s"
            .formatted(PomReader.shorten(gav.toString()), consequence),
        FETCH);
  }

  List<Gap> gaps(String path) {
    List<Gap> all = new ArrayList<>(gaps.values());
    if (left > 0) {
      all.add(new Gap(path, null, "%d more things could not be resolved".formatted(left), FETCH));
    }
    return all;
  }
}
