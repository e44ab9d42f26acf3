// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import static dev.redoubt.relay.detectors.Meaning.*;

import dev.redoubt.model.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads a description by how it is built: whether a private file is to end up in a parameter,
/// whether something is said past the user, whether another tool is to get other arguments.
///
/// Looks at a bounded stretch around each of a bounded number of anchors. For one thread.
final class Advice {

  private static final int ANCHORS = 64;
  private static final int BEFORE = 120;
  private static final int BEHIND = 160;
  private static final Set<String> HANDS =
      Set.of(
          "put", "pass", "give", "hand", "include", "supply", "provide", "attach", "fill", "insert",
          "copy", "paste", "place", "write", "store", "send");
  private static final Set<String> TARGETS =
      Set.of("parameter", "param", "argument", "field", "parameters", "arguments", "fields");
  private static final Set<String> TOWARDS =
      Set.of(
          "in", "into", "as", "to", "via", "als", "dans", "comme", "en", "como", "come", "nel",
          "em", "в", "как", "w", "jako", "i", "som");
  private static final Set<String> CONDITIONS =
      Set.of("whenever", "when", "before", "after", "always", "instead", "every", "each", "once");
  private static final Set<String> CHANGES =
      Set.of("change", "replace", "rewrite", "overwrite", "alter", "swap", "redirect", "bcc");
  private static final Set<String> CHANGED =
      Set.of(
          "recipient",
          "recipients",
          "amount",
          "destination",
          "account",
          "argument",
          "arguments",
          "parameter",
          "parameters",
          "address",
          "payee",
          "url",
          "host",
          "branch",
          "target");
  private static final Set<String> OR = Set.of("or", "default", "defaults", "unless", "if", "oder");

  private final Matter matter;
  private final Set<String> parameters = new HashSet<>();
  private final Set<String> others = new HashSet<>();

  Advice(Matter matter) {
    this.matter = matter;
    matter
        .surroundings()
        .tool()
        .flatMap(tool -> tool.get("inputSchema"))
        .flatMap(schema -> schema.get("properties"))
        .ifPresent(properties ->
            properties.fields().keySet().forEach(name -> parameters.add(lower(name))));
    for (String name : matter.surroundings().names()) {
      if (!name.equalsIgnoreCase(matter.subject())) {
        others.add(lower(name));
      }
    }
  }

  /// Returns the alert that the description hands private things over or speaks past the user.
  Optional<Alert> poisoning(String detector) {
    return first(detector, this::poisons);
  }

  /// Returns the alert that the description changes what another tool is given.
  Optional<Alert> shadowing(String detector) {
    return others.isEmpty() ? Optional.empty() : first(detector, (text, _) -> shadows(text));
  }

  private interface Look {
    String what(String folded, String own);
  }

  private Optional<Alert> first(String detector, Look look) {
    for (Piece piece : matter.pieces()) {
      String what = look.what(Folding.fold(piece.text()), own(piece.path()));
      if (!what.isEmpty()) {
        return Optional.of(new Alert(detector, Severity.CRITICAL, piece.path(), what));
      }
    }
    return Optional.empty();
  }

  /* The parameter whose description a text is. */
  private static String own(String path) {
    int at = path.lastIndexOf(".properties.");
    if (at < 0) {
      return "";
    }
    String rest = path.substring(at + ".properties.".length());
    int dot = rest.indexOf('.');
    return lower(dot < 0 ? rest : rest.substring(0, dot));
  }

  private String poisons(String text, String own) {
    Heard heard = new Heard(text);
    for (int file : heard.of(FILE)) {
      if (!heard.isNegated(file) && isHandedOver(heard, text, file, own)) {
        return "wants a private file handed over";
      }
    }
    return PastTheUser.isSpoken(heard, text) ? "says something past the user" : "";
  }

