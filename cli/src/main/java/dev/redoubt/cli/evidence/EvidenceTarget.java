// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.evidence;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.evidence.Bundle;
import dev.redoubt.evidence.EvidenceFolder;
import dev.redoubt.evidence.Keys;
import dev.redoubt.evidence.StreamSource;
import dev.redoubt.evidence.VerifyKey;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The streams a command is about: those of the data folder, one of them by name, or those of a
/// file or folder. To be closed by whoever opened it.
final class EvidenceTarget implements AutoCloseable {

  private static final int LARGEST_KEY_FILE = 1 << 20;

  private final List<StreamSource> streams;
  private final List<VerifyKey> keys;
  private final Set<String> heads;
  private final @Nullable Bundle bundle;

  private EvidenceTarget(List<StreamSource> streams, List<VerifyKey> keys) {
    this.streams = streams;
    this.keys = keys;
    this.heads = Set.of();
    this.bundle = null;
  }

  private EvidenceTarget(Bundle bundle) {
    this.streams = bundle.streams();
    this.keys = bundle.keys();
    this.heads = bundle.heads();
    this.bundle = bundle;
  }

  static EvidenceFolder folder(Call call) {
    return EvidenceFolder.in(call.globals().dataDir());
  }

  /// Returns what `name` means: nothing for all streams, the name of a stream, or a file or folder.
  static EvidenceTarget of(Call call, @Nullable String name) {
    EvidenceFolder own = folder(call);
    try {
      if (name == null) {
        return all(own);
      }
      if (EvidenceFolder.isStream(name) && Files.isDirectory(own.stream(name))) {
        return new EvidenceTarget(List.of(StreamSource.of(own, name)), new Keys(own.keys()).open());
      }
      Path path = call.resolve(name);
      if (Files.isDirectory(path)) {
        return inFolder(path);
      }
      if (Files.isRegularFile(path)) {
        return inFile(path);
      }
    } catch (IOException e) {
      throw EvidenceOutput.unreadable(name == null ? own.path().toString() : name, e);
    }
    throw new RedoubtException(
        ErrorCode.UNREADABLE,
        "\"%s\" is no stream, file or folder: redoubt evidence list shows the streams"
            .formatted(name));
  }

  private static EvidenceTarget all(EvidenceFolder folder) throws IOException {
    List<StreamSource> sources = new ArrayList<>();
    for (String stream : folder.streams()) {
      sources.add(StreamSource.of(folder, stream));
    }
    return new EvidenceTarget(sources, new Keys(folder.keys()).open());
  }

  private static EvidenceTarget inFolder(Path path) throws IOException {
    if (hasSegments(path)) {
      return new EvidenceTarget(List.of(StreamSource.of(path)), keysBeside(path));
    }
    Path below = path.resolve("evidence");
    EvidenceTarget target = all(new EvidenceFolder(Files.isDirectory(below) ? below : path));
    if (target.streams().isEmpty()) {
      throw new IOException("it holds no stream");
    }
    return target;
  }

  private static EvidenceTarget inFile(Path path) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(2);
    }
    if (start.length == 2 && start[0] == 'P' && start[1] == 'K') {
      return new EvidenceTarget(Bundle.open(path));
    }
    return new EvidenceTarget(
        List.of(StreamSource.segment(path)), keysBeside(path.toAbsolutePath().getParent()));
  }

  private static boolean hasSegments(Path path) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "[0-9]*.jsonl")) {
      return files.iterator().hasNext();
    }
  }

  /* DATA/evidence/STREAM and DATA/evidence/keys */
  private static List<VerifyKey> keysBeside(@Nullable Path stream) {
    Path folder = stream == null ? null : stream.toAbsolutePath().getParent();
    return folder == null ? List.of() : new Keys(new EvidenceFolder(folder).keys()).open();
  }

  /// Returns the keys in the file that `--key` names.
  static List<VerifyKey> given(Call call) {
    List<VerifyKey> keys = new ArrayList<>();
    for (String name : call.texts("--key")) {
      List<VerifyKey> read;
      try (InputStream in = Files.newInputStream(call.resolve(name))) {
        read =
            VerifyKey.readPem(
                new String(in.readNBytes(LARGEST_KEY_FILE), StandardCharsets.US_ASCII));
      } catch (IOException e) {
        throw EvidenceOutput.unreadable(name, e);
      }
      if (read.isEmpty()) {
        throw new UsageException("--key \"%s\" holds no Ed25519 public key in PEM".formatted(name));
      }
      keys.addAll(read);
    }
    return keys;
  }

  List<StreamSource> streams() {
    return streams;
  }

  /// Returns the public keys that lie beside the streams.
  List<VerifyKey> keys() {
    return keys;
  }

  /// Returns the heads that the streams are said to have.
  Set<String> heads() {
    return new LinkedHashSet<>(heads);
  }

  @Override
  public void close() {
    if (bundle != null) {
      try {
        bundle.close();
      } catch (IOException e) {
        // It was only read.
        return;
      }
    }
  }
}
