// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import java.util.ArrayList;
import java.util.List;

/// The readers of one text; they call each other and share its [Input].
final class Grammar {

  final Input in;
  final WordReader words;
  final QuoteReader quotes;
  final DollarReader dollars;
  final ParameterReader parameters;
  final ArithmeticReader arithmetic;
  final AssignmentReader assignments;
  final RedirectReader redirects;
  final ConditionReader conditions;
  final CompoundReader compounds;
  final ScriptReader scripts;

  private Grammar(Input in) {
    this.in = in;
    this.words = new WordReader(this);
    this.quotes = new QuoteReader(this);
    this.dollars = new DollarReader(this);
    this.parameters = new ParameterReader(this);
    this.arithmetic = new ArithmeticReader(this);
    this.assignments = new AssignmentReader(this);
    this.redirects = new RedirectReader(this);
    this.conditions = new ConditionReader(this);
    this.compounds = new CompoundReader(this);
    this.scripts = new ScriptReader(this);
  }

  /// Returns the tree of a whole text that starts at `origin` of the outermost one.
  ///
  /// Bodies of here-documents stand after the line of their operators. A text that may have some is
  /// read twice: first to find them, then to build the tree. The first reading leaves nested texts
  /// alone, so that the time stays in proportion to the length.
  static Script script(String text, int origin, Progress progress) {
    List<String> bodies = new ArrayList<>();
    if (text.contains("<<")) {
      new Grammar(Input.survey(text, origin, bodies)).scripts.whole();
    }
    return new Grammar(Input.of(text, origin, progress, bodies)).scripts.whole();
  }

  /// Returns the body of a here-document in which parameters and substitutions are expanded.
  static Word document(String text, int origin, Progress progress) {
    List<String> bodies = new ArrayList<>();
    if (text.contains("<<")) {
      new Grammar(Input.survey(text, origin, bodies)).quotes.document();
    }
    Grammar grammar = new Grammar(Input.of(text, origin, progress, bodies));
    List<Part> parts = grammar.quotes.document();
    return new Word(parts, grammar.in.span(0));
  }
}