  private boolean isHandedOver(Heard heard, String text, int file, String own) {
    int from = sentence(text, file);
    if (!heard.isIn(from, file, READ) && !heard.isIn(from, file, SEND)) {
      return false;
    }
    List<String> words = words(text.substring(file, Math.min(text.length(), file + BEHIND)));
    boolean hand = false;
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (OR.contains(word)) {
        return false;
      }
      hand |= HANDS.contains(word);
      boolean named = parameters.contains(word) && !word.equals(own);
      boolean towards = TOWARDS.contains(words.get(i - 1)) || TARGETS.contains(words.get(i - 1));
      if ((named && towards)
          || (hand && (TARGETS.contains(word) || others.contains(word)))
          || (hand && towards && word.indexOf('_') > 0)) {
        return true;
      }
    }
    return false;
  }

  private String shadows(String text) {
    int at = 0;
    for (int anchors = 0; anchors < ANCHORS && at < text.length(); ) {
      while (at < text.length() && !isWord(text.charAt(at))) {
        at++;
      }
      int start = at;
      while (at < text.length() && isWord(text.charAt(at))) {
        at++;
      }
      String word = text.substring(start, at);
      if (others.contains(word) && isTool(text, start, at, word)) {
        anchors++;
        List<String> before = words(text.substring(sentence(text, start), start));
        String behind = text.substring(at, Math.min(text.length(), at + BEHIND));
        if (before.stream().anyMatch(CONDITIONS::contains) && changes(words(behind))) {
          return "changes what another tool is given";
        }
      }
    }
    return "";
  }

  /* A name of one plain word is a word of the language unless something says otherwise. */
  private static boolean isTool(String text, int start, int end, String word) {
    return word.indexOf('_') > 0
        || word.indexOf('-') > 0
        || (start > 0 && "`'\"".indexOf(text.charAt(start - 1)) >= 0)
        || text.startsWith(" tool", end)
        || text.startsWith("tool ", start - 5);
  }

  private static boolean changes(List<String> words) {
    int verb = -1;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (CHANGES.contains(word)) {
        verb = i;
      }
      if (verb >= 0 && i - verb < 8 && CHANGED.contains(word)) {
        return true;
      }
    }
    return false;
  }

  static int sentence(String text, int at) {
    for (int i = at - 1; i > 0 && at - i < BEFORE; i--) {
      char c = text.charAt(i);
      if ((c == ' ' && ".!?;".indexOf(text.charAt(i - 1)) >= 0) || "。！？".indexOf(c) >= 0) {
        return i + 1;
      }
    }
    return Math.max(0, at - BEFORE);
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      while (at < text.length() && !isWord(text.charAt(at))) {
        at++;
      }
      int start = at;
      while (at < text.length() && isWord(text.charAt(at))) {
        at++;
      }
      if (at > start) {
        words.add(text.substring(start, at));
      }
    }
    return words;
  }

  private static boolean isWord(char c) {
    return c == '_' || c == '-' || Character.isLetterOrDigit(c);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /// Where phrases of the lexicon are in one text, a bounded number of each.
  static final class Heard {

    private static final int MOST = 4 * ANCHORS;
    private final List<List<Integer>> starts = new ArrayList<>();
    private final String text;

    @SuppressWarnings("EnumOrdinal") // a bit for each meaning
    Heard(String text) {
      this.text = text;
      for (int i = 0; i < Meaning.values().length; i++) {
        starts.add(new ArrayList<>());
      }
      Lexicon.builtIn()
          .search(
              text,
              (meanings, start, _) -> {
                for (long rest = meanings; rest != 0; rest &= rest - 1) {
                  List<Integer> where = starts.get(Long.numberOfTrailingZeros(rest));
                  if (where.size() < MOST && (where.isEmpty() || where.getLast() != start)) {
                    where.add(start);
                  }
                }
              });
    }

    @SuppressWarnings("EnumOrdinal")
    List<Integer> of(Meaning meaning) {
      return starts.get(meaning.ordinal());
    }

    boolean isIn(int from, int to, Meaning meaning) {
      return of(meaning).stream().anyMatch(at -> at >= from && at < to);
    }

    /* "Never read", the public half of a key, a file that shows how the real one looks. */
    boolean isNegated(int file) {
      int end = file;
      while (end < text.length() && end - file < 64 && text.charAt(end) > ' ') {
        end++;
      }
      String name = text.substring(file, end);
      return isIn(sentence(text, file), file, NOT)
          || name.contains(".pub")
          || name.contains(".example")
          || name.contains(".sample")
          || name.contains(".template");
    }
  }
}
