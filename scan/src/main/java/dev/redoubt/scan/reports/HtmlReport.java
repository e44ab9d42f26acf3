// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/// One HTML file for people: findings to sort and filter, a reach graph to click, and everything
/// that was not looked at.
///
/// The file needs no network and no other file. Its content security policy allows exactly the one
/// style sheet and the one script in it, by digest; every word of the report is escaped. Without a
/// script it is still complete, in one order and unfiltered.
public final class HtmlReport implements ReportFormat {

  @Override
  public String id() {
    return "html";
  }

  @Override
  public void write(ScanReport report, Appendable out) throws IOException {
    String style = resource("report.css");
    String script = resource("report.js");
    HtmlWriter html = new HtmlWriter();
    html.own("<!doctype html>\n").open("html", "lang", "en").line();
    head(html, report, style, digest(style), digest(script));
    html.open("body").line();
    HtmlSummary.write(html, report);
    html.open("main").line();
    HtmlFindings.write(html, report.judgement());
    HtmlGraph.write(html, report.judgement());
    HtmlCoverage.write(html, report);
    HtmlInventory.write(html, report.inventory());
    html.close("main").line();
    HtmlSummary.writeFooter(html, report);
    html.open("script").own(script).close("script").line();
    html.close("body").line().close("html").line();
    out.append(html.html());
  }

  private static void head(
      HtmlWriter html, ScanReport report, String style, String styleDigest, String scriptDigest) {
    html.open("head").line();
    html.open("meta", "charset", "utf-8").line();
    html.open(
            "meta",
            "http-equiv",
            "Content-Security-Policy",
            "content",
            "default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'"
                .formatted(styleDigest, scriptDigest))
        .line();
    html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").line();
    html.open("meta", "name", "referrer", "content", "no-referrer").line();
    html.open("meta", "name", "generator", "content", "redoubt " + report.header().version())
        .line();
    html.element("title", "Redoubt scan of " + report.header().target()).line();
    html.open("style").own(style).close("style").line();
    html.close("head").line();
  }

  private static String digest(String content) {
    byte[] sha256 = HexFormat.of().parseHex(Digest.sha256(content));
    return "sha256-" + Base64.getEncoder().encodeToString(sha256);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource \"%s\" is missing".formatted(name));
      }
      StringWriter text = new StringWriter();
      new InputStreamReader(in, StandardCharsets.UTF_8).transferTo(text);
      return text.toString();
    }
  }
}
