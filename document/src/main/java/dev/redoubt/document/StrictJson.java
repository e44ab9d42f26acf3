// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

/// Reads JSON as RFC 8259 has it and nothing else: UTF-8, one value, no comments, no trailing
/// commas, no key twice in an object.
///
/// Not with the library that reads everything else: the events of other agents are read here, and
/// an agent waits for each. The library needs `BigDecimal`, whose tables take JDK 25 some 20 ms at
/// every start.
final class StrictJson {

  private static final char END = '\0';
  private static final int LONGEST_NUMBER = 1_000;

  private final String text;
  private final TreeBuilder tree;
  private int at;
  private int line = 1;
  /* Whether the innermost object or list has just been opened, so that no comma stands here. */
  private boolean opened;

  private StrictJson(String text, TreeBuilder tree) {
    this.text = text;
    this.tree = tree;
  }

  /// Returns the tree of `document`.
  ///
  /// @throws DocumentException if it is malformed, empty or over a limit
  static Node read(byte[] document, Limits limits) throws DocumentException {
    Size.check(document, limits);
    return new StrictJson(Utf8.decode(document), new TreeBuilder(limits)).document();
  }

  private Node document() throws DocumentException {
    skipBlanks();
    if (atEnd()) {
      throw new DocumentException(1, "is empty, not JSON", "write the file again");
    }
    value();
    while (tree.isOpen()) {
      next();
    }
    skipBlanks();
    Node root = tree.root();
    if (!atEnd() || root == null) {
      throw new DocumentException(
          line, "text after the end of the JSON value", "remove what follows it");
    }
    return root;
  }

  /* One member of the innermost object, one item of the innermost list, or its end. */
  private void next() throws DocumentException {
    boolean object = tree.isInObject();
    skipBlanks();
    if (!atEnd() && peek() == (object ? '}' : ']')) {
      at++;
      tree.close();
      opened = false;
      return;
    }
    if (!opened) {
      expect(',', object ? "\",\" or \"}\"" : "\",\" or \"]\"");
      skipBlanks();
    }
    if (object) {
      key();
    }
    value();
  }

  private void key() throws DocumentException {
    if (peek() != '"') {
      throw unexpected("a key in double quotes");
    }
    String key = string();
    if (tree.hasKey(key)) {
      throw malformed("the key \"" + Size.shorten(key) + "\" is given twice");
    }
    tree.key(key);
    skipBlanks();
    expect(':', "\":\"");
    skipBlanks();
  }

  private void value() throws DocumentException {
    opened = false;
    switch (peek()) {
      case '{' -> {
        tree.openObject(line);
        at++;
        opened = true;
      }
      case '[' -> {
        tree.openList(line);
        at++;
        opened = true;
      }
      case '"' -> tree.add(new Node.Text(string(), line), 1);
      case 't' -> word("true", new Node.Bool(true, line));
      case 'f' -> word("false", new Node.Bool(false, line));
      case 'n' -> word("null", new Node.Nothing(line));
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
          tree.add(new Node.Num(number(), line), 1);
      default -> throw unexpected("a value");
    }
  }

  private void word(String word, Node node) throws DocumentException {
    if (!text.startsWith(word, at)) {
      throw unexpected("a value");
    }
    at += word.length();
    tree.add(node, 1);
  }

  private String number() throws DocumentException {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (peek() == '.') {
      at++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
    if (at - start > LONGEST_NUMBER) {
      throw malformed("a number has more than %,d characters".formatted(LONGEST_NUMBER));
    }
    return text.substring(start, at);
  }

  private void digits() throws DocumentException {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw unexpected("a digit");
    }
  }

  private String string() throws DocumentException {
    at++;
    int start = at;
    StringBuilder unescaped = new StringBuilder(0);
    while (peek() != '"') {
      if (atEnd()) {
        throw malformed("a text has no end");
      }
      if (peek() < ' ') {
        throw unexpected("a character that can stand in a text");
      }
      if (peek() == '\\') {
        unescaped.append(text, start, at).append(escaped());
        start = at;
      } else {
        at++;
      }
    }
    at++;
    return unescaped.isEmpty()
        ? text.substring(start, at - 1)
        : unescaped.append(text, start, at - 1).toString();
  }

  /* Half a pair of surrogates is taken as it is, as other readers do. */
  private char escaped() throws DocumentException {
    at++;
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw malformed("\\" + c + " stands for nothing in a text");
    };
  }

  private char unicode() throws DocumentException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = peek() < 0x80 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        throw unexpected("four digits from 0 to f");
      }
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }

  private void skipBlanks() {
    while (!atEnd()) {
      switch (text.charAt(at)) {
        case ' ', '\t' -> at++;
        case '\n' -> newLine();
        case '\r' -> {
          if (at + 1 < text.length() && text.charAt(at + 1) == '\n') {
            at++;
          }
          newLine();
        }
        default -> {
          return;
        }
      }
    }
  }

  private void newLine() {
    at++;
    line++;
  }

  private boolean atEnd() {
    return at >= text.length();
  }

  /* Returns a zero at the end, which stands nowhere in JSON. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private void expect(char c, String what) throws DocumentException {
    if (peek() != c) {
      throw unexpected(what);
    }
    at++;
  }

  private DocumentException unexpected(String wanted) {
    String found = atEnd() ? "the end" : "\"" + text.substring(at, at + 1) + "\"";
    return malformed("expected " + wanted + ", not " + found);
  }

  private DocumentException malformed(String what) {
    return new DocumentException(line, "is not JSON: " + what, "correct the file");
  }
}
