// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.model.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Notices arguments that climb out of the folder they name something in.
///
/// Critical when the climb is hidden (escapes, a zero byte, slashes of another alphabet) or ends at
/// a file of credentials or of the system; a plain `../notes.md` is only said.
final class PathEscapeDetector implements Detector {

  private static final int LONGEST = 4_096;
  private static final List<String> SENSITIVE =
      List.of(
          "etc/passwd",
          "etc/shadow",
          "etc/sudoers",
          "proc/self/",
          "/.ssh/",
          "id_rsa",
          "id_ed25519",
          "/.aws/",
          "/.kube/",
          "/.gnupg/",
          "/.netrc",
          "/.docker/config",
          "windows/win.ini",
          "windows/system32",
          "boot.ini",
          "/.git-credentials",
          "var/run/docker.sock",
          "run/secrets");

  @Override
  public String id() {
    return "mcp.path-escape";
  }

  @Override
  public Severity severity() {
    return Severity.CRITICAL;
  }

  @Override
  public List<Alert> look(Matter matter) {
    if (matter.place() != Place.ARGUMENT) {
      return List.of();
    }
    List<Alert> alerts = new ArrayList<>();
    for (Piece piece : matter.pieces()) {
      alert(piece).ifPresent(alerts::add);
    }
    return alerts;
  }

  private Optional<Alert> alert(Piece piece) {
    String raw = piece.text();
    if (raw.length() > LONGEST
        || raw.indexOf('\n') >= 0
        || (raw.indexOf("..") < 0 && !isEscaped(raw))) {
      return Optional.empty();
    }
    String plain = raw;
    for (int round = 0; round < 3; round++) {
      plain = Escapes.decoded(plain);
    }
    plain = slashes(Folding.fold(plain));
    boolean zero = raw.indexOf('\0') >= 0 || raw.toLowerCase(Locale.ROOT).contains("%00");
    if (zero && (plain.indexOf('/') >= 0 || plain.indexOf('.') >= 0)) {
      return say(piece, Severity.CRITICAL, "a path with a zero byte");
    }
    int climbs = climbs(plain);
    boolean turns = climbs == 0 && isSensitive(plain) && plain.contains("/../");
    if (turns) {
      return say(piece, Severity.CRITICAL, "a path that turns off to credentials or the system");
    }
    if (climbs == 0 || (plain.indexOf(' ') >= 0 && !isPathName(piece.name()))) {
      return Optional.empty();
    }
    if (climbs(slashes(raw)) < climbs) {
      return say(piece, Severity.CRITICAL, "a path that climbs out and hides it");
    }
    if (isSensitive(plain)) {
      return say(piece, Severity.CRITICAL, "a path that climbs out to credentials or the system");
    }
    return say(piece, climbs >= 3 ? Severity.HIGH : Severity.MEDIUM, "a path that climbs out");
  }

  private static boolean isSensitive(String path) {
    return SENSITIVE.stream().anyMatch(path::contains);
  }

  private static boolean isEscaped(String text) {
    return text.indexOf('%') >= 0
        || text.indexOf('\0') >= 0
        || text.indexOf('\uFF0E') >= 0
        || text.indexOf('\u2024') >= 0
        || text.indexOf('\u2025') >= 0;
  }

  private static boolean isPathName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("path") || lower.contains("file") || lower.contains("dir");
  }

  /* %c0%af is a slash to readers that do not look for the shortest form. */
  private static String slashes(String text) {
    return text.replace('\\', '/')
        .replace('\u2215', '/')
        .replace('\u2044', '/')
        .replace('\u29F8', '/')
        .replace("\uFFFD\uFFFD", "/")
        .replace("....//", "../");
  }

  private static int climbs(String path) {
    int climbs = 0;
    int depth = 0;
    for (String segment : path.split("/", -1)) {
      String bare = segment.startsWith("file:") ? "" : segment;
      if (bare.equals("..")) {
        depth--;
        climbs = Math.max(climbs, -depth);
      } else if (!bare.isEmpty() && !bare.equals(".")) {
        depth++;
      }
    }
    return climbs;
  }

  private Optional<Alert> say(Piece piece, Severity severity, String what) {
    return Optional.of(new Alert(id(), severity, piece.path(), what));
  }
}
