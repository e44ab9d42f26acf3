// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Values that an option takes by name or as a module to load: the names are fine.
final class Named {

  private Named() {}

  /// Returns `arguments` without those of `options` whose value is one of `names`; what follows
  /// `--` or a word that is not known stays.
  static List<Arg> without(List<Arg> arguments, Set<String> options, Set<String> names) {
    List<Arg> rest = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Arg arg = arguments.get(i);
      if (!(arg instanceof Arg.Known(String text)) || text.equals("--")) {
        rest.addAll(arguments.subList(i, arguments.size()));
        break;
      }
      int equals = text.indexOf('=');
      String option = equals < 0 ? text : text.substring(0, equals);
      boolean apart = equals < 0 && i + 1 < arguments.size();
      if (options.contains(option) && equals > 0 && names.contains(text.substring(equals + 1))) {
        continue;
      }
      if (options.contains(option)
          && apart
          && arguments.get(i + 1) instanceof Arg.Known(String value)
          && names.contains(value)) {
        i++;
        continue;
      }
      rest.add(arg);
    }
    return rest;
  }
}
