// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The arguments of a call, told apart by a [Table].
///
/// @param used the options in their order, names written in full
/// @param operands the others in their order; an argument of which it is not known whether it is an
///   option is here too
/// @param possibleOptions the arguments that could be options, or more words than one
/// @param doubt why the arguments are not understood; null when they are
record Arguments(
    List<Used> used, List<Arg> operands, List<Arg> possibleOptions, @Nullable String doubt) {

  /// An option in a call.
  ///
  /// @param value null when it has none
  record Used(Option option, @Nullable Arg value) {
    Used {
      requireNonNull(option, "option");
    }

    /// Returns the name with its dashes, written in full.
    String name() {
      return option.name();
    }
  }

  Arguments {
    used = List.copyOf(used);
    operands = List.copyOf(operands);
    possibleOptions = List.copyOf(possibleOptions);
  }

  /// Returns whether one of the options `names`, with their dashes, is used.
  boolean has(String... names) {
    for (Used one : used) {
      if (contains(names, one.name())) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether one of the options `names`, with their dashes, is used.
  boolean hasOneOf(List<String> names) {
    for (Used one : used) {
      if (names.contains(one.name())) {
        return true;
      }
    }
    return false;
  }

  /// Returns the last value of the options `names`.
  Optional<Arg> value(String... names) {
    Arg last = null;
    for (Used one : used) {
      if (one.value() != null && contains(names, one.name())) {
        last = one.value();
      }
    }
    return Optional.ofNullable(last);
  }

  private static boolean contains(String[] names, String name) {
    for (String each : names) {
      if (each.equals(name)) {
        return true;
      }
    }
    return false;
  }
}
