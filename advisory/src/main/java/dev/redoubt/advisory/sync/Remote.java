// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.sync;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where bytes come from: the port through which a sync reaches the network.
public interface Remote {

  /// Asks for `request`.
  ///
  /// @throws IOException if there is no answer, or none that may be followed
  /// @throws InterruptedException if the thread is interrupted
  Answer get(Request request) throws IOException, InterruptedException;

  /// What to ask for.
  ///
  /// @param uri an absolute address
  /// @param offset from which byte on
  /// @param etag of what is held already, or null: with an offset the rest is wanted only of this
  ///   version, without one nothing is wanted if it is still this version
  record Request(URI uri, long offset, @Nullable String etag) {
    public Request {
      requireNonNull(uri, "uri");
    }
  }

  /// What came back. Whoever asked closes the body.
  ///
  /// @param status as HTTP numbers it
  /// @param offset where the body starts in the whole
  /// @param length of the whole in bytes, or -1 when the server does not say
  /// @param etag of this version, or null
  /// @param hashes the checksums of the whole
  /// @param body the bytes from the offset on
  record Answer(
      int status, long offset, long length, @Nullable String etag, Hashes hashes, InputStream body)
      implements AutoCloseable {
    public Answer {
      requireNonNull(hashes, "hashes");
      requireNonNull(body, "body");
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /// Checksums a server states, in base64, each null when it does not.
  record Hashes(@Nullable String crc32c, @Nullable String md5) {

    /// No checksum is stated.
    public static final Hashes NONE = new Hashes(null, null);
  }
}
