// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.instructions;

import dev.redoubt.model.Finding;
import dev.redoubt.model.InstructionFile;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.Matches;
import dev.redoubt.scan.api.PluginId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reports characters that a person does not see and a model reads.
///
/// High: tags (U+E0000 and up), runs of variation selectors, overrides of the direction of writing,
/// 8 or more zero-width characters on a line, terminal escapes. Medium: fewer of them. Fine: a byte
/// order mark at the start, joiners inside emoji and in the scripts that need them, one variation
/// selector after something it selects for, direction marks in text written from right to left.
public final class InstructionHiddenUnicodeMatcher implements Matcher {

  private static final PluginId ID = new PluginId("instruction-hidden-unicode");
  private static final int MANY = 8;

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public Matches match(Inventory inventory) {
    return Matches.of(
        inventory.instructions().stream().flatMap(file -> finding(file).stream()).toList());
  }

  private static Optional<Finding> finding(InstructionFile file) {
    InstructionFinding found = new InstructionFinding(ID, file);
    int number = 0;
    for (String line : (Iterable<String>) file.text().lines()::iterator) {
      number++;
      Hidden hidden = new Hidden(line, number == 1);
      if (hidden.worst != Severity.UNKNOWN) {
        found.add(number, hidden.evidence(), hidden.worst);
      }
    }
    return found.finding("Holds characters that a person does not see and a model reads");
  }

  /// What is hidden in one line.
  private static final class Hidden {
    final Map<Integer, Integer> counts = new TreeMap<>();
    final StringBuilder spelled = new StringBuilder();
    Severity worst = Severity.UNKNOWN;
    private final int[] points;
    private final boolean rightToLeft;

    Hidden(String line, boolean first) {
      points = line.codePoints().toArray();
      rightToLeft = line.codePoints().anyMatch(Invisible::isRightToLeft);
      int from = first && points.length > 0 && points[0] == 0xFEFF ? 1 : 0;
      for (int i = from; i < points.length; i++) {
        look(i);
      }
      int zeroWidth =
          counts.entrySet().stream()
              .filter(count -> Invisible.isZeroWidth(count.getKey()))
              .mapToInt(Map.Entry::getValue)
              .sum();
      if (zeroWidth >= MANY) {
        raise(Severity.HIGH);
      }
    }

    private void look(int i) {
      int c = points[i];
      if (Invisible.isTag(c)) {
        if (!isFlag(i)) {
          spelled.append(c >= 0xE0020 && c < 0xE007F ? (char) (c - 0xE0000) : '?');
          count(c, Severity.HIGH);
        }
      } else if (Invisible.isBidi(c)) {
        bidi(c);
      } else if (Invisible.isVariationSelector(c)) {
        selector(i);
      } else if (Invisible.isZeroWidth(c)) {
        if (!isJoiner(i)) {
          count(c, Severity.MEDIUM);
        }
      } else if (Invisible.isFiller(c)) {
        count(c, Severity.MEDIUM);
      } else if (c < 0x20 && c != '\t' && c != '\f') {
        count(c, c == 0x1B ? Severity.HIGH : Severity.LOW);
      }
    }

    private void bidi(int c) {
      if (Invisible.isOverride(c)) {
        count(c, Severity.HIGH);
      } else if (!rightToLeft) {
        count(c, Invisible.isMark(c) ? Severity.LOW : Severity.HIGH);
      }
    }

    /* One selector after something it can select for is how emoji and Han variants are written; a run
    of them carries bytes. */
    private void selector(int i) {
      boolean afterAnother = i > 0 && Invisible.isVariationSelector(points[i - 1]);
      boolean beforeAnother = i + 1 < points.length && Invisible.isVariationSelector(points[i + 1]);
      if (afterAnother || beforeAnother) {
        count(points[i], Severity.HIGH);
        return;
      }
      int base = i == 0 ? ' ' : points[i - 1];
      boolean supplement = points[i] >= 0xE0100;
      boolean selects =
          supplement
              ? Character.isIdeographic(base)
              : Invisible.isPictograph(base) || (base > 0x7F && !Character.isWhitespace(base));
      if (!selects) {
        count(points[i], Severity.MEDIUM);
      }
    }

    private boolean isJoiner(int i) {
      if ((points[i] != 0x200D && points[i] != 0x200C) || i == 0 || i + 1 >= points.length) {
        return false;
      }
      int before = points[i - 1];
      int after = points[i + 1];
      boolean emoji =
          points[i] == 0x200D
              && (Invisible.isPictograph(before) || before == 0xFE0F)
              && Invisible.isPictograph(after);
      return emoji || Invisible.isJoining(before) || Invisible.isJoining(after);
    }

    /* The flags of England, Scotland and Wales: a black flag, tags, and the closing tag. */
    private boolean isFlag(int i) {
      int start = i;
      while (start > 0 && Invisible.isTag(points[start - 1])) {
        start--;
      }
      int end = i;
      while (end + 1 < points.length && Invisible.isTag(points[end + 1])) {
        end++;
      }
      return start > 0
          && points[start - 1] == 0x1F3F4
          && points[end] == 0xE007F
          && end - start <= 6;
    }

    private void count(int c, Severity severity) {
      counts.merge(c, 1, Integer::sum);
      raise(severity);
    }

    private void raise(Severity severity) {
      if (severity.compareTo(worst) < 0) {
        worst = severity;
      }
    }

    String evidence() {
      StringBuilder out = new StringBuilder();
      counts.entrySet().stream()
          .limit(8)
          .forEach(count ->
              out.append(out.isEmpty() ? "" : ", ")
                  .append(
                      String.format(Locale.ROOT, "U+%04X ×%d", count.getKey(), count.getValue())));
      if (!spelled.isEmpty()) {
        String text = spelled.length() > 200 ? spelled.substring(0, 200) + "…" : spelled.toString();
        out.append(", spells \"").append(InstructionFinding.quoted(text)).append('"');
      }
      return out.toString();
    }
  }
}
