// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How a search engine is asked, and where in its answer the results are. Named by the operator.
///
/// @param url its address; `{query}` may stand behind the question mark
/// @param body the JSON that is posted, `{query}` inside its texts; empty when it is asked by GET
/// @param header what carries the key; empty when there is none
/// @param patience how long one search may take in all
public record SearchPlan(
    String url, Optional<Node> body, Optional<Header> header, Paths paths, Duration patience) {

  /// Stands for what is searched for.
  public static final String QUERY = "{query}";

  private static final String UNRESERVED = "-._~";

  /// A line of the request's header.
  ///
  /// @param before what stands before the key, in the manner of `Bearer `
  public record Header(String name, String before) {
    public Header {
      requireNonNull(name, "name");
      requireNonNull(before, "before");
    }
  }

  /// Names of fields, with dots between them; a number is a place in a list, and a field whose name
  /// ends in `?` may be absent. All but the first begin at a result.
  public record Paths(String results, String title, String address, String text) {
    public Paths {
      requireNonNull(results, "results");
      requireNonNull(title, "title");
      requireNonNull(address, "address");
      requireNonNull(text, "text");
    }
  }

  /// @throws IllegalArgumentException if [#place] refuses `url`, or nothing carries the query or
  ///   both do
  public SearchPlan {
    requireNonNull(body, "body");
    requireNonNull(header, "header");
    requireNonNull(paths, "paths");
    requireNonNull(patience, "patience");
    if (place(url) instanceof Reading.Bad<StrictUrl>(String _, String reason)) {
      throw new IllegalArgumentException(reason);
    }
    if (!url.contains(QUERY) && body.filter(SearchPlan::asks).isEmpty()) {
      throw new IllegalArgumentException("nothing carries " + QUERY);
    }
  }

  /// Returns where searches go, or why `url` is no address for them.
  public static Reading<StrictUrl> place(String url) {
    int query = url.indexOf(QUERY);
    int question = url.indexOf('?');
    if (query >= 0 && (question < 0 || query < question)) {
      return new Reading.Bad<>("search.url", QUERY + " stands before the question mark");
    }
    return StrictUrl.read(url.replace(QUERY, "x"));
  }

  /// Returns what is asked to find `query`, which cannot leave its place.
  Reading<StrictUrl> asked(String query) {
    return StrictUrl.read(url.replace(QUERY, escaped(query)));
  }

  /// Returns what is posted to find `query`; nothing without a body.
  Content posted(String query) {
    return body.map(json -> Content.of(JsonText.of(filled(json, query)).getBytes(UTF_8)))
        .orElse(Content.of(""));
  }

  private static String escaped(String query) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : query.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
        escaped.append(c);
      } else {
        escaped
            .append('%')
            .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
            .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return escaped.toString();
  }

  private static boolean asks(Node json) {
    return !filled(json, "a").equals(filled(json, "b"));
  }

  private static Node filled(Node json, String query) {
    return switch (json) {
      case Node.Text(String text, int line) -> new Node.Text(text.replace(QUERY, query), line);
      case Node.Arr arr ->
          new Node.Arr(arr.items().stream().map(item -> filled(item, query)).toList(), arr.line());
      case Node.Obj(Map<String, Node> fields, int line) -> {
        Map<String, Node> all = new LinkedHashMap<>();
        fields.forEach((name, value) -> all.put(name, filled(value, query)));
        yield new Node.Obj(all, line);
      }
      case Node.Num _, Node.Bool _, Node.Nothing _ -> json;
    };
  }
}
