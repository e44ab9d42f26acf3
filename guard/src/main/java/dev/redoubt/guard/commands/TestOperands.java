// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import java.util.List;
import java.util.Set;

/// Says whether the builtin `test` may do more than compare.
///
/// `test -v 'a[$(id)]'` runs a command, and an operand that is not known could be that `-v`.
final class TestOperands {

  private static final Set<String> BINARY =
      Set.of(
          "=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef");

  private TestOperands() {}

  /// @param brackets whether it is called `[`, so that its last argument is `]`
  static boolean mayEvaluate(boolean brackets, List<Argument> arguments) {
    int size = brackets ? arguments.size() - 1 : arguments.size();
    int unknown = 0;
    for (int at = 0; at < size; at++) {
      Argument argument = arguments.get(at);
      String text = argument.text().orElse(null);
      if (text == null) {
        unknown++;
        if (argument.count() == Argument.Count.ANY) {
          return true;
        }
      } else if (isName(text, arguments, at)) {
        return true;
      }
    }
    return unknown > 0 && mayHide(arguments, size, unknown);
  }

  /// Whether the shell evaluates the brackets in the name of a variable that follows.
  private static boolean isName(String text, List<Argument> arguments, int at) {
    return (text.equals("-v") || text.equals("-R"))
        && at + 1 < arguments.size()
        && arguments.get(at + 1).text().filter(name -> !name.contains("[")).isEmpty();
  }

  /// Whether one of the unknown operands may be an operator such as `-v`, or its operand.
  private static boolean mayHide(List<Argument> arguments, int size, int unknown) {
    return switch (size) {
      case 0, 1 -> false;
      case 2 -> !isPlainOperator(arguments.getFirst());
      case 3 ->
          arguments.get(1).text().filter(BINARY::contains).isEmpty()
              && !isPlainOperator(arguments.get(isNot(arguments.getFirst()) ? 1 : 0));
      default ->
          unknown > 1
              || arguments.subList(0, size).stream()
                  .anyMatch(it -> it.text().filter(text -> text.contains("[")).isPresent());
    };
  }

  private static boolean isNot(Argument argument) {
    return argument.text().filter("!"::equals).isPresent();
  }

  private static boolean isPlainOperator(Argument argument) {
    return argument.text().filter(text -> !text.equals("-v") && !text.equals("-R")).isPresent();
  }
}
