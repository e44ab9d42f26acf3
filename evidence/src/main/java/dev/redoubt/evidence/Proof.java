// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The proof that one entry is in a stream, without the rest of the stream: the entry, the
/// checkpoint that seals it and the way through the Merkle tree between them.
///
/// @param entry the line of the entry, without its line feed
/// @param path the hashes beside the way from the entry up to the root, 64 hex digits each
/// @param checkpoint the line of the checkpoint, without its line feed
/// @param keys the public keys the stream named up to there, 32 raw bytes in base64
/// @param certificates the payloads in which one key vouches for the next
public record Proof(
    String entry,
    List<String> path,
    String checkpoint,
    List<String> keys,
    List<String> certificates) {

  /// The format of the file.
  public static final String FORMAT = "redoubt-evidence-proof/1";

  private static final Limits LIMITS = new Limits(4L << 20, 20, 100_000);

  public Proof {
    requireNonNull(entry, "entry");
    path = List.copyOf(path);
    requireNonNull(checkpoint, "checkpoint");
    keys = List.copyOf(keys);
    certificates = List.copyOf(certificates);
  }

  /// What a proof says.
  ///
  /// @param reason why it proves nothing, or empty when it holds
  /// @param stream the name of the stream
  /// @param seq the place of the entry
  /// @param key the id of the key that signed
  /// @param pinned whether that key was given, or one that was given vouches for it
  public record Answer(
      Optional<String> reason, String stream, long seq, String key, Pinned pinned) {
    public Answer {
      requireNonNull(reason, "reason");
      requireNonNull(stream, "stream");
      requireNonNull(key, "key");
      requireNonNull(pinned, "pinned");
    }
  }

  /// Where the key comes from.
  public enum Pinned {
    /// It was given, or a key that was given vouches for it.
    GIVEN,
    /// No key was given: it is the one in the proof.
    SELF_STATED
  }

  /// Returns the proof of the first entry in `source` that `wanted` takes; empty when there is no
  /// such entry, or no checkpoint after it yet, or it is a checkpoint itself.
  public static Optional<Proof> of(StreamSource source, Predicate<Entry> wanted)
      throws IOException {
    Search search = new Search(wanted);
    EntryReader.lines(source, search::visit);
    return Optional.ofNullable(search.found);
  }

  private static final class Search {

    private final Predicate<Entry> wanted;
    private final List<byte[]> hashes = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<String> certificates = new ArrayList<>();
    private @Nullable Line entry;
    private @Nullable Proof found;
    private int index;

    Search(Predicate<Entry> wanted) {
      this.wanted = wanted;
    }

    boolean visit(Line line) {
      if (line.kind().equals(Checkpoint.KIND)) {
        Line sealed = entry;
        if (sealed != null) {
          List<String> path = new ArrayList<>();
          for (byte[] sibling : Merkle.path(hashes, index)) {
            path.add(HexFormat.of().formatHex(sibling));
          }
          found = new Proof(sealed.text(), path, line.text(), keys, certificates);
          return false;
        }
        hashes.clear();
        return true;
      }
      learn(line);
      if (entry == null && wanted.test(Stored.of(line).entry())) {
        entry = line;
        index = hashes.size();
      }
      hashes.add(line.own());
      return true;
    }

    private void learn(Line line) {
      switch (line.kind()) {
        case StreamStart.KIND ->
            StreamStart.read(line.payload()).ifPresent(start -> keys.add(start.publicKey()));
        case KeyCertificate.KIND ->
            KeyCertificate.read(line.payload())
                .ifPresent(certificate -> {
                  keys.add(certificate.publicKey());
                  certificates.add(new String(line.payload(), UTF_8));
                });
        default -> {}
      }
    }
  }

  /// Returns the file.
  public byte[] json() {
    return CanonicalJson.of(
        new Payload()
            .text("checkpoint", checkpoint)
            .text("entry", entry)
            .text("format", FORMAT)
            .texts("certificates", certificates)
            .texts("keys", keys)
            .texts("path", path)
            .object());
  }

  /// Returns the proof in a file.
  ///
  /// @throws dev.redoubt.document.DocumentException if it is none
  public static Proof read(byte[] json) throws IOException {
    Node root = Json.read(json, LIMITS);
    if (!root.text("format").orElse("").equals(FORMAT)) {
      throw new IOException("is no proof of the format %s".formatted(FORMAT));
    }
    return new Proof(
        root.text("entry").orElse(""),
        texts(root, "path"),
        root.text("checkpoint").orElse(""),
        texts(root, "keys"),
        texts(root, "certificates"));
  }

  private static List<String> texts(Node root, String key) {
    return root.items(key).stream().map(item -> item.scalar().orElse("")).toList();
  }

  /// Returns what the proof says, believing `given` or, when that is empty, the keys in it.
  public Answer check(List<VerifyKey> given) {
    try {
      Line proved = line(entry, "the entry");
      Line seal = line(checkpoint, "the checkpoint");
      Checkpoint read =
          Checkpoint.read(seal.payload())
              .filter(_ -> seal.kind().equals(Checkpoint.KIND))
              .orElseThrow(() -> new Chain.Broken("the checkpoint is none"));
      VerifyKey key = key(read.key(), given);
      String reason = reason(proved, seal, read, key);
      return new Answer(
          Optional.ofNullable(reason),
          read.stream(),
          proved.seq(),
          read.key(),
          given.isEmpty() ? Pinned.SELF_STATED : Pinned.GIVEN);
    } catch (Chain.Broken e) {
      return new Answer(Optional.of(String.valueOf(e.getMessage())), "", 0, "", Pinned.SELF_STATED);
    }
  }

  private @Nullable String reason(Line proved, Line seal, Checkpoint read, VerifyKey key)
      throws Chain.Broken {
    if (!seal.actor().equals(Checkpoint.ACTOR)
        || !key.verifies(read.message(seal.seq(), seal.time(), seal.prev()), read.signature())) {
      return "the signature of the checkpoint is not one of key " + key.id();
    }
    if (proved.seq() < read.first() || proved.seq() > read.last()) {
      return "the checkpoint seals entries %d to %d, not %d"
          .formatted(read.first(), read.last(), proved.seq());
    }
    List<byte[]> siblings = new ArrayList<>();
    for (String hash : path) {
      siblings.add(digest(hash));
    }
    boolean included =
        Merkle.includes(
            proved.own(),
            proved.seq() - read.first(),
            read.last() - read.first() + 1,
            siblings,
            digest(read.root()));
    return included ? null : "the path does not lead from the entry to the root that was signed";
  }

  private VerifyKey key(String id, List<VerifyKey> given) throws Chain.Broken {
    List<VerifyKey> known = new ArrayList<>(given);
    for (String key : given.isEmpty() ? keys : List.<String>of()) {
      VerifyKey.ofBase64(key).ifPresent(known::add);
    }
    for (String certificate : certificates) {
      Optional<KeyCertificate> read = KeyCertificate.read(certificate.getBytes(UTF_8));
      for (VerifyKey key : List.copyOf(known)) {
        if (read.isPresent()
            && key.id().equals(read.get().previous())
            && key.verifies(read.get().message(), read.get().signature())) {
          VerifyKey.ofBase64(read.get().publicKey()).ifPresent(known::add);
        }
      }
    }
    for (VerifyKey key : known) {
      if (key.id().equals(id)) {
        return key;
      }
    }
    throw new Chain.Broken("it is signed by key %s, which is none of the keys given".formatted(id));
  }

  private static byte[] digest(String hex) throws Chain.Broken {
    try {
      byte[] digest = HexFormat.of().parseHex(hex);
      if (digest.length == Sha256.BYTES) {
        return digest;
      }
    } catch (IllegalArgumentException e) {
      // The same answer as for a digest of another length.
    }
    throw new Chain.Broken("\"%s\" is no hash".formatted(hex));
  }

  private static Line line(String text, String what) throws Chain.Broken {
    byte[] bytes = (text + "\n").getBytes(UTF_8);
    try {
      return Line.read(bytes, 0, bytes.length);
    } catch (Line.Malformed e) {
      throw new Chain.Broken("%s is malformed: %s".formatted(what, e.getMessage()));
    }
  }
}
