// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.thresholds;

import dev.redoubt.model.Purl;
import java.util.Objects;

/// Decides which packages a purl in an ignore or a VEX statement stands for.
final class PurlScope {

  private PurlScope() {}

  /// Returns whether `stated` stands for `found`: the same package, and the same version unless
  /// `stated` has none. Qualifiers count only when `stated` has them.
  static boolean covers(Purl stated, Purl found) {
    return stated.type().equals(found.type())
        && Objects.equals(stated.namespace(), found.namespace())
        && stated.name().equals(found.name())
        && (stated.version() == null || Objects.equals(stated.version(), found.version()))
        && found.qualifiers().entrySet().containsAll(stated.qualifiers().entrySet());
  }
}
