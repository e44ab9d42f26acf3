// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/* One thread writes, so that an interrupt of a caller cannot close the file under the others, and so
 * that entries of many callers share one trip to the disk. */
/// A stream of evidence, open for appending.
///
/// An entry lies on the disk when [#append] returns; whoever cannot append does not do what the
/// entry says. Secrets in payloads are masked before they are written. Several logs of one stream
/// may be open at once, in one process or in many. Safe to share between threads.
public final class EvidenceLog implements AutoCloseable {

  /// The largest payload in bytes of canonical JSON; callers put a digest in place of what is
  /// larger.
  public static final int LARGEST_PAYLOAD = 1 << 20;

  private static final int BATCH_BYTES = 4 << 20;
  private static final int BATCH_ENTRIES = 4096;

  private final StreamWriter writer;
  private final Path folder;
  private final long sealAfterMillis;
  private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
  private final Redactor redactor = new Redactor();
  private final Object state = new Object();
  private @Nullable Thread thread;
  private boolean closed;
  private @Nullable Exception sealing;

  /* Wakes the writing thread for the last time. */
  private final Pending stop = new Pending("stop", "", new byte[0]);

  private EvidenceLog(StreamWriter writer, Path folder, Writing writing) {
    this.writer = writer;
    this.folder = folder;
    this.sealAfterMillis = writing.checkpointEvery().toMillis();
  }

  /// Opens `stream` below the data folder, making it and the signing key on first use. Repairs what
  /// a crash left behind and writes down what was lost.
  ///
  /// @throws RedoubtException if the stream cannot be written
  public static EvidenceLog open(Path dataDir, String stream, Clock clock) {
    return open(EvidenceFolder.in(dataDir), stream, Writing.usual(clock));
  }

  static EvidenceLog open(EvidenceFolder evidence, String stream, Writing writing) {
    Path folder = evidence.stream(stream);
    boolean interrupted = Thread.interrupted();
    try {
      return new EvidenceLog(StreamWriter.open(evidence, stream, writing), folder, writing);
    } catch (IOException e) {
      throw unwritable(folder, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Makes a signature that nobody keeps, on a thread of its own, and returns at once: the first
  /// one of a process takes some 30 ms, which a short run with other work to do need not wait for
  /// at its end. Uses no key of anybody's.
  public static void warmUp() {
    Thread.ofPlatform()
        .daemon()
        .name("evidence-warm-up")
        // Written and read back, because reading a key takes a first time too.
        .start(() -> SigningKey.readPem(SigningKey.generate().pem()).sign(new byte[0]));
  }

  /// Writes `event` down and returns once it lies on the disk. An interrupt waits until then.
  ///
  /// @throws RedoubtException if it could not be written, or is too large
  public Entry append(Event event) {
    requireNonNull(event, "event");
    byte[] payload = CanonicalJson.of(redactor.redact(event.payload()));
    if (payload.length > LARGEST_PAYLOAD) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "an event of kind \"%s\" has %,d bytes: the limit is %,d, put a digest in their place"
              .formatted(event.kind(), payload.length, LARGEST_PAYLOAD));
    }
    Pending mine = new Pending(event.kind(), redactor.text(event.actor()), payload);
    synchronized (state) {
      if (closed) {
        throw new IllegalStateException("the log is closed");
      }
      if (thread == null) {
        thread = Thread.ofPlatform().daemon().name("evidence").start(this::run);
      }
      queue.add(mine);
    }
    try {
      return mine.await();
    } catch (RedoubtException e) {
      throw new RedoubtException(e.code(), String.valueOf(e.getMessage()), e);
    } catch (Exception e) {
      throw unwritable(folder, e);
    }
  }

  /// Seals the stream with a checkpoint and lets go of it.
  ///
  /// @throws RedoubtException if the checkpoint could not be written; the log is closed all the
  ///   same
  @Override
  public void close() {
    Thread running;
    synchronized (state) {
      if (closed) {
        return;
      }
      closed = true;
      running = thread;
      queue.add(stop);
    }
    try {
      if (running != null) {
        join(running);
      }
      writer.close();
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
    Exception failure = sealing;
    if (failure != null) {
      throw unwritable(folder, failure);
    }
  }

  private void run() {
    boolean running = true;
    while (running) {
      List<Pending> batch = next();
      running = !batch.remove(stop);
      if (!batch.isEmpty()) {
        write(batch);
      }
      if (batch.isEmpty() || !running) {
        seal();
      }
    }
  }

  /* Waits for entries; without any for as long as an entry may wait for its checkpoint, none. */
  private List<Pending> next() {
    List<Pending> batch = new ArrayList<>();
    try {
      Pending first =
          writer.isUnsealed() ? queue.poll(sealAfterMillis, TimeUnit.MILLISECONDS) : queue.take();
      int bytes = 0;
      for (Pending entry = first; entry != null; ) {
        batch.add(entry);
        bytes += entry.size();
        entry = bytes < BATCH_BYTES && batch.size() < BATCH_ENTRIES ? queue.poll() : null;
      }
    } catch (InterruptedException e) {
      // Nobody knows this thread, so nobody interrupts it; the flag has nothing to say here.
      throw new IllegalStateException("the writing thread was interrupted", e);
    }
    return batch;
  }

  private void write(List<Pending> batch) {
    try {
      writer.write(batch);
      batch.forEach(Pending::done);
    } catch (IOException | RuntimeException | Error e) {
      Exception why = e instanceof Exception exception ? exception : new IOException(e);
      batch.forEach(entry -> entry.failed(why));
    }
  }

  private void seal() {
    try {
      if (writer.isUnsealed()) {
        writer.seal();
      }
      sealing = null;
    } catch (IOException | RuntimeException e) {
      // The entries are on the disk; the next one, or who opens the stream next, seals them.
      sealing = e;
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static RedoubtException unwritable(Path folder, Exception cause) {
    return new RedoubtException(
        ErrorCode.UNWRITABLE,
        "cannot write evidence to \"%s\": %s".formatted(folder, RedoubtException.reason(cause)),
        cause);
  }
}
