// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

/// How a component came into a project. Declared in the order in which one relation wins over
/// another when the same package is found more than once.
public enum Relation {
  /// The project asks for it by name.
  DIRECT,
  /// Another component asks for it.
  TRANSITIVE,
  /// The file does not say.
  UNKNOWN
}
