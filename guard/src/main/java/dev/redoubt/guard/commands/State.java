// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import dev.redoubt.guard.shell.Command;
import dev.redoubt.guard.shell.Field;
import dev.redoubt.guard.shell.WordExpander;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of a shell at one place of a line. Immutable.
final class State {

  private final Folders folders;
  private final Folders previous;
  private final Map<String, Value> variables;
  private final Map<String, Callee> functions;
  private final @Nullable List<String> arguments;
  private final @Nullable String doubt;
  private @Nullable WordExpander expander;

  private State(
      Folders folders,
      Folders previous,
      Map<String, Value> variables,
      Map<String, Callee> functions,
      Rest rest) {
    this.folders = folders;
    this.previous = previous;
    this.variables = Map.copyOf(variables);
    this.functions = Map.copyOf(functions);
    this.arguments = rest.arguments;
    this.doubt = rest.doubt;
  }

  private record Rest(@Nullable List<String> arguments, @Nullable String doubt) {}

  /// What a name of a function stands for.
  ///
  /// @param bodies every body it may have, in the order of the line
  /// @param certain whether it is one of them for sure, and not the program of that name
  record Callee(Set<Command.Compound> bodies, boolean certain) {
    Callee {
      bodies = Collections.unmodifiableSet(new LinkedHashSet<>(bodies));
    }
  }

  /// Returns the state in which a new shell starts.
  static State in(Folders folders, String home) {
    return new State(
        folders,
        Folders.ANY,
        Map.of("HOME", new Value.Known(home)),
        Map.of(),
        new Rest(null, null));
  }

  Folders folders() {
    return folders;
  }

  Folders previous() {
    return previous;
  }

  /// Returns what the line knows of the variable; null when it never set it.
  @Nullable Value variable(String name) {
    return variables.get(name);
  }

  /// Returns the function `name`; null when there is none.
  @Nullable Callee function(String name) {
    return functions.get(name);
  }

  /// Returns what `$1` and its kin are; null when nobody knows.
  @Nullable List<String> arguments() {
    return arguments;
  }

  /// Returns why a name may mean something else than the program; null when it does not.
  @Nullable String doubt() {
    return doubt;
  }

  State withFolders(Folders next) {
    return new State(next, folders, variables, functions, new Rest(arguments, doubt));
  }

  State with(String name, Value value) {
    if (value.equals(variables.get(name))) {
      return this;
    }
    Map<String, Value> next = new HashMap<>(variables);
    next.put(name, value);
    return new State(folders, previous, next, functions, new Rest(arguments, doubt));
  }

  State with(String name, Callee callee) {
    Map<String, Callee> next = new HashMap<>(functions);
    next.put(name, callee);
    return new State(folders, previous, variables, next, new Rest(arguments, doubt));
  }

  State withArguments(@Nullable List<String> next) {
    return Objects.equals(next, arguments)
        ? this
        : new State(folders, previous, variables, functions, new Rest(next, doubt));
  }

  State doubting(String reason) {
    return new State(folders, previous, variables, functions, new Rest(arguments, reason));
  }

  /// Returns the state after something ran in this shell of which nothing is known.
  State forgotten(String reason) {
    Map<String, Value> next = new HashMap<>();
    variables.keySet().forEach(name -> next.put(name, Value.UNKNOWN));
    next.put("HOME", Value.UNKNOWN);
    return new State(Folders.ANY, Folders.ANY, next, functions, new Rest(null, reason));
  }

  /// Returns the state at some later time of which only the functions are known.
  State later() {
    State forgotten = forgotten("");
    return new State(
        Folders.ANY, Folders.ANY, forgotten.variables, functions, new Rest(null, doubt));
  }

  /// Returns what holds in both.
  State or(State other) {
    if (equals(other)) {
      return this;
    }
    List<String> bothArguments = Objects.equals(arguments, other.arguments) ? arguments : null;
    return new State(
        folders.or(other.folders),
        previous.or(other.previous),
        joinedVariables(other),
        joinedFunctions(other),
        new Rest(bothArguments, doubt != null ? doubt : other.doubt));
  }

  private Map<String, Value> joinedVariables(State other) {
    if (variables.equals(other.variables)) {
      return variables;
    }
    Map<String, Value> joined = new HashMap<>();
    Set<String> names = new HashSet<>(variables.keySet());
    names.addAll(other.variables.keySet());
    for (String name : names) {
      Value one = variables.get(name);
      Value two = other.variables.get(name);
      joined.put(name, one == null || two == null ? Value.UNKNOWN : Value.join(one, two));
    }
    return joined;
  }

  private Map<String, Callee> joinedFunctions(State other) {
    if (functions.equals(other.functions)) {
      return functions;
    }
    Map<String, Callee> joined = new HashMap<>();
    Set<String> names = new HashSet<>(functions.keySet());
    names.addAll(other.functions.keySet());
    for (String name : names) {
      Callee one = functions.get(name);
      Callee two = other.functions.get(name);
      Set<Command.Compound> bodies = new LinkedHashSet<>();
      if (one != null) {
        bodies.addAll(one.bodies);
      }
      if (two != null) {
        bodies.addAll(two.bodies);
      }
      joined.put(
          name, new Callee(bodies, one != null && two != null && one.certain && two.certain));
    }
    return joined;
  }

  /// Returns an expander that knows the values that are known here.
  WordExpander expander() {
    WordExpander known = expander;
    if (known == null) {
      Map<String, Field> values = new HashMap<>();
      folders
          .only()
          .filter(path -> path.equals(Folders.normal(path)))
          .ifPresent(path -> values.put("PWD", new Field.Known(path)));
      previous.only().ifPresent(path -> values.put("OLDPWD", new Field.Known(path)));
      variables.forEach((name, value) -> {
        if (value instanceof Value.Known(String text)) {
          values.put(name, new Field.Known(text));
        } else {
          values.remove(name);
        }
      });
      List<String> given = arguments;
      if (given != null) {
        for (int at = 0; at < given.size(); at++) {
          values.put(Integer.toString(at + 1), new Field.Known(given.get(at)));
        }
      }
      known = WordExpander.knowing(values);
      expander = known;
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof State state
            && folders.equals(state.folders)
            && previous.equals(state.previous)
            && variables.equals(state.variables)
            && functions.equals(state.functions)
            && Objects.equals(arguments, state.arguments)
            && Objects.equals(doubt, state.doubt));
  }

  @Override
  public int hashCode() {
    return Objects.hash(folders, previous, variables, functions, arguments, doubt);
  }

  @Override
  public String toString() {
    return folders.toString() + variables;
  }
}
