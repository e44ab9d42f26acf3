// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.model.Severity;
import dev.redoubt.relay.detectors.Orders.Kind;
import dev.redoubt.relay.detectors.Orders.Order;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Reads one text for orders: remembers where each meaning was met last, and says which rules have
/// all of theirs close together. Time grows with the text, memory does not. For one thread.
@SuppressWarnings({"EnumOrdinal", "ReferenceEquality"}) // a bit for each meaning
final class OrderReader implements Lexicon.Hearer {

  /* How far apart parts of one order are. */
  private static final int SENTENCE = 75;
  private static final int NO_BLANK_SENTENCE = 22;
  private static final int NEAR = 40;
  private static final int CLAUSE = 60;
  private static final int TO_ADDRESS = 130;
  private static final int DESCRIPTION = 2_000;
  private static final int PARAGRAPH = 500;
  private static final int BEFORE_MENTION = 260;
  private static final int LONGEST_NAME = 64;
  private static final int NEVER = -1_000_000;
  private static final char NO_BLANKS = 0x2E80;
  private static final String[] NO_BEFORE =
      folded(
          "não ", "não se ", "no ", "no se ", "non ", "n'", "ne ", "не ", "nie ", "nu ", "μην ",
          "μη ", "jangan ", "đừng ", "không ", "อย่า", "لا ", "لن ", "न ", "मत ", "ना ", "不要", "别",
          "勿", "請勿", "אל ", "ne ", "usi", "eivät ", "älä ", "älkää ", "inte ", "ikke ", "nicht ",
          "niet ", "nem ");
  private static final String[] NO_BEHIND =
      folded(
          " inte",
          " ikke",
          " pas",
          " niet",
          " nicht",
          " sie nicht",
          " jamais",
          " not",
          "ないで",
          "ずに",
          "ません",
          "하지 마",
          "하지 말",
          "지 마",
          "지 말",
          "密码",
          "密碼",
          "パスワード",
          " नहीं",
          " मत",
          " न ",
          "mayın",
          "mayin",
          "নয়",
          " না");

  private static String[] folded(String... texts) {
    String[] out = new String[texts.length];
    for (int i = 0; i < texts.length; i++) {
      String blank = texts[i].endsWith(" ") ? " " : "";
      String front = texts[i].startsWith(" ") ? " " : "";
      out[i] = front + Folding.fold(texts[i].strip()) + blank;
    }
    return out;
  }

  private final String text;
  private final Matter matter;
  private final List<OrderRule> rules;
  private final Kind kind;
  private final int window;
  private final int[] last = new int[Meaning.values().length];
  private final Map<Kind, Order> worst = new EnumMap<>(Kind.class);
  private boolean spokenOf;
  private int sentence;
  private int read;
  private long looked;

  OrderReader(Matter matter, Decoded decoded) {
    this.matter = matter;
    this.text = Folding.fold(decoded.text());
    boolean descriptor = matter.place() == Place.DESCRIPTOR;
    this.kind = descriptor ? Kind.POISONING : Kind.INJECTION;
    this.rules =
        decoded.isCovert()
            ? OrderRule.COVERED
            : descriptor ? OrderRule.DESCRIPTOR : OrderRule.CONTENT;
    this.window = descriptor ? DESCRIPTION : PARAGRAPH;
    Arrays.fill(last, NEVER);
  }

  /// Returns the worst order of each kind.
  Map<Kind, Order> read() {
    looked = Lexicon.builtIn().search(text, this);
    return worst;
  }

  /// Returns how many letters were looked at.
  long looked() {
    return looked;
  }

  @Override
  public void hears(long meanings, int start, int end) {
    long now = 0;
    for (long rest = meanings; rest != 0; rest &= rest - 1) {
      Meaning meaning = Meaning.values()[Long.numberOfTrailingZeros(rest)];
      if (counts(meaning, start, end)) {
        now |= meaning.bit();
        if (meaning == Meaning.IGNORE || meaning == Meaning.OVERRULE) {
          spokenOf = isSpokenOf(start);
        }
        last[meaning.ordinal()] = start;
      }
    }
    if (now != 0) {
      judge(now | composed(now, start), start);
    }
  }

  private int at(Meaning meaning) {
    return last[meaning.ordinal()];
  }

  private boolean within(Meaning meaning, int now, int distance) {
    return now - at(meaning) <= distance;
  }

  private boolean counts(Meaning meaning, int start, int end) {
    return switch (meaning) {
      case SINK -> text.charAt(start) != '@' || isMail(start);
      case NAMED -> isName(start);
      // The public half of a key, and a file that shows how the real one looks.
      case FILE ->
          !continues(end, ".example", ".sample", ".template", ".dist") && !isPublicKey(start);
      case IGNORE -> !isNegated(start, end);
      default -> true;
    };
  }

