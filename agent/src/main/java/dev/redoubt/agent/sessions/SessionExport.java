// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import dev.redoubt.agent.sessions.SessionReader.Recorded;
import dev.redoubt.agent.sessions.Timeline.Item;
import java.util.List;

/// What happened in a session for people to read: as Markdown, or as one HTML page that loads
/// nothing and runs nothing.
///
/// Whatever a model or a tool said stands in it as text: in Markdown inside fences longer than any
/// it contains, in HTML escaped and under a policy that forbids scripts.
public final class SessionExport {

  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;\
      color:#1a1a1a;background:#fff}
      article{border-left:4px solid #999;padding:.2rem 1rem;margin:1rem 0}
      article h2{font-size:1rem;margin:0;overflow-wrap:anywhere}
      time{color:#555;font-size:.85rem}
      pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.4rem 0;max-height:40rem;overflow:auto}
      .prompt{border-color:#1257a8}.answer{border-color:#1c7430}.decision{border-color:#a81212}
      .failure{border-color:#a81212}.add{color:#155724}.del{color:#8a1020}
      @media(prefers-color-scheme:dark){body{color:#eee;background:#161616}time{color:#aaa}\
      .add{color:#7fd894}.del{color:#ff9aa5}}
      """;

  private SessionExport() {}

  /// Returns the session as Markdown.
  public static String markdown(SessionId session, List<Recorded> events) {
    StringBuilder text = new StringBuilder("# Session ").append(session).append('\n');
    for (Item item : Timeline.of(events)) {
      text.append("\n## ").append(item.time()).append(' ').append(item.kind()).append("\n\n");
      fenced(text, item.heading(), "");
      if (!item.body().isBlank()) {
        text.append('\n');
        fenced(text, item.body().strip(), item.shape() == Timeline.Shape.DIFF ? "diff" : "");
      }
    }
    return text.toString();
  }

  private static void fenced(StringBuilder to, String text, String language) {
    int longest = 2;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    String fence = "`".repeat(longest + 1);
    to.append(fence).append(language).append('\n').append(text).append('\n');
    to.append(fence).append('\n');
  }

  /// Returns the session as one HTML page.
  public static String html(SessionId session, List<Recorded> events) {
    StringBuilder page =
        new StringBuilder(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" \
            content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
            form-action 'none'">
            <meta name="viewport" content="width=device-width">
            """);
    page.append("<title>Session ").append(session).append("</title>\n<style>\n").append(STYLE);
    page.append("</style>\n</head>\n<body>\n<h1>Session ").append(session).append("</h1>\n");
    for (Item item : Timeline.of(events)) {
      page.append("<article class=\"").append(item.kind()).append("\">\n<time>");
      escaped(page, item.time());
      page.append("</time> ").append(item.kind()).append("\n<h2>");
      escaped(page, item.heading());
      page.append("</h2>\n");
      body(page, item);
      page.append("</article>\n");
    }
    return page.append("</body>\n</html>\n").toString();
  }

  private static void body(StringBuilder page, Item item) {
    if (item.body().isBlank()) {
      return;
    }
    page.append("<pre>");
    if (item.shape() == Timeline.Shape.DIFF) {
      for (String line : item.body().split("\n", -1)) {
        String kind = line.startsWith("+") ? "add" : line.startsWith("-") ? "del" : "";
        page.append(kind.isEmpty() ? "<span>" : "<span class=\"" + kind + "\">");
        escaped(page, line);
        page.append("</span>\n");
      }
    } else {
      escaped(page, item.body());
    }
    page.append("</pre>\n");
  }

  /* What steers the direction or the terminal of a reader is shown as a replacement character. */
  private static void escaped(StringBuilder to, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> to.append("&amp;");
        case '<' -> to.append("&lt;");
        case '>' -> to.append("&gt;");
        case '"' -> to.append("&quot;");
        case '\'' -> to.append("&#39;");
        case '\n', '\t' -> to.append(c);
        default -> {
          boolean steers =
              Character.isISOControl(c)
                  || (c >= '\u202a' && c <= '\u202e')
                  || (c >= '\u2066' && c <= '\u2069');
          to.append(steers ? '\ufffd' : c);
        }
      }
    }
  }
}
