// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import java.util.List;

/// Every detector, by its id.
public final class BuiltInDetectors {

  private BuiltInDetectors() {}

  /// Returns them for one conversation: one of them remembers what was said.
  public static List<Detector> all() {
    return List.of(
        new CredentialDetector(),
        new ElicitationDetector(),
        new ExfiltrationDetector(),
        new HiddenTextDetector(),
        new InjectionDetector(),
        new MetacharactersDetector(),
        new PathEscapeDetector(),
        new PoisoningDetector(),
        new PrivateAddressDetector(),
        new ShadowingDetector(),
        new TaintDetector(),
        new TerminalEscapeDetector());
  }
}
