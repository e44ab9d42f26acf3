// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.cli.Main;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.mcp.rpc.Framing;
import dev.redoubt.mcp.rpc.StreamTransport;
import dev.redoubt.mcp.rpc.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The standard streams of a server, or of `redoubt proxy` in front of it.
final class Wire implements AutoCloseable {

  private static final int LARGEST = 16 << 20;
  private static final int MOST_SECONDS = 60;

  private final InputStream in;
  private final OutputStream out;
  private final CompletableFuture<Integer> exit;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private Wire(InputStream in, OutputStream out, CompletableFuture<Integer> exit) {
    this.in = in;
    this.out = out;
    this.exit = exit;
  }

  /// Starts `command` in `folder`.
  static Wire direct(Path folder, List<String> command) throws IOException {
    Process server =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Wire(
        server.getInputStream(),
        server.getOutputStream(),
        server.onExit().thenApply(Process::exitValue));
  }

  /// Starts `command` in `folder` behind a proxy, which is started with `options`.
  ///
  /// @param home the home of the proxy
  static Wire proxied(Path folder, Path home, List<String> options, List<String> command)
      throws IOException {
    Pipe toProxy = Pipe.open();
    Pipe fromProxy = Pipe.open();
    CompletableFuture<Integer> exit = new CompletableFuture<>();
    Wire wire =
        new Wire(
            Channels.newInputStream(fromProxy.source()),
            Channels.newOutputStream(toProxy.sink()),
            exit);
    List<String> arguments = new ArrayList<>(List.of("proxy"));
    arguments.addAll(options);
    arguments.add("--");
    arguments.addAll(command);
    PrintStream answers = new PrintStream(Channels.newOutputStream(fromProxy.sink()), false, UTF_8);
    Surroundings world =
        new Surroundings(
            Map.of("HOME", home.toString(), "PATH", System.getenv("PATH")),
            folder,
            new Surroundings.Streams(
                Channels.newInputStream(toProxy.source()),
                answers,
                new PrintStream(wire.said, true, UTF_8),
                Surroundings.Terminals.NONE),
            Clock.systemUTC());
    Thread.ofVirtual()
        .start(() -> {
          try {
            exit.complete(Main.run(arguments, world));
          } catch (RuntimeException | Error e) {
            exit.completeExceptionally(e);
          } finally {
            answers.close();
          }
        });
    return wire;
  }

  /// Returns what carries messages over it. Closing that closes this.
  Transport transport() {
    return new StreamTransport(in, out, Framing.LINES, LARGEST, this::close);
  }

  /// Returns what the proxy wrote to its errors until now.
  String said() {
    return said.toString(UTF_8);
  }

  /// Returns how it ended, once it has.
  int exitCode() {
    try {
      return exit.get(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("it did not end; it said: " + said(), e);
    }
  }

  /// Ends its input, as an agent does that ends.
  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
