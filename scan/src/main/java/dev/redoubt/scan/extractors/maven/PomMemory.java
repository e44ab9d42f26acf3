// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.maven;

import dev.redoubt.document.DocumentException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers POMs by path and content, so that the modules of a build do not parse each other again
/// and again. What is remembered never changes an answer. Safe to share between threads.
final class PomMemory {

  private static final int MOST = 4_000;

  private final Map<Content, Pom> poms = new ConcurrentHashMap<>();

  private record Content(String path, String digest) {}

  /// Returns the POM in `bytes`.
  ///
  /// @throws DocumentException if it is malformed or no POM
  Pom read(byte[] bytes, String path) throws DocumentException {
    Content content = new Content(path, digest(bytes));
    Pom known = poms.get(content);
    if (known != null) {
      return known;
    }
    Pom pom = PomReader.read(bytes, path);
    if (poms.size() >= MOST) {
      poms.clear();
    }
    poms.put(content, pom);
    return pom;
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