  /* "Do not forget", before or behind the verb. */
  private boolean isNegated(int start, int end) {
    if (start - at(Meaning.NOT) > 0 && start - at(Meaning.NOT) < 14) {
      return true;
    }
    for (String no : NO_BEFORE) {
      if (start >= no.length() && text.startsWith(no, start - no.length())) {
        return true;
      }
    }
    return continues(end, NO_BEHIND);
  }

  /* Whether a sentence ended between `before` and here. */
  private boolean sameSentence(Meaning before, int start) {
    while (read < start) {
      char c = text.charAt(read++);
      boolean end = c == '.' || c == '!' || c == '?' || c == ';';
      if ((end && read < text.length() && text.charAt(read) == ' ') || "。！？।؟۔".indexOf(c) >= 0) {
        sentence = read;
      }
    }
    return at(before) >= sentence;
  }

  private boolean isPublicKey(int start) {
    int end = start;
    while (end < text.length() && end - start < LONGEST_NAME && text.charAt(end) > ' ') {
      end++;
    }
    return text.substring(start, end).contains(".pub");
  }

  private boolean continues(int at, String... endings) {
    for (String ending : endings) {
      if (text.startsWith(ending, at)) {
        return true;
      }
    }
    return false;
  }

  private boolean isMail(int at) {
    if (at == 0 || at + 3 >= text.length() || !Character.isLetterOrDigit(text.charAt(at - 1))) {
      return false;
    }
    int dot = text.indexOf('.', at, Math.min(text.length(), at + LONGEST_NAME));
    int blank = text.indexOf(' ', at, Math.min(text.length(), at + LONGEST_NAME));
    return dot > 0 && (blank < 0 || dot < blank) && Character.isLetterOrDigit(text.charAt(at + 1));
  }

  /* The name of another tool of this server counts as one, and not only as a name. */
  private boolean isName(int at) {
    int from = at;
    while (from > 0 && at - from < LONGEST_NAME && isNameLetter(text.charAt(from - 1))) {
      from--;
    }
    int to = at;
    while (to < text.length() && to - at < LONGEST_NAME && isNameLetter(text.charAt(to))) {
      to++;
    }
    if (from == at || to == at + 1) {
      return false;
    }
    String name = text.substring(from, to);
    if (!name.equalsIgnoreCase(matter.subject()) && matter.surroundings().names().contains(name)) {
      last[Meaning.OTHERS.ordinal()] = at;
      judge(Meaning.OTHERS.bit(), at);
    }
    return true;
  }

  private static boolean isNameLetter(char c) {
    return c == '_' || c == '-' || (c < 0x80 && Character.isLetterOrDigit(c));
  }

  private long composed(long now, int start) {
    long more = override(now, start) | conceal(now, start) | take(now, start);
    if (has(now, Meaning.TOOL, Meaning.NAMED) && within(Meaning.CALL, start, NEAR)) {
      more |= note(Meaning.USE, start);
    }
    if ((has(now, Meaning.SINK) && within(Meaning.SEND, start, TO_ADDRESS))
        || (has(now, Meaning.SEND) && within(Meaning.SINK, start, NEAR))) {
      more |= note(Meaning.DELIVER, start);
    }
    return more;
  }

  private long override(long now, int start) {
    if (!has(now, Meaning.IGNORE, Meaning.OVERRULE, Meaning.PRIOR, Meaning.ALL, Meaning.INSTR)
        || !isSaid(Meaning.INSTR, start)) {
      return 0;
    }
    boolean ignores = isSaid(Meaning.IGNORE, start);
    boolean all = isSaid(Meaning.ALL, start);
    if (!(ignores || isSaid(Meaning.OVERRULE, start)) || !(all || isSaid(Meaning.PRIOR, start))) {
      return 0;
    }
    long more = note(Meaning.OVERRIDE, start);
    if (!spokenOf && ignores) {
      more |= note(Meaning.OVERRIDE_PLAIN, start);
      if (all) {
        more |= note(Meaning.OVERRIDE_ALL, start);
      }
    }
    return more;
  }

  /* A few signs say as much where there are no blanks as a line does elsewhere. */
  private boolean isSaid(Meaning meaning, int start) {
    int distance = text.charAt(start) >= NO_BLANKS ? NO_BLANK_SENTENCE : SENTENCE;
    return within(meaning, start, distance) && sameSentence(meaning, start);
  }

