// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The options every command has, before or after its name.
///
/// @param dataDir where Redoubt keeps its data
/// @param config a configuration file that replaces the user's own, or empty
/// @param network whether this run may connect at all
/// @param verbosity whether progress is written
/// @param color when to write colours
public record GlobalOptions(
    Path dataDir, Optional<Path> config, Network network, Verbosity verbosity, ColorMode color) {

  /// Whether a run may connect.
  public enum Network {
    /// What is configured may connect.
    CONFIGURED,
    /// Nothing connects: `--offline`.
    OFF
  }

  /// Whether progress is written.
  public enum Verbosity {
    NORMAL,
    /// Only results and errors: `--quiet`.
    QUIET
  }

  /// When to write colours.
  public enum ColorMode {
    AUTO,
    ALWAYS,
    NEVER
  }

  public GlobalOptions {
    requireNonNull(dataDir, "dataDir");
    requireNonNull(config, "config");
    requireNonNull(network, "network");
    requireNonNull(verbosity, "verbosity");
    requireNonNull(color, "color");
  }

  /// The global options that are followed by a value; the search for the command's name skips it.
  static final List<String> WITH_VALUE = List.of("--data-dir", "--config", "--color");

  static List<OptionSpec> specs() {
    return List.of(
        OptionSpec.builder("--data-dir")
            .paramLabel("DIR")
            .type(String.class)
            .description("Where Redoubt keeps its data.")
            .build(),
        OptionSpec.builder("--config")
            .paramLabel("FILE")
            .type(String.class)
            .description("Read this configuration instead of the user's own.")
            .build(),
        OptionSpec.builder("--offline").description("Connect to nothing.").build(),
        OptionSpec.builder("-q", "--quiet").description("Write no progress.").build(),
        OptionSpec.builder("--color")
            .paramLabel("WHEN")
            .type(String.class)
            .completionCandidates(List.of("auto", "always", "never"))
            .description("auto, always or never; NO_COLOR is respected.")
            .build(),
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build());
  }

  static GlobalOptions of(ParseResult arguments, Surroundings world) {
    String color = arguments.matchedOptionValue("--color", "auto");
    ColorMode mode =
        switch (color.toLowerCase(Locale.ROOT)) {
          case "auto" -> ColorMode.AUTO;
          case "always" -> ColorMode.ALWAYS;
          case "never" -> ColorMode.NEVER;
          default ->
              throw new UsageException(
                  "--color \"%s\" is not auto, always or never".formatted(color));
        };
    String dataDir = arguments.matchedOptionValue("--data-dir", null);
    String config = arguments.matchedOptionValue("--config", null);
    return new GlobalOptions(
        dataDir == null ? defaultDataDir(world) : world.folder().resolve(dataDir),
        Optional.ofNullable(config).map(world.folder()::resolve),
        arguments.hasMatchedOption("--offline") ? Network.OFF : Network.CONFIGURED,
        arguments.hasMatchedOption("--quiet") ? Verbosity.QUIET : Verbosity.NORMAL,
        mode);
  }

  /* XDG base directory specification 0.8: a relative value is to be ignored. */
  private static Path defaultDataDir(Surroundings world) {
    Path xdg = Path.of(world.variable("XDG_DATA_HOME", ""));
    if (xdg.isAbsolute()) {
      return xdg.resolve("redoubt");
    }
    String appData = world.variable("APPDATA", "");
    return appData.isEmpty()
        ? world.home().resolve(".local/share/redoubt")
        : Path.of(appData).resolve("redoubt");
  }

  /// Returns the user's own configuration file, whether or not it exists.
  public static Path userConfig(Surroundings world) {
    Path xdg = Path.of(world.variable("XDG_CONFIG_HOME", ""));
    if (xdg.isAbsolute()) {
      return xdg.resolve("redoubt").resolve("redoubt.toml");
    }
    String appData = world.variable("APPDATA", "");
    return appData.isEmpty()
        ? world.home().resolve(".config/redoubt/redoubt.toml")
        : Path.of(appData).resolve("redoubt").resolve("redoubt.toml");
  }

  /// Returns whether colours are written to a stream that is a terminal or not.
  public boolean colored(boolean terminal, Surroundings world) {
    return switch (color) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          terminal
              && world.variable("NO_COLOR", "").isEmpty()
              && !world.variable("TERM", "").equals("dumb");
    };
  }

  /// Returns whether progress is drawn: on a terminal and not when quiet.
  public boolean showsProgress(Surroundings world) {
    return verbosity == Verbosity.NORMAL && world.streams().terminals().err();
  }
}
