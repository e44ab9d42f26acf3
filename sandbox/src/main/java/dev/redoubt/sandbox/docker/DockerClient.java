// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.sandbox.processes.RunningCommand;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.wall.Launch;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The operator's `docker` program, asked with arguments, never through a shell. Safe to share.
///
/// It gets no variable of the operator's but what names the engine, and an empty folder for its
/// settings: no context, no credentials of a registry, no proxy that it would pass on to
/// containers.
final class DockerClient {

  /// How long an answer of an engine is waited for.
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Streams.Caps CAPS = new Streams.Caps(1 << 20, 4 << 10);

  private final Path program;
  private final Path folder;
  private final Map<String, String> environment;
  private final Duration patience;

  private DockerClient(
      Path program, Path folder, Map<String, String> environment, Duration patience) {
    this.program = requireNonNull(program, "program");
    this.folder = requireNonNull(folder, "folder");
    this.environment = Map.copyOf(environment);
    this.patience = requireNonNull(patience, "patience");
  }

  /// Returns the client that asks `engine`.
  ///
  /// @param home the home of the operator, where the keys for an engine behind ssh are
  /// @param state where its empty folder is made
  /// @param patience how long an answer is waited for
  static DockerClient of(DockerSettings.Engine engine, Path home, Path state, Duration patience)
      throws IOException {
    Path program =
        engine
            .program()
            .filter(Files::isExecutable)
            .orElseThrow(() ->
                WallException.cannotStart(
                    "there is no program \"docker\"", "install a docker client"));
    if (engine.socket().isEmpty() && !isAddress(engine.host())) {
      throw WallException.cannotStart(
          "\"%s\" is no address of an engine".formatted(engine.host()),
          "write it as unix:///PATH, ssh://USER@HOST or tcp://HOST:PORT");
    }
    Path folder = Files.createDirectories(state.resolve("docker").resolve("client"));
    Map<String, String> environment = new TreeMap<>();
    environment.put("DOCKER_HOST", engine.host());
    environment.put("DOCKER_CONFIG", folder.toString());
    environment.put("HOME", home.toString());
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    engine
        .certificates()
        .ifPresent(path -> {
          environment.put("DOCKER_TLS_VERIFY", "1");
          environment.put("DOCKER_CERT_PATH", path.toString());
        });
    return new DockerClient(program, folder, environment, patience);
  }

  static boolean isAddress(String host) {
    return host.startsWith("tcp://") || host.startsWith("ssh://");
  }

  /// Returns the folder it is started in: its own, empty.
  Path folder() {
    return folder;
  }

  /// Returns the whole command line with `arguments`.
  List<String> argv(List<String> arguments) {
    List<String> argv = new ArrayList<>(arguments.size() + 1);
    argv.add(program.toString());
    argv.addAll(arguments);
    return argv;
  }

  /// Returns the variables it starts with. `more` never takes the place of its own.
  Map<String, String> environment(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(more);
    all.putAll(environment);
    return all;
  }

  /// Returns what came of asking with `arguments`.
  ///
  /// @throws IOException if the program cannot be started
  Answer ask(List<String> arguments) throws IOException, InterruptedException {
    return answer(
        start(
            arguments,
            new Streams.Captured(
                dev.redoubt.guard.Content.of(""), CAPS, Streams.OutputListener.NONE),
            Optional.of(patience)));
  }

  Answer ask(String... arguments) throws IOException, InterruptedException {
    return ask(List.of(arguments));
  }

  /// Returns the running program.
  RunningCommand start(List<String> arguments, Streams streams, Optional<Duration> allowed)
      throws IOException, InterruptedException {
    return RunningCommand.start(Launch.of(argv(arguments), environment, folder), streams, allowed);
  }

  private static Answer answer(RunningCommand command) {
    Ended ended = command.await();
    boolean good = ended.ending().equals(new Ending.Exited(0));
    return new Answer(good, ended.output().toString().strip(), complaint(ended));
  }

  /// Returns what the program complained about, in one line.
  static String complaint(Ended ended) {
    String said =
        ended
            .errors()
            .toString()
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("Run 'docker"))
            .findFirst()
            .orElse("");
    for (String prefix : List.of("docker: ", "Error response from daemon: ", "Error: ")) {
      said = said.startsWith(prefix) ? said.substring(prefix.length()) : said;
    }
    if (ended.ending() instanceof Ending.TimedOut(Duration allowed)) {
      return "no answer came within %d seconds".formatted(allowed.toSeconds());
    }
    return said.isEmpty() ? "docker ended with " + ended.ending().exitCode() : said;
  }

  /// What came of one question.
  ///
  /// @param good whether it was answered
  /// @param text the answer, without blanks around it
  /// @param complaint why not, in one line
  record Answer(boolean good, String text, String complaint) {
    Answer {
      requireNonNull(text, "text");
      requireNonNull(complaint, "complaint");
    }
  }
}
