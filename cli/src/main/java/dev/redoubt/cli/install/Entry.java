// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.install;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/// One server in a configuration, and where its command stands.
///
/// @param name as the configuration calls it
/// @param program the text that names the program
/// @param manner how the member with the program is written
/// @param arguments the list of arguments, or of the whole command when `program` is its first
/// @param variables names of the variables the client sets for it
/// @param obstacle why it cannot be put behind a proxy, empty when it can
record Entry(
    String name,
    Part.Text program,
    Part.Manner manner,
    Optional<Part.Arr> arguments,
    List<String> variables,
    Optional<String> obstacle) {

  Entry {
    requireNonNull(name, "name");
    requireNonNull(program, "program");
    requireNonNull(manner, "manner");
    requireNonNull(arguments, "arguments");
    variables = List.copyOf(variables);
    requireNonNull(obstacle, "obstacle");
  }

  /// Returns whether the program is the first word of the list.
  boolean isOneList() {
    return !words().isEmpty() && words().getFirst().equals(program);
  }

  /// Returns the texts of the list.
  List<Part.Text> words() {
    return arguments.map(Part.Arr::items).orElse(List.of()).stream()
        .filter(Part.Text.class::isInstance)
        .map(Part.Text.class::cast)
        .toList();
  }

  /// Returns the arguments of the program.
  List<Part.Text> afterProgram() {
    List<Part.Text> words = words();
    return isOneList() ? words.subList(1, words.size()) : words;
  }

  /// Returns where the own command of the server begins among [#afterProgram], -1 when no proxy of
  /// ours stands before it.
  int own() {
    List<String> words = afterProgram().stream().map(Part.Text::value).toList();
    int end = words.indexOf("--");
    boolean proxied =
        words.size() > 2
            && words.get(0).equals("proxy")
            && words.get(1).equals("--name")
            && end > 2
            && end + 1 < words.size();
    return proxied ? end + 1 : -1;
  }
}
