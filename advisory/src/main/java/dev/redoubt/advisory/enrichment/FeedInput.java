// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.enrichment;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What the imports of both feeds say and compute alike.
final class FeedInput {

  private FeedInput() {}

  static String sha256(Path input) {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(input)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw unreadable(input, e);
    } catch (NoSuchAlgorithmException e) {
      throw new RedoubtException(ErrorCode.BUG, "the JDK has no SHA-256", e);
    }
  }

  static RedoubtException unreadable(Path input, IOException cause) {
    return new RedoubtException(
        ErrorCode.UNREADABLE,
        "cannot read \"%s\": %s: check the path and its permissions"
            .formatted(input, RedoubtException.reason(cause)),
        cause);
  }

  static RedoubtException refused(String feed, Path input, String what) {
    return new RedoubtException(
        ErrorCode.ADVISORY_INPUT,
        "\"%s\" is no %s: %s: get it again from its publisher".formatted(input, feed, what));
  }
}
