// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.model.Severity;
import java.util.ArrayList;
import java.util.List;

/// Notices characters that a person does not see and a model reads.
///
/// What many languages need passes: joiners in emoji and in the scripts that join, marks of
/// direction in texts written from right to left, pairs of isolates, soft hyphens, a byte order
/// mark in front, zero-width spaces between words.
final class HiddenTextDetector implements Detector {

  private static final int PAYLOAD = 8;
  private static final int MANY_IN_WORDS = 8;

  @Override
  public String id() {
    return "mcp.hidden-text";
  }

  @Override
  public Severity severity() {
    return Severity.CRITICAL;
  }

  @Override
  public List<Alert> look(Matter matter) {
    List<Alert> alerts = new ArrayList<>();
    for (Piece piece : matter.pieces()) {
      Counted counted = new Counted(piece.text());
      if (counted.worst != Severity.UNKNOWN) {
        alerts.add(new Alert(id(), counted.worst, piece.path(), counted.what));
      }
    }
    return alerts;
  }

  /// What is hidden in one text, read once from its start to its end.
  private static final class Counted {
    Severity worst = Severity.UNKNOWN;
    String what = "";
    private final String text;
    private int tags;
    private int zeroRun;
    private int zeroInWords;
    private int stray;
    private int selectors;
    private int overrides;
    private int marks;
    private int isolates;
    private int opened;
    private int fillers;
    private boolean rightToLeft;

    Counted(String text) {
      this.text = text;
      int before = -1;
      for (int i = 0; i < text.length(); ) {
        int c = text.codePointAt(i);
        int next = i + Character.charCount(c);
        if (c >= 0x590) {
          look(c, before, i, next);
        } else if (zeroRun > 0) {
          zeroRun = 0;
        }
        before = c;
        i = next;
      }
      judge();
    }

    private int after(int next) {
      return next < text.length() ? text.codePointAt(next) : -1;
    }

    private void look(int c, int before, int at, int next) {
      if (Invisible.isZeroWidth(c)) {
        zeroWidth(c, before, at, next);
        return;
      }
      zeroRun = 0;
      if (Invisible.isTag(c)) {
        tag(c, before);
      } else if (Invisible.isOverride(c)) {
        overrides++;
      } else if (Invisible.isMark(c)) {
        marks++;
      } else if (c == 0x202C || c == 0x2069) {
        opened--;
        isolates += opened < 0 ? 1 : 0;
      } else if (Invisible.isBidi(c)) {
        opened++;
      } else if (Invisible.isVariationSelector(c)) {
        boolean run = before >= 0 && Invisible.isVariationSelector(before);
        selectors += run ? 1 : 0;
      } else if (Invisible.isFiller(c)) {
        fillers++;
      } else if (Invisible.isRightToLeft(c)) {
        rightToLeft = true;
      }
    }

    private void zeroWidth(int c, int before, int at, int next) {
      int after = after(next);
      if ((c == 0xFEFF && at == 0) || isJoiner(c, before, after)) {
        return;
      }
      zeroRun++;
      if (zeroRun >= PAYLOAD) {
        raise(Severity.CRITICAL, "a row of characters without width");
      }
      if (isAlphabetic(before) && isAlphabetic(after)) {
        zeroInWords++;
      } else if (c != 0x200B && c != 0x2060) {
        stray++;
      }
    }

    private static boolean isAlphabetic(int c) {
      return c > 0 && c < 0x530 && Character.isLetter(c);
    }

    private static boolean isJoiner(int c, int before, int after) {
      if ((before >= 0x590 && Invisible.isJoining(before))
          || (after >= 0x590 && Invisible.isJoining(after))) {
        return true;
      }
      return c == 0x200D
          && before >= 0
          && after >= 0
          && (Invisible.isPictograph(before) || before == 0xFE0F)
          && Invisible.isPictograph(after);
    }

    /* The flags of England, Scotland and Wales: a black flag, six tags at most, a closing tag. */
    private void tag(int c, int before) {
      boolean inFlag = flagLeft > 0;
      if (before == 0x1F3F4) {
        flagLeft = 7;
        inFlag = true;
      }
      if (inFlag) {
        flagLeft = c == 0xE007F ? 0 : flagLeft - 1;
      } else {
        tags++;
      }
    }

    private int flagLeft;

    private void judge() {
      if (tags >= 4) {
        raise(Severity.CRITICAL, "text spelled in tag characters");
      } else if (tags > 0) {
        raise(Severity.HIGH, "tag characters");
      }
      if (selectors >= 4) {
        raise(Severity.CRITICAL, "bytes in variation selectors");
      } else if (selectors > 0) {
        raise(Severity.MEDIUM, "variation selectors in a row");
      }
      if (overrides > 0) {
        raise(
            rightToLeft ? Severity.HIGH : Severity.CRITICAL,
            "the direction of writing is overridden");
      }
      if (!rightToLeft && (opened != 0 || isolates > 0)) {
        raise(Severity.HIGH, "the direction of writing is changed and not changed back");
      }
      if (zeroInWords >= MANY_IN_WORDS) {
        raise(Severity.HIGH, "words with characters without width inside");
      } else if (zeroInWords > 2) {
        raise(Severity.MEDIUM, "words with characters without width inside");
      }
      if (fillers >= PAYLOAD) {
        raise(Severity.HIGH, "letters that are not drawn");
      } else if (stray > 2 || fillers > 0 || (marks > 4 && !rightToLeft)) {
        raise(Severity.MEDIUM, "characters that are not drawn");
      }
    }

    private void raise(Severity severity, String why) {
      if (severity.compareTo(worst) < 0) {
        worst = severity;
        what = why;
      }
    }
  }
}
