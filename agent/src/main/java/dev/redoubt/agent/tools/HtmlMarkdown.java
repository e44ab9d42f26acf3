// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Writes what a person would read of a page as Markdown.
///
/// It reads tags one after the other and builds no tree, so that no nesting costs more than its
/// length, and a broken page is no error. Scripts, styles and what is marked as hidden are left
/// out, links keep their address when it is one of the web. At most 2,000,000 characters.
final class HtmlMarkdown {

  private static final int LONGEST = 2_000_000;
  private static final int LONGEST_LINK = 2_000;
  private static final int DEEPEST_LIST = 10;
  private static final Set<String> RAW =
      Set.of("script", "style", "textarea", "title", "noframes", "xmp", "iframe", "noembed");
  private static final Set<String> LEFT_OUT =
      Set.of("template", "svg", "math", "object", "select", "noscript", "canvas", "dialog");
  private static final Set<String> EMPTY =
      Set.of(
          "br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "source",
          "embed", "track", "param", "frame");
  private static final Set<String> BLOCKS =
      Set.of(
          "p",
          "div",
          "section",
          "article",
          "header",
          "footer",
          "main",
          "nav",
          "aside",
          "table",
          "form",
          "figure",
          "figcaption",
          "dl",
          "dt",
          "dd",
          "fieldset",
          "address",
          "details",
          "summary",
          "blockquote",
          "body",
          "tbody",
          "thead");
  private static final Map<String, String> AROUND =
      Map.of("strong", "**", "b", "**", "em", "*", "i", "*", "code", "`", "kbd", "`");

  private final HtmlTags tags;
  private final StringBuilder out = new StringBuilder();
  private String title = "";
  private String link = "";
  private int linkAt = -1;
  private int lists;
  private int cells;
  private boolean ruled;
  private boolean verbatim;

  private HtmlMarkdown(String html) {
    this.tags = new HtmlTags(html);
  }

  /// Returns the page.
  static String of(PageText page) {
    return new HtmlMarkdown(page.text()).written();
  }

  private String written() {
    while (tags.next() && out.length() < LONGEST) {
      switch (tags.kind()) {
        case TEXT -> text(HtmlTags.decoded(tags.text()));
        case OPEN -> open(tags.name());
        case CLOSE -> close(tags.name());
      }
    }
    closeLink();
    String text = out.toString().strip();
    return title.isBlank() || text.startsWith("# ") ? text : "# " + title + "\n\n" + text;
  }

  private void text(String text) {
    if (verbatim) {
      out.append(VisibleText.of(text));
      return;
    }
    boolean space = out.isEmpty() || Character.isWhitespace(out.charAt(out.length() - 1));
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isWhitespace(c) || c == '\u00a0') {
        if (!space) {
          out.append(' ');
        }
        space = true;
      } else if (VisibleText.has(c)) {
        out.appendCodePoint(c);
        space = false;
      }
    }
  }

  private void open(String name) {
    if (RAW.contains(name)) {
      String inside = tags.raw(name);
      if (name.equals("title") && title.isEmpty()) {
        title = VisibleText.of(HtmlTags.decoded(inside)).strip().replaceAll("\\s+", " ");
      }
      return;
    }
    if (LEFT_OUT.contains(name) || (tags.isHidden() && !EMPTY.contains(name))) {
      tags.skip(name);
      return;
    }
    switch (name) {
      case "br" -> lineBreak(1);
      case "hr" -> out.append("\n\n---\n\n");
      case "img" -> image();
      case "a" -> openLink();
      case "pre" -> {
        lineBreak(2);
        out.append("```\n");
        verbatim = true;
      }
      case "ul", "ol", "menu" -> {
        lineBreak(lists == 0 ? 2 : 1);
        lists++;
      }
      case "li" -> {
        lineBreak(1);
        out.append("  ".repeat(Math.clamp(lists - 1L, 0, DEEPEST_LIST))).append("- ");
      }
      case "tr" -> {
        lineBreak(1);
        cells = 0;
      }
      case "td", "th" -> {
        out.append(cells == 0 ? "| " : " ");
        cells++;
      }
      default -> other(name);
    }
  }

  private void other(String name) {
    if (isHeading(name)) {
      lineBreak(2);
      out.append("#".repeat(name.charAt(1) - '0')).append(' ');
    } else if (BLOCKS.contains(name)) {
      lineBreak(2);
      ruled &= !name.equals("table");
      if (name.equals("blockquote")) {
        out.append("> ");
      }
    } else if (!verbatim && AROUND.containsKey(name)) {
      out.append(AROUND.get(name));
    }
  }

  private static boolean isHeading(String name) {
    return name.length() == 2 && name.charAt(0) == 'h' && "123456".indexOf(name.charAt(1)) >= 0;
  }

  private void close(String name) {
    switch (name) {
      case "a" -> closeLink();
      case "pre" -> {
        if (verbatim) {
          verbatim = false;
          lineBreak(1);
          out.append("```\n\n");
        }
      }
      case "ul", "ol", "menu" -> {
        lists = Math.max(0, lists - 1);
        lineBreak(lists == 0 ? 2 : 1);
      }
      case "td", "th" -> out.append(" |");
      case "tr" -> row();
      default -> {
        if (isHeading(name) || BLOCKS.contains(name)) {
          lineBreak(2);
        } else if (!verbatim && AROUND.containsKey(name)) {
          out.append(AROUND.get(name));
        }
      }
    }
  }

  private void row() {
    lineBreak(1);
    if (!ruled && cells > 0) {
      ruled = true;
      out.append("|").append(" --- |".repeat(Math.min(cells, 50))).append('\n');
    }
  }

  private void image() {
    String alt = tags.attribute("alt").strip();
    if (!alt.isEmpty()) {
      out.append("![");
      text(alt);
      out.append(']');
    }
  }

  private void openLink() {
    closeLink();
    String target = tags.attribute("href").strip();
    String lower = target.toLowerCase(Locale.ROOT);
    int colon = lower.indexOf(':');
    int slash = lower.indexOf('/');
    boolean web = lower.startsWith("http://") || lower.startsWith("https://");
    boolean relative = colon < 0 || (slash >= 0 && slash < colon);
    if (!target.isEmpty()
        && target.charAt(0) != '#'
        && target.length() <= LONGEST_LINK
        && (web || relative)) {
      link = target;
      linkAt = out.length();
      out.append('[');
    }
  }

  private void closeLink() {
    if (linkAt < 0) {
      return;
    }
    if (out.substring(Math.min(linkAt + 1, out.length())).isBlank()) {
      out.setLength(Math.min(linkAt, out.length()));
    } else {
      out.append("](");
      text(link.replace(" ", "%20").replace(")", "%29"));
      out.append(')');
    }
    linkAt = -1;
  }

  /* At least `lines` line breaks end what was written, and never more than two. */
  private void lineBreak(int lines) {
    if (verbatim) {
      out.append('\n');
      return;
    }
    int end = out.length();
    while (end > 0 && out.charAt(end - 1) == ' ') {
      end--;
    }
    out.setLength(end);
    int blank = 0;
    while (blank < end && out.charAt(end - 1 - blank) == '\n') {
      blank++;
    }
    if (end > 0) {
      out.append("\n".repeat(Math.max(0, lines - blank)));
    }
  }
}
