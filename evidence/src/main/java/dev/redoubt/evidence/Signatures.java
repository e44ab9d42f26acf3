// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/* A stream names its own keys, so a stream that was made up from its first entry on is perfect in
 * itself: it has to lead to a key that is known from elsewhere. It may lead there late, since every
 * checkpoint vouches for all entries before it. */
/// Checks what is signed in one stream, and whether a key that was given stands behind it.
final class Signatures {

  private final Set<String> given = new LinkedHashSet<>();
  private final Map<String, VerifyKey> keys = new HashMap<>();
  private final Set<String> used = new LinkedHashSet<>();
  private boolean vouched;

  Signatures(List<VerifyKey> given) {
    for (VerifyKey key : given) {
      this.given.add(key.id());
      keys.put(key.id(), key);
    }
  }

  /// Compares what `line` signs or introduces; every other kind of entry is fine.
  void check(Line line) throws Chain.Broken {
    switch (line.kind()) {
      case StreamStart.KIND -> start(line);
      case KeyCertificate.KIND -> certificate(line);
      case Checkpoint.KIND -> checkpoint(line);
      default -> {}
    }
  }

  private void start(Line line) throws Chain.Broken {
    Optional<StreamStart> start = StreamStart.read(line.payload());
    if (start.isPresent()) {
      learn(start.get().key(), start.get().publicKey());
    }
  }

  private void certificate(Line line) throws Chain.Broken {
    KeyCertificate certificate =
        KeyCertificate.read(line.payload())
            .orElseThrow(() -> new Chain.Broken("is no change of key"));
    VerifyKey previous = known(certificate.previous());
    if (!previous.verifies(certificate.message(), certificate.signature())) {
      throw new Chain.Broken("key %s did not sign the next key".formatted(previous.id()));
    }
    learn(certificate.key(), certificate.publicKey());
    // A key that was given vouches for the keys after it.
    vouched |= given.contains(previous.id());
  }

  private void checkpoint(Line line) throws Chain.Broken {
    Checkpoint checkpoint =
        Checkpoint.read(line.payload()).orElseThrow(() -> new Chain.Broken("is no checkpoint"));
    if (!line.actor().equals(Checkpoint.ACTOR)) {
      throw new Chain.Broken("only \"%s\" writes checkpoints".formatted(Checkpoint.ACTOR));
    }
    VerifyKey key = known(checkpoint.key());
    if (!key.verifies(
        checkpoint.message(line.seq(), line.time(), line.prev()), checkpoint.signature())) {
      throw new Chain.Broken("its signature is not one of key %s".formatted(key.id()));
    }
    used.add(key.id());
    vouched |= given.contains(key.id());
  }

  private void learn(String id, String base64) throws Chain.Broken {
    VerifyKey key = VerifyKey.ofBase64(base64).orElse(null);
    if (key == null || !key.id().equals(id)) {
      throw new Chain.Broken("its public key is not the one its id %s names".formatted(id));
    }
    VerifyKey before = keys.putIfAbsent(id, key);
    if (before != null && !before.equals(key)) {
      throw new Chain.Broken("two public keys have the id %s".formatted(id));
    }
  }

  private VerifyKey known(String id) throws Chain.Broken {
    @Nullable VerifyKey key = keys.get(id);
    if (key == null) {
      throw new Chain.Broken("the public key %s is not known: give it with --key".formatted(id));
    }
    return key;
  }

  /// Returns the ids of the keys that sealed something, in order.
  List<String> used() {
    return new ArrayList<>(used);
  }

  /// Returns whether no key was given, so that the stream vouches only for itself.
  boolean isSelfMade() {
    return given.isEmpty();
  }

  /// Returns whether a key that was given stands behind the last checkpoint.
  boolean isVouched() {
    return vouched || given.isEmpty();
  }
}
