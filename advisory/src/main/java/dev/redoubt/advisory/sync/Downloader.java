// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.sync;

import dev.redoubt.advisory.intake.ImportProgress;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Downloads files whole and checked, and goes on where an earlier attempt broke off.
///
/// A part stays in the folder with the version it belongs to; the next attempt, in this run or a
/// later one, asks for the rest of that version only. What is complete must have the stated length
/// and checksums, or it is thrown away. A transfer that stands still is given up.
final class Downloader implements AutoCloseable {

  private static final int ATTEMPTS = 4;
  private static final long LARGEST = 8L << 30;
  private static final int MAX_ETAG = 1000;

  private final Remote remote;
  private final Path folder;
  private final Duration patience;
  private final ImportProgress progress;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("download-watch").factory());

  /// @param folder for parts; nothing else belongs there
  /// @param patience how long a transfer may stand still
  Downloader(Remote remote, Path folder, Duration patience, ImportProgress progress) {
    this.remote = remote;
    this.folder = folder;
    this.patience = patience;
    this.progress = progress;
  }

  /// A complete file, to be deleted by whoever asked for it.
  ///
  /// @param etag of its version, or null
  record Download(Path file, @Nullable String etag) {}

  /// Returns the file at `uri`, or empty when it is still the version `known`.
  ///
  /// @throws RedoubtException with code `ADVISORY_SOURCE`
  Optional<Download> download(URI uri, @Nullable String known) {
    Part part = new Part(folder.resolve(name(uri)));
    String failure = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        Files.createDirectories(folder);
        Step step = attempt(uri, part, known);
        switch (step) {
          case Step.Unchanged() -> {
            return Optional.empty();
          }
          case Step.Complete(String etag) -> {
            return Optional.of(new Download(part.done, etag));
          }
          case Step.Refused(String why) -> throw failed(uri, why, null);
          case Step.Again(String why) -> failure = why;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failed(uri, "interrupted", e);
      } catch (IOException e) {
        failure = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      }
    }
    throw failed(uri, failure, null);
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }

  /// How an attempt ended.
  private sealed interface Step {
    record Unchanged() implements Step {}

    record Complete(@Nullable String etag) implements Step {}

    /// No further attempt will change it.
    record Refused(String why) implements Step {}

    /// The part was thrown away, or can be continued.
    record Again(String why) implements Step {}
  }

  private Step attempt(URI uri, Part part, @Nullable String known)
      throws IOException, InterruptedException {
    String etag = part.etag();
    if (etag == null || !part.isThere()) {
      part.delete();
    }
    boolean done = part.isDone();
    long held = done ? 0 : part.length();
    Remote.Request request = new Remote.Request(uri, held, done || held > 0 ? etag : known);
    try (Remote.Answer answer = remote.get(request)) {
      switch (answer.status()) {
        case 200 -> part.restart(answer.etag());
        case 206 -> {
          if (answer.offset() != held) {
            part.delete();
            return new Step.Again("the server sent another part than was asked for");
          }
        }
        case 304 -> {
          return done ? new Step.Complete(etag) : new Step.Unchanged();
        }
        case 412, 416 -> {
          part.delete();
          return new Step.Again("status " + answer.status());
        }
        case 408, 429, 500, 502, 503, 504 -> {
          return new Step.Again("status " + answer.status());
        }
        default -> {
          return new Step.Refused("status " + answer.status());
        }
      }
      if (answer.length() > LARGEST) {
        return new Step.Refused("it has %,d bytes, over the limit".formatted(answer.length()));
      }
      receive(uri, answer, part);
      return checked(answer, part);
    }
  }

  private void receive(URI uri, Remote.Answer answer, Part part) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long received = part.length();
    InputStream body = answer.body();
    try (OutputStream out = part.append()) {
      while (true) {
        int read;
        ScheduledFuture<?> giveUp =
            watch.schedule(() -> closed(body), patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
          read = body.read(buffer);
        } finally {
          giveUp.cancel(false);
        }
        if (read < 0) {
          return;
        }
        out.write(buffer, 0, read);
        received += read;
        if (received > LARGEST) {
          throw new IOException("it is over the limit of %,d bytes".formatted(LARGEST));
        }
        progress.at(uri.toString(), received, answer.length());
      }
    }
  }

  private static void closed(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // The reader of the body hears of it.
    }
  }

  private Step checked(Remote.Answer answer, Part part) throws IOException {
    if (answer.length() >= 0 && part.length() < answer.length()) {
      return new Step.Again(
          "it broke off after %,d of %,d bytes".formatted(part.length(), answer.length()));
    }
    String wrong = wrong(answer, part.file);
    if (!wrong.isEmpty()) {
      part.delete();
      return new Step.Again(wrong);
    }
    part.finish();
    return new Step.Complete(answer.etag());
  }

  private static String wrong(Remote.Answer answer, Path file) throws IOException {
    if (answer.length() >= 0 && Files.size(file) != answer.length()) {
      return "its length does not match";
    }
    CRC32C crc = new CRC32C();
    MessageDigest md5 = digest("MD5");
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        crc.update(buffer, 0, read);
        md5.update(buffer, 0, read);
      }
    }
    byte[] sum = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    if (differs(answer.hashes().crc32c(), sum)) {
      return "its CRC-32C does not match";
    }
    return differs(answer.hashes().md5(), md5.digest()) ? "its MD5 does not match" : "";
  }

  private static boolean differs(@Nullable String stated, byte[] computed) {
    return stated != null && !stated.equals(Base64.getEncoder().encodeToString(computed));
  }

  /// Remembers that `download` of `uri` was put to use, and removes it.
  void used(URI uri, Download download) {
    try {
      Part part = new Part(folder.resolve(name(uri)));
      part.delete();
      if (download.etag() != null) {
        write(folder.resolve(name(uri) + ".used"), download.etag());
      }
    } catch (IOException e) {
      // It is downloaded once more next time.
    }
  }

  /// Returns the version of `uri` that was put to use last, or null.
  @Nullable String lastUsed(URI uri) {
    try {
      return read(folder.resolve(name(uri) + ".used"));
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable String read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_ETAG), StandardCharsets.UTF_8);
    }
  }

  private static void write(Path file, String etag) throws IOException {
    if (etag.length() < MAX_ETAG) {
      Files.copy(
          new ByteArrayInputStream(etag.getBytes(StandardCharsets.UTF_8)),
          file,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /* A name of its own for every address, whatever characters the address has. */
  private static String name(URI uri) {
    byte[] hash = digest("SHA-256").digest(uri.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 16);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new RedoubtException(ErrorCode.BUG, "the JDK has no " + algorithm, e);
    }
  }

  private static RedoubtException failed(URI uri, String why, @Nullable Throwable cause) {
    return new RedoubtException(
        ErrorCode.ADVISORY_SOURCE,
        "cannot download %s: %s: try again, or import a copy with redoubt db import"
            .formatted(uri, why),
        cause);
  }

  /// A file that may be incomplete, beside the version it belongs to. Without the version the rest
  /// could be of another one, so the part is as good as absent.
  private static final class Part {

    private final Path file;
    private final Path done;
    private final Path version;

    Part(Path path) {
      this.file = path.resolveSibling(path.getFileName() + ".part");
      this.done = path.resolveSibling(path.getFileName() + ".done");
      this.version = path.resolveSibling(path.getFileName() + ".etag");
    }

    boolean isThere() {
      return Files.exists(file) || isDone();
    }

    boolean isDone() {
      return Files.exists(done);
    }

    long length() throws IOException {
      return Files.exists(file) ? Files.size(file) : 0;
    }

    @Nullable String etag() throws IOException {
      return read(version);
    }

    OutputStream append() throws IOException {
      return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void restart(@Nullable String etag) throws IOException {
      delete();
      if (etag != null && !etag.startsWith("W/")) {
        write(version, etag);
      }
    }

    void finish() throws IOException {
      Files.move(file, done, StandardCopyOption.REPLACE_EXISTING);
    }

    void delete() throws IOException {
      Files.deleteIfExists(file);
      Files.deleteIfExists(done);
      Files.deleteIfExists(version);
    }
  }
}
