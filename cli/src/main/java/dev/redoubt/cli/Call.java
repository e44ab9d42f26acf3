// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/// One call of a command: its parsed arguments, the options every command has, and the world.
public record Call(ParseResult arguments, GlobalOptions globals, Surroundings world) {

  public Call {
    requireNonNull(arguments, "arguments");
    requireNonNull(globals, "globals");
    requireNonNull(world, "world");
  }

  /// Returns the same call with `more` behind its arguments; the later value of an option stands.
  /// This one is not to be used any more.
  ///
  /// @throws picocli.CommandLine.ParameterException if `more` is not understood
  public Call with(List<String> more) {
    List<String> all = new ArrayList<>(arguments.originalArgs());
    all.addAll(more);
    return reread(all);
  }

  /// Returns a call of the same command with `all` as its arguments. This one is not to be used any
  /// more.
  public Call reread(List<String> all) {
    CommandLine line = new CommandLine(arguments.commandSpec()).setOverwrittenOptionsAllowed(true);
    return new Call(line.parseArgs(all.toArray(String[]::new)), globals, world);
  }

  /// Returns whether the flag `option` was given.
  public boolean has(String option) {
    return arguments.hasMatchedOption(option);
  }

  /// Returns the value of `option`, or empty when it was not given.
  public Optional<String> text(String option) {
    return Optional.ofNullable(arguments.matchedOptionValue(option, null));
  }

  /// Returns the values of an option that can be given more than once.
  public List<String> texts(String option) {
    return List.copyOf(arguments.matchedOptionValue(option, List.<String>of()));
  }

  /// Returns the path value of `option`, resolved against the working folder.
  public Optional<Path> path(String option) {
    return text(option).map(this::resolve);
  }

  /// Returns the positional parameter at `index`, counted from 0.
  public Optional<String> parameter(int index) {
    return Optional.ofNullable(arguments.matchedPositionalValue(index, null));
  }

  /// Returns `path` resolved against the working folder.
  public Path resolve(String path) {
    return world.folder().resolve(path);
  }
}
