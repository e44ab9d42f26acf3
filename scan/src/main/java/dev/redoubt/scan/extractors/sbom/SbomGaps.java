// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.sbom;

import dev.redoubt.model.Gap;
import java.util.ArrayList;
import java.util.List;

/// The gaps of one document: the first of them one by one, the rest as a number.
final class SbomGaps {

  private static final int MOST = 100;

  private final String path;
  private final List<Gap> gaps = new ArrayList<>();
  private int left;

  SbomGaps(String path) {
    this.path = path;
  }

  void add(int line, String reason, String hint) {
    if (gaps.size() < MOST) {
      gaps.add(new Gap(path, line, reason, hint));
    } else {
      left++;
    }
  }

  List<Gap> list() {
    List<Gap> all = new ArrayList<>(gaps);
    if (left > 0) {
      all.add(
          new Gap(
              path,
              null,
              "%d more entries could not be used".formatted(left),
              "correct those listed here and scan again"));
    }
    return all;
  }
}
