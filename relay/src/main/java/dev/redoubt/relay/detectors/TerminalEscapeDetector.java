// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.model.Severity;
import java.util.ArrayList;
import java.util.List;

/// Notices escapes that steer a terminal: what a person sees is then not what a model reads.
///
/// Colours in what a server returns are how logs look and pass. In a description every escape is
/// critical.
final class TerminalEscapeDetector implements Detector {

  private static final char ESC = 0x1B;
  private static final char CSI = 0x9B;

  @Override
  public String id() {
    return "mcp.terminal-escape";
  }

  @Override
  public Severity severity() {
    return Severity.CRITICAL;
  }

  @Override
  public List<Alert> look(Matter matter) {
    List<Alert> alerts = new ArrayList<>();
    for (Piece piece : matter.pieces()) {
      Severity worst = Severity.UNKNOWN;
      String what = "";
      String text = piece.text();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c != ESC && c != CSI && (c < 0x90 || c > 0x9F)) {
          continue;
        }
        Found found = found(text, i);
        Severity severity =
            matter.place() == Place.DESCRIPTOR ? Severity.CRITICAL : found.severity();
        if (severity.compareTo(worst) < 0) {
          worst = severity;
          what = found.what();
        }
      }
      if (worst != Severity.UNKNOWN) {
        alerts.add(new Alert(id(), worst, piece.path(), what));
      }
    }
    return alerts;
  }

  private record Found(Severity severity, String what) {}

  private static Found found(String text, int at) {
    char c = text.charAt(at);
    char kind = c == ESC ? (at + 1 < text.length() ? text.charAt(at + 1) : 0) : c;
    return switch (kind) {
      case '[', CSI -> sequence(text, c == ESC ? at + 2 : at + 1);
      case ']', 0x9D -> command(text, c == ESC ? at + 2 : at + 1);
      case 'P', 0x90, '_', 0x9F, '^', 0x9E, 'X' ->
          new Found(Severity.CRITICAL, "a command for the terminal itself");
      default -> new Found(c == ESC ? Severity.MEDIUM : Severity.LOW, "an escape");
    };
  }

  /* ESC ] 8 is a link and ESC ] 0 a title; 52 is the clipboard, 50 and others configure. */
  private static Found command(String text, int at) {
    int end = at;
    while (end < text.length() && end - at < 5 && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return switch (text.substring(at, end)) {
      case "8", "0", "1", "2", "9", "133", "633" -> new Found(Severity.LOW, "a link or a title");
      default -> new Found(Severity.CRITICAL, "a command for the terminal itself");
    };
  }

  private static Found sequence(String text, int from) {
    int at = from;
    while (at < text.length()
        && at - from < 40
        && text.charAt(at) >= 0x20
        && text.charAt(at) < 0x40) {
      at++;
    }
    if (at >= text.length()) {
      return new Found(Severity.LOW, "an unfinished escape");
    }
    return switch (text.charAt(at)) {
      case 'm' -> colour(text.substring(from, at));
      case 'J', 'K', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'f', 'h', 'l', 's', 'u', 'X' ->
          new Found(Severity.MEDIUM, "an escape that moves or erases");
      case 'n', 'c', 'i', 't', 'q', 'y' ->
          new Found(Severity.HIGH, "an escape that makes the terminal answer");
      default -> new Found(Severity.MEDIUM, "an escape");
    };
  }

  private static Found colour(String numbers) {
    for (String number : numbers.split("[;:]", -1)) {
      if (number.equals("8") && isConceal(numbers)) {
        return new Found(Severity.CRITICAL, "text that the terminal does not show");
      }
    }
    return new Found(Severity.UNKNOWN, "a colour");
  }

  /* "38;5;8" is a colour; "8" by itself conceals. */
  private static boolean isConceal(String numbers) {
    return !numbers.startsWith("38") && !numbers.startsWith("48") && !numbers.contains(";5;");
  }
}
