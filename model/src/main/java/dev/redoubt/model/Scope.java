// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

/// What a component is needed for. Declared in the order in which one scope wins over another when
/// the same package is found more than once.
public enum Scope {
  /// Needed when the product runs.
  PROD,
  /// Installed with the product when the platform allows it.
  OPTIONAL,
  /// The file does not say.
  UNKNOWN,
  /// Needed only to build or test.
  DEV
}
