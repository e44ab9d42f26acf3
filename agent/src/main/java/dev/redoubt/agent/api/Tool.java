// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import dev.redoubt.document.Node;

/// Something a model can use. A tool never acts on the world: it plans actions, one [Step] at a
/// time, and describes what came of them.
///
/// A tool belongs to one session and may remember things about it; the engine plans one call of a
/// session at a time, unless [#access] is [Access#READS], whose calls may overlap.
public interface Tool {

  /// Returns how it is described to a model; the same for the life of a session.
  ToolSpec spec();

  /// Returns the most it does, by which modes allow or hide it.
  Access access();

  /// Returns whether a model is told of it. What is not told of can turn into what is, and never
  /// back; it can be called either way.
  default boolean isShown() {
    return true;
  }

  /// Returns the first step of a call.
  ///
  /// @param arguments an object, not yet checked against the schema; wrong ones end in a failed
  ///   [Step.Done] that says how to call it right
  Step plan(Node.Obj arguments);

  /// Takes note of a call of an earlier run of this session, when that is continued.
  ///
  /// @param facts what [Step.Done] said about it
  default void recall(Node.Obj facts) {}

  /// The most that a tool does. Each is an approval class of its own.
  enum Access {
    /// Looks at files.
    READS,
    /// Keeps to the session: plans, notes, questions to the person.
    THINKS,
    /// Changes files.
    WRITES,
    /// Runs programs.
    RUNS,
    /// Reaches other machines.
    CONNECTS
  }
}
