// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit.provider;

/// One piece of a scripted answer.
public sealed interface Part {

  /// Words.
  record Text(String text) implements Part {}

  /// Reasoning.
  ///
  /// @param seal what the provider wants back: a signature, or the encrypted reasoning; may be
  ///   empty
  record Thought(String text, String seal) implements Part {}

  /// A call of a tool.
  ///
  /// @param arguments JSON, or whatever a bad model writes
  record Call(String id, String tool, String arguments) implements Part {}
}
