// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import java.util.List;

/// How going back or forth ended.
public sealed interface UndoOutcome {

  /// Returns what was found and repaired before, for a person.
  List<String> notes();

  /// Returns whether everything was brought back although `untouched` stays as it is.
  static boolean isAll(List<Untouched> untouched) {
    return untouched.stream().allMatch(left -> left.why() == Untouched.Why.NOT_EMPTY);
  }

  /// It was done, but for what is left untouched.
  ///
  /// @param turn the turn that it is itself
  /// @param changed the paths it changed
  /// @param untouched the paths it left as they are although a turn had changed them
  record Done(
      TurnRecord turn, List<PathChange> changed, List<Untouched> untouched, List<String> notes)
      implements UndoOutcome {
    public Done {
      changed = List.copyOf(changed);
      untouched = List.copyOf(untouched);
      notes = List.copyOf(notes);
    }

    /// Returns whether everything was brought back. A folder that stays because somebody put
    /// something else there does not count against it.
    public boolean complete() {
      return isAll(untouched);
    }
  }

  /// Nothing could be done, so nothing was changed and the turns are not undone.
  ///
  /// @param untouched the paths and why each stays as it is
  record Blocked(List<Untouched> untouched, List<String> notes) implements UndoOutcome {
    public Blocked {
      untouched = List.copyOf(untouched);
      notes = List.copyOf(notes);
    }
  }

  /// There is nothing to do.
  ///
  /// @param reason in words
  record Nothing(String reason, List<String> notes) implements UndoOutcome {
    public Nothing {
      notes = List.copyOf(notes);
    }
  }
}
