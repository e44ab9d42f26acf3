// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.bubblewrap;

import dev.redoubt.sandbox.masks.Closed;
import dev.redoubt.sandbox.wall.Tether;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What is laid out for one command: the arguments of bwrap and its report.
///
/// The report names the first process inside as soon as there is one, and the exit code only if the
/// command was started.
final class BubblewrapTether implements Tether {

  private static final int MAX_REPORT = 64 << 10;
  private static final int ENDED_BY_SIGNAL = 128;
  private static final long PATIENCE_SECONDS = 10;

  private final Path folder;
  private final Path report;
  private final Closed closed;
  private final ControlGroup group;

  BubblewrapTether(Path folder, Closed closed, ControlGroup group) {
    this.folder = folder;
    this.report = folder.resolve("report");
    this.closed = closed;
    this.group = group;
  }

  @Override
  public Optional<Loss> ended(int code) throws IOException, InterruptedException {
    String said = report();
    awaitFirstProcess(said);
    boolean ran = said.contains("\"exit-code\"") || code > ENDED_BY_SIGNAL;
    Files.deleteIfExists(report);
    Files.deleteIfExists(folder.resolve("arguments"));
    Files.deleteIfExists(folder.resolve("variables"));
    Files.deleteIfExists(folder);
    group.remove();
    List<Path> undone = closed.end();
    if (!undone.isEmpty()) {
      return Optional.of(new Loss(Loss.Kind.UNDONE, taken(undone)));
    }
    return ran || code < 0
        ? Optional.empty()
        : Optional.of(
            new Loss(
                Loss.Kind.NOT_STARTED,
                "bwrap could not put up the wall or start the program (it ended with %d)"
                    .formatted(code)));
  }

  private String taken(List<Path> undone) {
    return "it wrote %s, which is protected: taken away, and kept in \"%s\" where that was possible"
        .formatted(undone, closed.quarantine());
  }

  private String report() throws IOException {
    if (!Files.exists(report)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(report)) {
      return new String(in.readNBytes(MAX_REPORT), StandardCharsets.UTF_8);
    }
  }

  /* When bwrap was killed, the first process inside is being killed by the kernel, and with it all
   * others. What they could still write has to be over before anything is looked at. */
  private static void awaitFirstProcess(String said) throws InterruptedException {
    int at = said.indexOf("\"child-pid\": ");
    if (at < 0 || said.contains("\"exit-code\"")) {
      return;
    }
    int from = at + "\"child-pid\": ".length();
    int to = from;
    while (to < said.length() && Character.isDigit(said.charAt(to))) {
      to++;
    }
    Optional<ProcessHandle> first = ProcessHandle.of(Long.parseLong(said.substring(from, to)));
    try {
      if (first.isPresent()) {
        first.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("what ran inside did not end", e);
    }
  }
}
