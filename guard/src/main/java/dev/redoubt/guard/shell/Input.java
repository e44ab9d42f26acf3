// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.ParseResult.BashOnly;
import java.util.ArrayList;
import java.util.List;

/// A text and how far it was read.
///
/// [#peek], [#at] and [#skip] see the text without its line continuations (a backslash and a
/// newline); where those are ordinary characters, the `raw` ones are used.
final class Input {

  /// What is behind the last character.
  static final int END = -1;

  private final String text;
  private final int origin;
  private final Progress progress;

  /// Bodies of the here-documents in the order of their operators; found by a survey.
  private final List<String> bodies;

  private final boolean survey;
  private final List<HereDocuments.Pending> pending = new ArrayList<>();
  private int pos;
  private int documents;

  private Input(String text, int origin, Progress progress, List<String> bodies, boolean survey) {
    this.text = text;
    this.origin = origin;
    this.progress = progress;
    this.bodies = bodies;
    this.survey = survey;
  }

  /// Returns an input whose purpose is to find `bodies`; nested texts are not looked at.
  static Input survey(String text, int origin, List<String> bodies) {
    return new Input(text, origin, new Progress(), bodies, true);
  }

  static Input of(String text, int origin, Progress progress, List<String> bodies) {
    return new Input(text, origin, progress, bodies, false);
  }

  String text() {
    return text;
  }

  Progress progress() {
    return progress;
  }

  boolean isSurvey() {
    return survey;
  }

  List<HereDocuments.Pending> pending() {
    return pending;
  }

  int pos() {
    return pos;
  }

  /// Returns where `position` lies in the outermost text.
  int offset(int position) {
    return origin + position;
  }

  void moveTo(int position) {
    pos = position;
  }

  /// Returns the next character without reading it.
  int peek() {
    pos = afterContinuations(pos);
    return pos < text.length() ? text.charAt(pos) : END;
  }

  /// Returns the character `ahead` after the next one.
  int at(int ahead) {
    int position = afterContinuations(pos);
    for (int i = 0; i < ahead && position < text.length(); i++) {
      position = afterContinuations(position + 1);
    }
    return position < text.length() ? text.charAt(position) : END;
  }

  boolean isAt(char first, char second) {
    return peek() == first && at(1) == second;
  }

  /// Reads the character that [#peek] returned.
  void skip() {
    pos = afterContinuations(pos) + 1;
  }

  void skip(int characters) {
    for (int i = 0; i < characters; i++) {
      skip();
    }
  }

  /// Reads `expected` or refuses.
  void expect(char expected, String where) {
    if (peek() != expected) {
      throw refuse("\"" + expected + "\" is missing " + where);
    }
    skip();
  }

  int rawPeek() {
    return pos < text.length() ? text.charAt(pos) : END;
  }

  void rawSkip() {
    pos++;
  }

  Span span(int start) {
    return new Span(text, Math.min(start, pos), pos);
  }

  Refusal refuse(String reason) {
    return new Refusal(reason, offset(pos));
  }

  void enter() {
    progress.enter(offset(pos));
  }

  void leave() {
    progress.leave();
  }

  void bashOnly(String what, int position) {
    progress.bashOnly().add(new BashOnly(what, offset(position)));
  }

  /// Says that a newline is about to be read that does not end a line of commands.
  void newlineInside() {
    if (!pending.isEmpty()) {
      throw refuse(
          "a here-document was opened before the end of this line, in the middle of a word");
    }
  }

  /// Opens a here-document and returns its body; nothing while surveying.
  String open(HereDocuments.Pending document) {
    pending.add(document);
    if (survey) {
      return "";
    }
    if (documents == bodies.size()) {
      throw refuse("a here-document has no body");
    }
    return bodies.get(documents++);
  }

  /// Keeps what a survey found; the bodies come in the order of their operators.
  void found(String body) {
    if (survey) {
      bodies.add(body);
    }
  }

  private int afterContinuations(int position) {
    int next = position;
    while (next + 1 < text.length() && text.charAt(next) == '\\' && text.charAt(next + 1) == '\n') {
      next += 2;
    }
    return next;
  }
}
