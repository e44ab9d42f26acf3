// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.models;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.models.ApiKey;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.sandbox.processes.OperatorProgram;
import dev.redoubt.sandbox.processes.OperatorProgram.Result;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The keyring of the desktop, asked through the program that comes with it: `secret-tool` of the
/// secret service, `security` of macOS. A key never stands on a command line.
///
/// @param program the absolute path of it
record Keyring(Kind kind, Path program, Surroundings world) {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// Which keyring it is.
  enum Kind {
    SECRET_SERVICE("secret-tool", "the secret service"),
    MACOS("security", "the macOS keychain");

    private final String program;
    private final String name;

    Kind(String program, String name) {
      this.program = program;
      this.name = name;
    }

    /// Returns what people call it.
    String shown() {
      return name;
    }
  }

  Keyring {
    requireNonNull(kind, "kind");
    requireNonNull(program, "program");
    requireNonNull(world, "world");
  }

  /// Returns the keyring of this machine. Without a session bus there is no secret service.
  static Optional<Keyring> of(Surroundings world) {
    for (Kind kind : Kind.values()) {
      if (kind == Kind.SECRET_SERVICE && world.variable("DBUS_SESSION_BUS_ADDRESS", "").isEmpty()) {
        continue;
      }
      for (String folder : world.variable("PATH", "").split(File.pathSeparator, -1)) {
        Path program = Path.of(folder).resolve(kind.program);
        if (program.isAbsolute() && Files.isExecutable(program)) {
          return Optional.of(new Keyring(kind, program, world));
        }
      }
    }
    return Optional.empty();
  }

  /// Returns whether the key is in the keyring now.
  boolean put(String provider, ApiKey key) throws InterruptedException {
    boolean written =
        switch (kind) {
          case SECRET_SERVICE ->
              run(
                      key.reveal(),
                      List.of(
                          "store",
                          "--label=Redoubt: " + provider,
                          "service",
                          "redoubt",
                          "provider",
                          provider))
                  .filter(it -> it.code() == 0)
                  .isPresent();
          // Read from standard input: an argument would be seen by everybody on the machine.
          case MACOS ->
              run(
                      "add-generic-password -U -s redoubt -a %s -w \"%s\"\n"
                          .formatted(
                              provider, key.reveal().replace("\\", "\\\\").replace("\"", "\\\"")),
                      List.of("-i"))
                  .filter(it -> it.code() == 0)
                  .isPresent();
        };
    return written && get(provider).filter(key::equals).isPresent();
  }

  Optional<ApiKey> get(String provider) throws InterruptedException {
    List<String> arguments =
        switch (kind) {
          case SECRET_SERVICE -> List.of("lookup", "service", "redoubt", "provider", provider);
          case MACOS -> List.of("find-generic-password", "-s", "redoubt", "-a", provider, "-w");
        };
    Optional<Result> result = run("", arguments).filter(it -> it.code() == 0);
    try {
      return result.map(it -> ApiKey.of(it.output()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean remove(String provider) throws InterruptedException {
    List<String> arguments =
        switch (kind) {
          case SECRET_SERVICE -> List.of("clear", "service", "redoubt", "provider", provider);
          case MACOS -> List.of("delete-generic-password", "-s", "redoubt", "-a", provider);
        };
    return run("", arguments).filter(it -> it.code() == 0).isPresent();
  }

  private Optional<Result> run(String input, List<String> arguments) throws InterruptedException {
    List<String> command = new java.util.ArrayList<>();
    command.add(program.toString());
    command.addAll(arguments);
    try {
      return Optional.of(
          OperatorProgram.run(command, world.environment(), Path.of("/"), input, PATIENCE));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
