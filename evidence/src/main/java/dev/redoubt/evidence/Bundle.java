// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A ZIP file with streams as they lie on the disk, the public keys and a list of what is in it. It
/// verifies without anything else. To be closed by whoever opened it.
public final class Bundle implements AutoCloseable {

  static final String FORMAT = "redoubt-evidence-bundle/1";
  static final String MANIFEST = "manifest.json";
  static final String KEYS = "keys/";
  static final String STREAMS = "streams/";

  private static final Limits LIMITS = new Limits(16L << 20, 20, 500_000);
  private static final int LARGEST_KEY = 4096;
  private static final int MOST_KEYS = 1000;

  private final ZipFile zip;
  private final List<StreamSource> streams = new ArrayList<>();
  private final List<VerifyKey> keys = new ArrayList<>();
  private final Set<String> heads = new LinkedHashSet<>();

  private Bundle(ZipFile zip) {
    this.zip = zip;
  }

  /// Returns the bundle in `file`.
  ///
  /// @throws IOException if it is none, or holds something it does not list
  public static Bundle open(Path file) throws IOException {
    ZipFile zip = new ZipFile(file.toFile(), UTF_8);
    try {
      Bundle bundle = new Bundle(zip);
      bundle.read();
      return bundle;
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private void read() throws IOException {
    Map<String, Map<Integer, ZipEntry>> found = new TreeMap<>();
    Set<String> names = new LinkedHashSet<>();
    Enumeration<? extends ZipEntry> entries = zip.entries();
    while (entries.hasMoreElements()) {
      ZipEntry entry = entries.nextElement();
      if (!names.add(entry.getName())) {
        throw new IOException("holds \"%s\" twice".formatted(entry.getName()));
      }
      file(entry, found);
    }
    manifest(found);
    for (Map.Entry<String, Map<Integer, ZipEntry>> stream : found.entrySet()) {
      List<StreamSource.Segment> segments = new ArrayList<>();
      stream
          .getValue()
          .forEach((number, entry) ->
              segments.add(
                  new StreamSource.Segment(
                      entry.getName(), number, () -> zip.getInputStream(entry))));
      streams.add(
          new StreamSource(
              Optional.of(stream.getKey()),
              segments,
              StreamSource.Extent.WHOLE,
              StreamSource.State.CLOSED));
    }
  }

  private void file(ZipEntry entry, Map<String, Map<Integer, ZipEntry>> found) throws IOException {
    String name = entry.getName();
    String file = name.substring(name.lastIndexOf('/') + 1);
    int number = Segments.number(file);
    if (name.startsWith(STREAMS) && number > 0) {
      String stream = name.substring(STREAMS.length(), name.length() - file.length() - 1);
      if (EvidenceFolder.isStream(stream)) {
        found.computeIfAbsent(stream, _ -> new TreeMap<>()).put(number, entry);
        return;
      }
    } else if (name.equals(KEYS + file) && keys.size() < MOST_KEYS) {
      try (InputStream in = zip.getInputStream(entry)) {
        keys.addAll(VerifyKey.readPem(new String(in.readNBytes(LARGEST_KEY), UTF_8)));
        return;
      }
    } else if (name.equals(MANIFEST)) {
      return;
    }
    throw new IOException("holds \"%s\", which is no part of a bundle".formatted(name));
  }

  private void manifest(Map<String, Map<Integer, ZipEntry>> found) throws IOException {
    ZipEntry entry = zip.getEntry(MANIFEST);
    if (entry == null) {
      throw new IOException("has no " + MANIFEST);
    }
    Node root;
    try (InputStream in = zip.getInputStream(entry)) {
      root = Json.read(in.readNBytes((int) LIMITS.bytes()), LIMITS);
    }
    if (!root.text("format").orElse("").equals(FORMAT)) {
      throw new IOException("is no bundle of the format %s".formatted(FORMAT));
    }
    for (Node stream : root.items("streams")) {
      String name = stream.text("name").orElse("");
      int listed = stream.items("segments").size();
      int there = found.getOrDefault(name, Collections.emptyMap()).size();
      if (there != listed) {
        throw new IOException(
            "lists %d segments of stream \"%s\" and holds %d".formatted(listed, name, there));
      }
      stream.text("head").ifPresent(heads::add);
    }
    if (root.items("streams").size() != found.size()) {
      throw new IOException("holds a stream that it does not list");
    }
  }

  /// Returns the streams, sorted by name.
  public List<StreamSource> streams() {
    return List.copyOf(streams);
  }

  /// Returns the public keys in it.
  public List<VerifyKey> keys() {
    return List.copyOf(keys);
  }

  /// Returns the heads that the streams had when it was written.
  public Set<String> heads() {
    return Set.copyOf(heads);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
