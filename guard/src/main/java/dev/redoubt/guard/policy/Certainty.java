// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

/// How sure it has to be that a pattern means an effect.
///
/// What permits asks for certainty, what forbids is content with a possibility: a doubt never helps
/// the one who caused it. An `unless` turns the two around.
enum Certainty {
  /// In every way the effect can turn out.
  SURE,
  /// In at least one.
  POSSIBLE;

  Certainty turned() {
    return this == SURE ? POSSIBLE : SURE;
  }
}
