// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import java.util.List;

/// What the tables of the HTML report have in common.
final class HtmlTable {

  private HtmlTable() {}

  /// Writes the head of a table that can be sorted.
  ///
  /// @param columns the titles; one that ends with `#` is sorted as numbers, highest first
  static void head(HtmlWriter html, String... columns) {
    html.open("thead").open("tr");
    for (String column : columns) {
      boolean number = column.endsWith("#");
      String title = number ? column.substring(0, column.length() - 1) : column;
      html.open("th", "scope", "col", "data-type", number ? "number" : "text", "aria-sort", "none");
      html.element("button", title, "type", "button", "class", "sort");
      html.close("th");
    }
    html.close("tr").close("thead").line();
  }

  /// Writes a cell with the first place and how many more there are.
  static void places(HtmlWriter html, List<String> places) {
    html.open("td", "class", "place");
    if (!places.isEmpty()) {
      html.text(places.getFirst());
    }
    if (places.size() > 1) {
      html.element(
          "span",
          " and %d more".formatted(places.size() - 1),
          "class",
          "muted",
          "title",
          String.join("\n", places));
    }
    html.close("td");
  }
}
