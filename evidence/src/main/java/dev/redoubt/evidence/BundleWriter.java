// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/* Of a stream that is being written only what is sealed is taken, so that the bundle verifies. Of
 * one that nobody writes every byte is taken: a broken end must not be left out. */
/// Writes bundles: the same streams and keys give the same bytes.
public final class BundleWriter {

  private static final int BLOCK = 1 << 16;

  private final EvidenceFolder evidence;
  private final ZipOutputStream zip;
  private final List<Node> streams = new ArrayList<>();

  private BundleWriter(EvidenceFolder evidence, OutputStream out) {
    this.evidence = evidence;
    this.zip = new ZipOutputStream(out, UTF_8);
  }

  /// Writes the streams called `names` to `target`, which it replaces in one step.
  public static void write(EvidenceFolder evidence, List<String> names, Path target)
      throws IOException {
    Path folder = requireNonNull(target.toAbsolutePath().getParent(), "a file lies in a folder");
    Path staged = Files.createTempFile(folder, ".staged-", ".tmp", OwnerOnly.file());
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(staged))) {
        BundleWriter writer = new BundleWriter(evidence, out);
        for (String name : names) {
          writer.stream(name);
        }
        writer.end();
      }
      Files.move(
          staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(staged);
    }
  }

  private void stream(String name) throws IOException {
    Path folder = evidence.stream(name);
    boolean live = evidence.isLive(name);
    Position sealed = Position.sealed(folder, SegmentFile.Opener.READ);
    StreamReport.Head head = StreamSummary.of(evidence, name).head();
    List<Node> segments = new ArrayList<>();
    for (int number : Segments.numbers(folder)) {
      if (live && number > sealed.segment()) {
        continue;
      }
      Path file = Segments.file(folder, number);
      boolean last = live && number == sealed.segment();
      long bytes = last ? sealed.length() : Files.size(file);
      segments.add(
          new Payload()
              .number("bytes", bytes)
              .text("name", String.valueOf(file.getFileName()))
              .text("sha256", copy(file, bytes, Bundle.STREAMS + name + "/" + file.getFileName()))
              .object());
    }
    streams.add(
        new Payload()
            .text("head", live ? HexFormat.of().formatHex(sealed.chain().hash()) : head.hash())
            .text("name", name)
            .node("segments", new Node.Arr(segments, 1))
            .object());
  }

  private String copy(Path file, long bytes, String name) throws IOException {
    MessageDigest digest = Sha256.digest();
    begin(name);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] block = new byte[BLOCK];
      for (long left = bytes; left > 0; ) {
        int count = in.read(block, 0, (int) Math.min(BLOCK, left));
        if (count < 0) {
          throw new IOException("\"%s\" became shorter while it was copied".formatted(file));
        }
        digest.update(block, 0, count);
        zip.write(block, 0, count);
        left -= count;
      }
    }
    zip.closeEntry();
    return HexFormat.of().formatHex(digest.digest());
  }

  private void end() throws IOException {
    for (VerifyKey key : new Keys(evidence.keys()).open()) {
      begin(Bundle.KEYS + key.id() + ".pub.pem");
      zip.write(key.pem().getBytes(UTF_8));
      zip.closeEntry();
    }
    begin(Bundle.MANIFEST);
    zip.write(
        CanonicalJson.of(
            new Payload()
                .text("format", Bundle.FORMAT)
                .node("streams", new Node.Arr(streams, 1))
                .object()));
    zip.closeEntry();
    zip.finish();
  }

  private void begin(String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    // The same bytes for the same streams, whenever it is written.
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    zip.putNextEntry(entry);
  }
}
