// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.model.Severity;
import dev.redoubt.secrets.Leaks;
import dev.redoubt.secrets.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Notices credentials, and says how a text reads without them. [CredentialFilter] takes them out.
final class CredentialDetector implements Detector {

  static final String ID = "mcp.credential";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Severity severity() {
    return Severity.HIGH;
  }

  @Override
  public List<Alert> look(Matter matter) {
    List<Alert> alerts = new ArrayList<>();
    for (Piece piece : matter.pieces()) {
      boolean named =
          matter.place() != Place.ARGUMENT && Leaks.isSecret(piece.name(), piece.text());
      if (named || !masked(piece.text()).equals(piece.text())) {
        alerts.add(new Alert(ID, Severity.HIGH, piece.path(), "holds a credential"));
      }
    }
    return alerts;
  }

  /// Returns `text` without the credentials in it, the same text when there is none.
  ///
  /// A token with characters inside that are not drawn, in escapes or in base64 counts too; there
  /// the piece that holds it goes as a whole.
  static String masked(String text) {
    String out = Leaks.masked(text);
    String drawn = drawn(out);
    if (!drawn.equals(out)) {
      String less = Leaks.masked(drawn);
      out = less.equals(drawn) ? out : less;
    }
    String plain = Escapes.decoded(out);
    if (!plain.equals(out)) {
      String less = Leaks.masked(plain);
      if (!less.equals(plain) && isMore(less, plain, out)) {
        return less;
      }
    }
    return blobs(out);
  }

  /* A backslash undone may make an assignment out of source code: only more than before counts. */
  private static boolean isMore(String less, String plain, String text) {
    return masks(plain) == masks(text) && masks(less) > masks(Leaks.masked(text));
  }

  private static int masks(String text) {
    int count = 0;
    int at = text.indexOf(Redaction.MASK);
    while (at >= 0) {
      count++;
      at = text.indexOf(Redaction.MASK, at + Redaction.MASK.length());
    }
    return count;
  }

  private static String drawn(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean hidden = c == 0xAD || (c >= 0x200B && Invisible.isInvisible(c));
      if (hidden && out == null) {
        out = new StringBuilder(text.length()).append(text, 0, i);
      } else if (!hidden && out != null) {
        out.append(c);
      }
    }
    return out == null ? text : out.toString();
  }

  private static String blobs(String text) {
    StringBuilder out = null;
    int copied = 0;
    int at = 0;
    while (at < text.length()) {
      int from = at;
      while (at < text.length() && Decoded.isBlob(text.charAt(at))) {
        at++;
      }
      if (at - from >= 24 && at - from <= 1 << 16) {
        Optional<String> read = Decoded.readable(text.substring(from, at));
        if (read.isPresent() && !Leaks.masked(read.get()).equals(read.get())) {
          out = out == null ? new StringBuilder() : out;
          out.append(text, copied, from).append(Redaction.MASK);
          copied = at;
        }
      }
      at++;
    }
    return out == null ? text : out.append(text, copied, text.length()).toString();
  }
}
