// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.sandbox.kernel.Spawning;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A program that an operator named for Redoubt's own needs, in the manner of one that prints a
/// key.
///
/// It runs without a wall and with the operator's rights, so no word of it may come from a model, a
/// tool result or a checkout. No shell reads its words. What it writes to its standard error goes
/// to ours, because it may have to ask the person something.
public final class OperatorProgram {

  private static final int LONGEST_OUTPUT = 64 * 1024;

  /// How it went.
  ///
  /// @param code of the program; -1 when it took too long and was ended
  /// @param output what it wrote, cut at 64 KB
  public record Result(int code, String output) {

    /// Says how it ended, without what it wrote.
    @Override
    public String toString() {
      return "code " + code;
    }
  }

  private OperatorProgram() {}

  /// Returns what came of running `command`.
  ///
  /// @param environment all the variables it sees; its `PATH` is where the program is looked for
  /// @param input what it reads; nothing follows
  /// @param patience how long it may take
  /// @throws IOException if it cannot be started
  /// @throws InterruptedException if the calling thread is interrupted; the program is then ended
  public static Result run(
      List<String> command,
      Map<String, String> environment,
      Path folder,
      String input,
      Duration patience)
      throws IOException, InterruptedException {
    List<String> found = new ArrayList<>(command);
    found.set(0, program(command.getFirst(), environment));
    ProcessBuilder builder = new ProcessBuilder(found).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = Spawning.start(builder);
    CountDownLatch over = new CountDownLatch(1);
    boolean[] late = new boolean[1];
    Thread watch =
        Thread.ofVirtual()
            .start(() -> {
              try {
                if (!over.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                  late[0] = true;
                  end(process);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    try {
      send(process, input);
      String output = new String(process.getInputStream().readNBytes(LONGEST_OUTPUT), UTF_8);
      // Who wants to write more learns that nobody reads.
      process.getInputStream().close();
      int code = process.waitFor();
      over.countDown();
      watch.join();
      return new Result(late[0] ? -1 : code, output);
    } finally {
      over.countDown();
      end(process);
    }
  }

  /// Returns where the program is: a name without a slash is looked for in the absolute folders of
  /// `PATH`.
  private static String program(String name, Map<String, String> environment) throws IOException {
    if (name.indexOf('/') >= 0 || name.indexOf(File.separatorChar) >= 0) {
      return name;
    }
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path file = Path.of(folder).resolve(name);
      if (file.isAbsolute() && Files.isExecutable(file)) {
        return file.toString();
      }
    }
    throw new IOException("there is no program \"%s\" in the PATH".formatted(name));
  }

  /// Ends it with all it started, so that nobody holds its output open.
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static void send(Process process, String input) {
    try (OutputStream out = process.getOutputStream()) {
      out.write(input.getBytes(UTF_8));
    } catch (IOException e) {
      // It does not read, which is its own affair.
      return;
    }
  }

  /// Returns the words of `line`: divided by blanks, quotes of both kinds hold words together and a
  /// backslash takes the next character as it is, but not between single quotes.
  ///
  /// @throws IllegalArgumentException if a quote is not closed, or there is no word
  public static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean open = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        i++;
        word.append(line.charAt(i));
        open = true;
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        open = true;
      } else if (Character.isWhitespace(c)) {
        if (open) {
          words.add(word.toString());
        }
        word.setLength(0);
        open = false;
      } else {
        word.append(c);
        open = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("a quote is not closed");
    }
    if (open) {
      words.add(word.toString());
    }
    if (words.isEmpty()) {
      throw new IllegalArgumentException("there is no program");
    }
    return words;
  }
}
