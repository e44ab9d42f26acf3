// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.Set;

/// What one program, or a family of them, does with its arguments.
///
/// Options are judged, not names. An option that is not in the table makes the call
/// [dev.redoubt.guard.Effect.Nature#UNKNOWN]; an argument that is not known makes it unknown
/// wherever it could be an option or a name that decides what happens. Long options are found by
/// every abbreviation the program accepts. Pure, immutable and safe to share.
public interface Manual {

  /// Returns the names under which the program is called, without folders.
  Set<String> names();

  /// Returns what `call` would do. Never throws: what is not understood is unknown.
  Reading read(Call call);
}
