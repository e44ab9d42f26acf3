// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

/// The kernel's Landlock: a program gives up rights to files, ports and signals for good, for
/// itself and for all it starts, and needs no right to do so.
public final class Landlock {

  private static final long ASK_VERSION = 1;

  private Landlock() {}

  /// Returns what the Landlock of this machine can hold: version 0 if it has none, if it is
  /// switched off, or if the machine is no known one. Changes nothing.
  public static LandlockAbi abi() {
    return new LandlockAbi(
        Kernel.ofThisMachine()
            .map(kernel ->
                (int)
                    Math.max(0, kernel.call(SystemCall.LANDLOCK_CREATE_RULESET, 0, 0, ASK_VERSION)))
            .orElse(0));
  }
}
