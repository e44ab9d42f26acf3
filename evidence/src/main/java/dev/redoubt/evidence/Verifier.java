// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import dev.redoubt.evidence.StreamReport.Counted;
import dev.redoubt.evidence.StreamReport.Head;
import dev.redoubt.evidence.StreamSource.Extent;
import dev.redoubt.evidence.StreamSource.Segment;
import dev.redoubt.evidence.StreamSource.State;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/* The hash of a line needs nothing but the line, so pieces are read by several threads; the links
 * between the lines are then followed by one. */
/// Verifies streams: every byte of every entry, the chain, the checkpoints and their signatures.
///
/// Finds an edit, a deletion, an insertion, a change of order, and a cut after the last checkpoint.
/// Does not find a stream that was cut right after a checkpoint, unless a head that was written
/// down elsewhere is missed in it, nor what was made with the signing key.
public final class Verifier {

  private final List<VerifyKey> keys;
  private final Set<String> missed;
  private final int threads;

  /// @param keys the public keys that are believed; none to believe the key the stream names
  /// @param missed the heads that have to be found; those that are found are taken out
  /// @param threads how many threads may read, at least 1
  public Verifier(List<VerifyKey> keys, Set<String> missed, int threads) {
    this.keys = List.copyOf(keys);
    this.missed = missed;
    this.threads = threads;
  }

  /// Returns what came of verifying `source`, up to its first bad entry.
  ///
  /// @throws IOException if it cannot be read
  public StreamReport verify(StreamSource source) throws IOException {
    Run run = new Run(source);
    try (ExecutorService readers = Executors.newFixedThreadPool(threads)) {
      int expected = 1;
      for (Segment segment : source.segments()) {
        if (source.extent() == Extent.WHOLE && segment.number() > expected) {
          run.missing(segment, expected);
        }
        expected = segment.number() + 1;
        if (run.broken == null) {
          run.segment(segment, readers);
        }
      }
    }
    return run.report();
  }

  /// One stream being verified.
  private final class Run {

    private final StreamSource source;
    private final Signatures signatures = new Signatures(keys);
    private final List<String> notes = new ArrayList<>();
    private Chain chain = new Chain();
    private String file = "";
    private long line;
    private long entries;
    private long checkpoints;
    private long recoveries;
    private long bytes;
    private @Nullable Broken broken;
    private @Nullable Broken firstUnsealed;
    private @Nullable Broken lastCheckpoint;

    Run(StreamSource source) {
      this.source = source;
    }

    void missing(Segment segment, int number) {
      if (broken == null) {
        broken =
            new Broken(
                segment.name(), 1, chain.seq() + 1, "segment %d is missing".formatted(number));
      }
    }

    void segment(Segment segment, ExecutorService readers) throws IOException {
      file = segment.name();
      line = 0;
      Deque<Future<Chunks.Chunk>> ahead = new ArrayDeque<>();
      try (InputStream in = segment.opener().open()) {
        Chunks chunks = new Chunks(in);
        for (byte[] piece = chunks.next(); piece.length > 0; piece = chunks.next()) {
          byte[] read = piece;
          ahead.add(readers.submit(() -> Chunks.read(read)));
          if (ahead.size() > threads) {
            chunk(result(ahead.removeFirst()));
          }
          if (broken != null) {
            break;
          }
        }
      }
      while (!ahead.isEmpty()) {
        chunk(result(ahead.removeFirst()));
      }
    }

    private void chunk(Chunks.Chunk chunk) {
      for (Line read : chunk.lines()) {
        if (broken != null) {
          return;
        }
        line++;
        entry(read);
      }
      String malformed = chunk.malformed();
      if (malformed != null && broken == null) {
        if (chunk.torn() && source.state() == State.LIVE) {
          notes.add("live: an entry is being written");
        } else {
          broken = new Broken(file, line + 1, chain.seq() + 1, malformed);
        }
      }
      bytes += chunk.bytes();
    }

    private void entry(Line read) {
      try {
        if (entries == 0 && source.extent() == Extent.PART) {
          chain = Chain.before(read);
          notes.add(
              "begins with sequence %d: what came before was not given".formatted(read.seq()));
        }
        chain.accept(read);
        signatures.check(read);
        if (entries == 0 && source.stream().isPresent()) {
          name(source.stream().get());
        }
      } catch (Chain.Broken e) {
        broken = new Broken(file, line, read.seq(), String.valueOf(e.getMessage()));
        return;
      }
      entries++;
      count(read);
      if (!missed.isEmpty()) {
        missed.remove(read.hash());
      }
    }

    private void name(String expected) throws Chain.Broken {
      if (!chain.stream().equals(expected)) {
        throw new Chain.Broken(
            "is the start of stream \"%s\", not of \"%s\"".formatted(chain.stream(), expected));
      }
    }

    private void count(Line read) {
      if (read.kind().equals(Checkpoint.KIND)) {
        checkpoints++;
        firstUnsealed = null;
        lastCheckpoint = new Broken(file, line, read.seq(), "");
      } else if (firstUnsealed == null) {
        firstUnsealed = new Broken(file, line, read.seq(), "");
      }
      if (read.kind().equals("recovery")) {
        recoveries++;
      }
    }

    StreamReport report() {
      if (broken == null) {
        end();
      }
      if (entries == 0 && broken == null) {
        notes.add("has no entries");
      }
      if (signatures.isSelfMade() && entries > 0) {
        notes.add(
            "no public key was given: the key is the one the stream names, pin it with --key");
      }
      return new StreamReport(
          chain.stream(),
          new Counted(entries, checkpoints, recoveries, bytes),
          new Head(chain.seq(), HexFormat.of().formatHex(chain.hash()), chain.time()),
          signatures.used(),
          Optional.ofNullable(broken),
          notes);
    }

    private void end() {
      Broken tail = firstUnsealed;
      Broken sealed = lastCheckpoint;
      if (tail != null && source.state() == State.LIVE) {
        notes.add("live: %d entries wait for their checkpoint".formatted(chain.unsealed()));
      } else if (tail != null) {
        broken =
            at(tail, "is not sealed by a checkpoint: the end was cut off, or a crash not repaired");
      }
      if (broken == null && sealed != null && !signatures.isVouched()) {
        String key = signatures.used().getLast();
        broken = at(sealed, "is signed by key %s, which is none of the keys given".formatted(key));
      }
    }

    private static Broken at(Broken place, String reason) {
      return new Broken(place.file(), place.line(), place.seq(), reason);
    }
  }

  private static Chunks.Chunk result(Future<Chunks.Chunk> future) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IOException("cannot be read: " + e.getCause(), e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
