// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import java.util.Set;

/// Where an element ends that needs no closing tag.
///
/// @param begins what ends it by beginning
/// @param ends what ends it by ending, because it was inside
/// @param around what can be inside with elements of its own that end nothing of this one
record ImpliedEnd(Set<String> begins, Set<String> ends, Set<String> around) {

  private static final ImpliedEnd NONE = new ImpliedEnd(Set.of(), Set.of(), Set.of());
  private static final ImpliedEnd PARAGRAPH =
      new ImpliedEnd(
          Set.of(
              "p",
              "div",
              "section",
              "article",
              "aside",
              "header",
              "footer",
              "main",
              "nav",
              "address",
              "blockquote",
              "center",
              "details",
              "dialog",
              "dl",
              "fieldset",
              "figure",
              "figcaption",
              "form",
              "h1",
              "h2",
              "h3",
              "h4",
              "h5",
              "h6",
              "hgroup",
              "hr",
              "menu",
              "ol",
              "ul",
              "li",
              "dt",
              "dd",
              "pre",
              "search",
              "summary",
              "table",
              "td",
              "th",
              "tr"),
          Set.of(
              "div",
              "section",
              "article",
              "aside",
              "header",
              "footer",
              "main",
              "nav",
              "address",
              "blockquote",
              "center",
              "details",
              "dialog",
              "dl",
              "fieldset",
              "figure",
              "figcaption",
              "form",
              "menu",
              "ol",
              "ul",
              "li",
              "dt",
              "dd",
              "table",
              "td",
              "th",
              "tr",
              "body"),
          Set.of());
  private static final Set<String> LISTS = Set.of("ul", "ol", "menu");
  private static final ImpliedEnd ITEM = new ImpliedEnd(Set.of("li"), LISTS, LISTS);
  private static final ImpliedEnd TERM =
      new ImpliedEnd(Set.of("dt", "dd"), Set.of("dl"), Set.of("dl"));
  private static final Set<String> TABLE = Set.of("table");
  private static final Set<String> GROUPS = Set.of("tbody", "thead", "tfoot");
  private static final ImpliedEnd CELL =
      new ImpliedEnd(
          Set.of("td", "th", "tr", "tbody", "thead", "tfoot"),
          Set.of("tr", "tbody", "thead", "tfoot", "table"),
          TABLE);
  private static final ImpliedEnd ROW =
      new ImpliedEnd(
          Set.of("tr", "tbody", "thead", "tfoot"),
          Set.of("tbody", "thead", "tfoot", "table"),
          TABLE);
  private static final ImpliedEnd GROUP = new ImpliedEnd(GROUPS, TABLE, TABLE);

  static ImpliedEnd of(String element) {
    return switch (element) {
      case "p" -> PARAGRAPH;
      case "li" -> ITEM;
      case "dt", "dd" -> TERM;
      case "td", "th" -> CELL;
      case "tr" -> ROW;
      case "tbody", "thead", "tfoot" -> GROUP;
      default -> NONE;
    };
  }

  /// Returns whether the tag `name` ends it, read where nothing else is open in it.
  boolean isAt(String name, boolean opens) {
    return (opens ? begins : ends).contains(name);
  }

  /// Returns whether the tags `name` are counted inside `element`.
  boolean nests(String name, String element) {
    return begins.isEmpty() ? name.equals(element) : around.contains(name);
  }
}
