// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.Set;

/// find: walks folders, can run commands, delete and write.
///
/// Source: find(1) of GNU findutils 4.9. The expression is read word by word; a word that is not in
/// the list makes the call unknown.
record FindManual() implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("find");
  }

  @Override
  public Reading read(Call call) {
    return new FindReading(call.arguments()).read();
  }
}