  private long conceal(long now, int start) {
    if (has(now, Meaning.HIDE)) {
      return note(Meaning.CONCEAL, start);
    }
    boolean told =
        has(now, Meaning.USER)
            && within(Meaning.TELL, start, NEAR)
            && at(Meaning.TELL) > at(Meaning.NOT)
            && at(Meaning.TELL) - at(Meaning.NOT) < 25;
    return told ? note(Meaning.CONCEAL, start) : 0;
  }

  /* In English the verb comes first; where verbs come last there are other letters. */
  private long take(long now, int start) {
    boolean verb =
        (within(Meaning.READ, start, CLAUSE) && sameSentence(Meaning.READ, start))
            || (within(Meaning.SEND, start, CLAUSE) && sameSentence(Meaning.SEND, start));
    int said = Math.max(at(Meaning.READ), at(Meaning.SEND));
    boolean forbidden = said - at(Meaning.NOT) > 0 && said - at(Meaning.NOT) < 20;
    long more = 0;
    if (has(now, Meaning.SECRET, Meaning.FILE) && verb && !forbidden) {
      more |= note(Meaning.TAKE, start);
      if (has(now, Meaning.FILE)) {
        more |= note(Meaning.TAKE_FILE, start);
      }
    }
    boolean foreign = text.charAt(start) >= 0x590;
    if (has(now, Meaning.READ, Meaning.SEND)
        && (within(Meaning.SECRET, start, NEAR) || within(Meaning.FILE, start, NEAR))
        && foreign) {
      more |= note(Meaning.TAKE, start);
      if (within(Meaning.FILE, start, NEAR)) {
        more |= note(Meaning.TAKE_FILE, start);
      }
    }
    boolean shown = within(Meaning.SHOW, start, CLAUSE) || within(Meaning.READ, start, CLAUSE);
    boolean told = within(Meaning.SECRET, start, NEAR) || within(Meaning.INSTR, start, NEAR);
    if ((has(now, Meaning.SECRET, Meaning.INSTR) && shown)
        || (has(now, Meaning.SHOW) && foreign && told)) {
      more |= note(Meaning.TELL_PROMPT, start);
    }
    return more;
  }

  private long note(Meaning meaning, int start) {
    last[meaning.ordinal()] = start;
    return meaning.bit();
  }

  private static boolean has(long bits, Meaning... any) {
    for (Meaning meaning : any) {
      if ((bits & meaning.bit()) != 0) {
        return true;
      }
    }
    return false;
  }

  private void judge(long now, int start) {
    for (OrderRule rule : rules) {
      if ((rule.meanings() & now) != 0 && isWorse(rule) && isMet(rule.meanings(), start)) {
        Kind whose = rules == OrderRule.COVERED ? kind : rule.kind();
        worst.put(whose, new Order(rule.severity(), "", rule.what()));
      }
    }
  }

  private boolean isWorse(OrderRule rule) {
    Order before = worst.get(rules == OrderRule.COVERED ? kind : rule.kind());
    Severity severity = rule.severity();
    return before == null || severity.compareTo(before.severity()) < 0;
  }

  private boolean isMet(long meanings, int start) {
    for (long rest = meanings; rest != 0; rest &= rest - 1) {
      if (start - last[Long.numberOfTrailingZeros(rest)] > window) {
        return false;
      }
    }
    return true;
  }

  /* Quoted in a text about such orders, right behind a word that says so, or left to the reader. */
  private boolean isSpokenOf(int start) {
    if (isOwn(start)) {
      return true;
    }
    if (within(Meaning.ABOUT, start, 30) || within(Meaning.IF, start, NEAR)) {
      return true;
    }
    return within(Meaning.ABOUT, start, BEFORE_MENTION) && isQuoted(start);
  }

  /* Somebody takes back what they themselves said of one thing: "my instructions for the cake". */
  private boolean isOwn(int start) {
    int end = start;
    while (end < text.length() && end - start < SENTENCE && ".!?;".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String clause = text.substring(start, end);
    for (String mine : new String[] {" my ", " mes ", " meine ", " mis ", " minhas ", " mie "}) {
      int at = clause.indexOf(mine);
      for (String of : new String[] {" for the ", " pour le", " fur d", " para l", " per l"}) {
        if (at >= 0 && clause.indexOf(of, at) > 0) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isQuoted(int start) {
    for (int i = start - 1; i >= 0 && start - i <= CLAUSE; i--) {
      char c = text.charAt(i);
      if (c == '"' || c == '`' || c == '«' || c == '»' || c == '「' || c == '『') {
        return true;
      }
      if (c == '\'' && (i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1)))) {
        return true;
      }
      if (c == '.' && start - i > 3) {
        return false;
      }
    }
    return false;
  }
}
