// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.kernel.Spawning;
import dev.redoubt.sandbox.ssh.RemoteCall.Receiver;
import dev.redoubt.sandbox.ssh.RemoteCall.Reply;
import dev.redoubt.sandbox.ssh.RemoteCall.Sender;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The link to the far machine and the session there.
///
/// One connection is held open and shared by every call. When it is gone the next call makes a new
/// one to the same session; the far side waits for that. Safe to share.
final class SshLink implements AutoCloseable {

  private static final int LONGEST_LINE = 500;
  private static final Duration USUAL = Duration.ofMinutes(1);

  private final SshOptions options;
  private final SshSettings settings;
  private final NearFolder near;
  private final Duration grace;
  private final String session = UUID.randomUUID().toString();
  private final String farFolder = "/tmp/redoubt-" + session;
  private final AtomicInteger links = new AtomicInteger();
  private final ReentrantLock connecting = new ReentrantLock();
  private volatile @Nullable Process master;
  private volatile Path socket;
  private volatile boolean laid;
  private volatile boolean closed;

  /// @param grace how long the far side waits for a link that was cut before it ends everything
  SshLink(SshOptions options, SshSettings settings, NearFolder near, Duration grace) {
    this.options = requireNonNull(options, "options");
    this.settings = requireNonNull(settings, "settings");
    this.near = requireNonNull(near, "near");
    this.grace = requireNonNull(grace, "grace");
    this.socket = near.socket(0);
  }

  /// Returns the far machine in words.
  String name() {
    return settings.destination().toString();
  }

  /// Makes sure that there is a link.
  ///
  /// @throws WallException if the machine refuses, is not the one that was pinned, or lacks
  ///   something
  /// @throws LinkException if it cannot be reached, or the session there is gone
  void connect() throws IOException, InterruptedException {
    connecting.lockInterruptibly();
    try {
      Process held = master;
      if (held != null && held.isAlive()) {
        return;
      }
      if (closed) {
        throw new LinkException("the session has ended");
      }
      open();
    } finally {
      connecting.unlock();
    }
  }

  private void open() throws IOException, InterruptedException {
    int number = links.incrementAndGet();
    Path at = near.socket(number);
    Path log = near.log("link-" + number);
    byte[] farSide = FarSide.script(settings.remoteFolder(), farFolder);
    Process process =
        Spawning.start(
            describe(options.master(at, log, laid ? again() : first(farSide.length)))
                .redirectError(ProcessBuilder.Redirect.DISCARD));
    boolean ready = false;
    try {
      String answer = greeting(process, laid ? new byte[0] : farSide);
      if (!answer.equals("ready")) {
        throw refusal(answer, log);
      }
      ready = true;
    } finally {
      if (!ready) {
        process.destroyForcibly();
      }
    }
    socket = at;
    laid = true;
    master = process;
  }

  private String first(int length) {
    return "umask 077 && mkdir %s && dd bs=1 count=%d of=%s/far-side && exec sh %s/far-side keep %d"
        .formatted(farFolder, length, farFolder, farFolder, grace.toSeconds());
  }

  private String again() {
    return line("keep " + grace.toSeconds());
  }

  private String line(String words) {
    return "exec sh %s/far-side %s".formatted(farFolder, words);
  }

  private String greeting(Process process, byte[] farSide)
      throws IOException, InterruptedException {
    FutureTask<String> reading = new FutureTask<>(() -> firstLine(process.getInputStream()));
    Thread.ofVirtual().name("ssh-greeting").start(reading);
    Thread.ofVirtual().name("ssh-lay").start(() -> lay(process, farSide));
    Duration patience = settings.connectTimeout().plusSeconds(20);
    try {
      return reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return "";
    } catch (TimeoutException e) {
      throw new LinkException(
          "%s did not answer within %d seconds".formatted(name(), patience.toSeconds()));
    }
  }

  /* Its input stays open: the end of it tells the far side that the link is gone. */
  private static void lay(Process process, byte[] farSide) {
    try {
      OutputStream to = process.getOutputStream();
      to.write(farSide);
      to.flush();
    } catch (IOException e) {
      // Then no greeting comes, which is waited for.
    }
  }

  private static String firstLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n' && line.length() < LONGEST_LINE; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  private IOException refusal(String answer, Path log) {
    if (answer.startsWith("missing ")) {
      return WallException.cannotStart(
          "%s lacks %s".formatted(name(), printable(answer.substring("missing ".length()))),
          "install it there: the ssh backend needs a Linux with tar, setsid and sha256sum");
    }
    String folder = settings.remoteFolder();
    if (answer.equals("folder")) {
      return WallException.cannotStart(
          "\"%s\" cannot be written on %s".formatted(folder, name()),
          "create the folder for that user, or choose another with options.sandbox.ssh.folder");
    }
    if (answer.equals("unsuitable")) {
      return WallException.refused(
          "\"%s\" is the root or the home on %s".formatted(folder, name()),
          "choose a folder of its own with options.sandbox.ssh.folder");
    }
    return SshRefusal.of(printable(near.read(log)), name(), laid);
  }

  private static String printable(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), LONGEST_LINE * 4); i++) {
      char c = text.charAt(i);
      plain.append(c >= ' ' && c < 127 ? c : ' ');
    }
    return plain.toString().strip();
  }

  /// Returns the description of a program of this machine that runs `words` on the far side.
  ///
  /// @param words a verb, ids and numbers: nothing that a shell would read otherwise
  ProcessBuilder describe(String words, String log) {
    return describe(options.client(socket, near.log(log), line(words)));
  }

  /// Returns the same of a program that has a terminal there.
  ProcessBuilder describeTerminal(String words, String log) {
    return describe(options.terminal(socket, near.log(log), line(words)));
  }

  private ProcessBuilder describe(java.util.List<String> argv) {
    ProcessBuilder described = new ProcessBuilder(argv).directory(near.folder().toFile());
    described.environment().clear();
    described.environment().putAll(environment());
    return described;
  }

  /// Returns the variables of the client: none of the operator's.
  static Map<String, String> environment() {
    return Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8");
  }

  /// Returns what the far side answers to `words`, asked a second time when the link was cut
  /// meanwhile. So only for what may be done twice.
  <T> Reply<T> call(String words, Sender sender, Receiver<T> receiver, Duration patience)
      throws IOException, InterruptedException {
    for (int attempt = 0; ; attempt++) {
      connect();
      Process used = master;
      try {
        Reply<T> reply = RemoteCall.of(describe(words, "calls"), sender, receiver, patience);
        if (reply.code() < 128) {
          return reply;
        }
        if (attempt == 1) {
          throw new LinkException("the link to %s was cut".formatted(name()));
        }
      } catch (LinkException e) {
        if (attempt == 1) {
          throw e;
        }
      }
      doubt(used);
    }
  }

  /* A link whose far end is silent looks alive for some seconds. It is given up at once. */
  private static void doubt(@Nullable Process link) {
    if (link != null) {
      link.destroyForcibly();
    }
  }

  /// Returns the same for an exchange of a few words.
  Reply<String> call(String words) throws IOException, InterruptedException {
    return call(
        words, Sender.NOTHING, in -> new String(in.readNBytes(LONGEST_LINE), UTF_8).strip(), USUAL);
  }

  /// Ends the session there with everything in it, and lets go of the link.
  @Override
  public void close() throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      if (laid) {
        call("end");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      closed = true;
      doubt(master);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
