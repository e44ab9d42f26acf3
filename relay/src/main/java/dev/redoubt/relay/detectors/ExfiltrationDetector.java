// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.model.Severity;
import java.util.List;
import java.util.Locale;

/// Notices shapes in which data leaves: text encoded into an address, an image that is fetched with
/// data behind its question mark, the name of a machine that spells data.
///
/// Critical when what is encoded is text a person could read, or when an image waits for data to be
/// filled in. Identifiers, signatures and checksums are as long and spell nothing.
final class ExfiltrationDetector implements Detector {

  private static final int LONGEST = 8_192;
  private static final int LONG = 120;
  private static final int LABEL = 32;

  @Override
  public String id() {
    return "mcp.exfiltration";
  }

  @Override
  public Severity severity() {
    return Severity.CRITICAL;
  }

  @Override
  public List<Alert> look(Matter matter) {
    Severity worst = Severity.UNKNOWN;
    Alert alert = null;
    for (Piece piece : matter.pieces()) {
      String text = piece.text();
      int at = text.indexOf("://");
      int end = 0;
      while (at >= 0) {
        int from = at;
        end = Math.max(at + 3, end);
        while (end < text.length() && end - from < LONGEST && isAddress(text.charAt(end))) {
          end++;
        }
        Found found = found(text, from, text.substring(from + 3, end), matter.place());
        if (found.severity().compareTo(worst) < 0) {
          worst = found.severity();
          alert = new Alert(id(), worst, piece.path(), found.what());
        }
        at = text.indexOf("://", end);
      }
      Found bare = bareName(piece, matter.place());
      if (bare.severity().compareTo(worst) < 0) {
        worst = bare.severity();
        alert = new Alert(id(), worst, piece.path(), bare.what());
      }
    }
    return alert == null ? List.of() : List.of(alert);
  }

  private record Found(Severity severity, String what) {
    static final Found NOTHING = new Found(Severity.UNKNOWN, "");
  }

  private static Found found(String text, int at, String address, Place place) {
    int slash = 0;
    while (slash < address.length() && "/?#".indexOf(address.charAt(slash)) < 0) {
      slash++;
    }
    Found name = name(address.substring(0, slash));
    if (name.severity() != Severity.UNKNOWN) {
      return name;
    }
    String rest = address.substring(slash);
    boolean image = isImage(text, at);
    if (image && place != Place.ARGUMENT && waitsForData(rest)) {
      return new Found(Severity.CRITICAL, "an image that takes data along when it is shown");
    }
    if (spells(rest)) {
      return image || place == Place.ARGUMENT
          ? new Found(Severity.CRITICAL, "an address with text encoded in it")
          : new Found(Severity.HIGH, "an address with text encoded in it");
    }
    int query = rest.indexOf('?');
    boolean long_ = query >= 0 && rest.length() - query > LONG;
    return image && long_
        ? new Found(Severity.MEDIUM, "an image with a long query")
        : Found.NOTHING;
  }

  private static Found bareName(Piece piece, Place place) {
    String text = piece.text();
    boolean name =
        place == Place.ARGUMENT
            && text.length() > LABEL
            && text.length() <= 260
            && text.indexOf('.') > 0
            && text.indexOf("://") < 0
            && text.chars()
                .allMatch(c ->
                    c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_'));
    return name ? name(text) : Found.NOTHING;
  }

  /* Labels that spell a text, and a machine whose name is mostly data. */
  private static Found name(String authority) {
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    String[] labels = host.split("\\.", -1);
    if (labels.length < 3) {
      return Found.NOTHING;
    }
    StringBuilder joined = new StringBuilder();
    int dense = 0;
    for (int i = 0; i < labels.length - 2; i++) {
      String label = labels[i];
      joined.append(label);
      dense += label.length() >= LABEL && isDense(label) ? 1 : 0;
      if (label.length() >= 16 && Blobs.spells(label)) {
        return new Found(Severity.CRITICAL, "the name of a machine that spells a text");
      }
    }
    if (labels.length > 3 && joined.length() >= 24 && Blobs.spells(joined.toString())) {
      return new Found(Severity.CRITICAL, "the name of a machine that spells a text");
    }
    return dense >= 2
        ? new Found(Severity.HIGH, "the name of a machine that is made of data")
        : Found.NOTHING;
  }

  private static boolean isDense(String label) {
    long digits = label.chars().filter(Character::isDigit).count();
    return digits >= 4 && label.indexOf('-') < 0;
  }

  private static boolean isImage(String text, int at) {
    int from = Math.max(0, at - 300);
    String before = text.substring(from, at);
    int close = before.lastIndexOf("](");
    if (close >= 0 && before.length() - close < 12) {
      return before.lastIndexOf("![", close) >= 0;
    }
    int tag = before.lastIndexOf('<');
    return tag >= 0 && before.regionMatches(true, tag, "<img", 0, 4);
  }

  /* {data}, [conversation], BASE64_HERE: somebody is to put something in. */
  private static boolean waitsForData(String rest) {
    String lower = rest.toLowerCase(Locale.ROOT);
    if (lower.indexOf('?') < 0
        && lower.indexOf('{') < 0
        && lower.indexOf('[') < 0
        && lower.indexOf('<') < 0) {
      return false;
    }
    for (String word :
        new String[] {
          "data",
          "secret",
          "conversation",
          "history",
          "chat",
          "password",
          "token",
          "base64",
          "content",
          "message",
          "context",
          "key",
          "summary",
          "prompt",
          "info",
          "email",
          "user",
          "encoded",
          "exfil"
        }) {
      int at = lower.indexOf(word);
      while (at >= 0) {
        if (isHole(lower, at, at + word.length())) {
          return true;
        }
        at = lower.indexOf(word, at + 1);
      }
    }
    return false;
  }

  private static boolean isHole(String text, int from, int to) {
    int before = from;
    while (before > 0
        && from - before < 30
        && (Character.isLetterOrDigit(text.charAt(before - 1))
            || "_- %".indexOf(text.charAt(before - 1)) >= 0)) {
      before--;
    }
    int after = to;
    while (after < text.length()
        && after - to < 30
        && (Character.isLetterOrDigit(text.charAt(after))
            || "_- %".indexOf(text.charAt(after)) >= 0)) {
      after++;
    }
    boolean opens = before > 0 && "{[<$".indexOf(text.charAt(before - 1)) >= 0;
    boolean closes = after < text.length() && "}]>".indexOf(text.charAt(after)) >= 0;
    return (opens && closes) || text.startsWith("_here", to) || text.startsWith("_goes_here", to);
  }

  private static boolean spells(String rest) {
    int at = 0;
    while (at < rest.length()) {
      int from = at;
      while (at < rest.length() && Decoded.isBlob(rest.charAt(at)) && rest.charAt(at) != '/') {
        at++;
      }
      int equals = rest.indexOf('=', from);
      int start = equals >= 0 && equals < at - 16 ? equals + 1 : from;
      if (at - start >= 20 && Blobs.spells(rest.substring(start, at))) {
        return true;
      }
      at++;
    }
    return false;
  }

  private static boolean isAddress(char c) {
    return c > ' ' && c != '"' && c != ')' && c != '`' && c != '\'' && c != '|';
  }
}
