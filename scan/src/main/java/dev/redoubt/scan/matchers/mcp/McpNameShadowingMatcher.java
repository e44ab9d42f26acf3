// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.mcp;

import dev.redoubt.model.Endpoint;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.Matches;
import dev.redoubt.scan.api.PluginId;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reports MCP servers that take the name of another.
///
/// Medium: two servers of one name that the same agent sees, with different endpoints, so that a
/// checkout can put its own in the place of the one a person configured. The same package at
/// another version is fine, and so are two projects of one repository. High: a name that looks like
/// a well-known one without being it.
public final class McpNameShadowingMatcher implements Matcher {

  private static final PluginId ID = new PluginId("mcp-name-shadowing");
  private static final Set<String> WELL_KNOWN =
      Set.of(
          "github",
          "gitlab",
          "filesystem",
          "postgres",
          "postgresql",
          "slack",
          "notion",
          "linear",
          "jira",
          "atlassian",
          "confluence",
          "playwright",
          "puppeteer",
          "sentry",
          "stripe",
          "figma",
          "supabase",
          "context7",
          "memory",
          "fetch",
          "sqlite",
          "mongodb",
          "redis",
          "kubernetes",
          "docker",
          "cloudflare",
          "paypal",
          "asana",
          "hubspot",
          "salesforce",
          "snowflake");

  /* Letters of other scripts, and digits, that look like a Latin letter. */
  private static final String LOOKS = "асеорхуіјѕԁһӏոΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαιν0135";
  private static final String LATIN = "aceopxyijsdhlnabezhikmnoptyxoaivoles";

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public Matches match(Inventory inventory) {
    List<Finding> findings = new ArrayList<>();
    List<McpServer> enabled =
        inventory.servers().stream().filter(server -> server.settings().enabled()).toList();
    Map<String, List<McpServer>> byName = new LinkedHashMap<>();
    for (McpServer server : enabled) {
      String key = server.agent().kind() + " " + folded(server.name());
      byName.computeIfAbsent(key, _ -> new ArrayList<>()).add(server);
      lookAlike(server).ifPresent(findings::add);
    }
    byName
        .values()
        .forEach(same -> same.forEach(server -> shadowed(server, same).ifPresent(findings::add)));
    return Matches.of(findings);
  }

  private static Optional<Finding> shadowed(McpServer server, List<McpServer> same) {
    return same.stream()
        .filter(other -> !other.agent().path().equals(server.agent().path()))
        .filter(other -> areVisibleTogether(server, other) && !isSameEndpoint(server, other))
        .findFirst()
        .map(other ->
            ServerFinding.of(
                ID,
                Severity.MEDIUM,
                server,
                "shares its name with another that the same agent sees in %s"
                    .formatted(other.agent().path()),
                List.of(described(server), described(other))));
  }

  /* A user's configuration is seen in every project; two of one project are seen together. */
  private static boolean areVisibleTogether(McpServer a, McpServer b) {
    String one = a.agent().path();
    String two = b.agent().path();
    return one.startsWith("~/") || two.startsWith("~/") || root(one).equals(root(two));
  }

  private static String root(String path) {
    int start = 0;
    while (start < path.length()) {
      int end = path.indexOf('/', start);
      if (end < 0 || path.charAt(start) == '.') {
        return path.substring(0, start);
      }
      start = end + 1;
    }
    return path;
  }

  private static boolean isSameEndpoint(McpServer a, McpServer b) {
    if (a.launched() != null && b.launched() != null) {
      return withoutVersion(a.launched()).equals(withoutVersion(b.launched()));
    }
    return a.endpoint().equals(b.endpoint());
  }

  private static String withoutVersion(Purl purl) {
    return purl.type() + "/" + purl.namespace() + "/" + purl.name();
  }

  private static String described(McpServer server) {
    String what =
        switch (server.endpoint()) {
          case Endpoint.Local(String command, List<String> args, var _) ->
              (command + " " + String.join(" ", args)).strip();
          case Endpoint.Remote(String url, String _) -> url;
          case Endpoint.Unknown() -> "no endpoint";
        };
    return server.agent().path() + ": " + what;
  }

  private static Optional<Finding> lookAlike(McpServer server) {
    String name = folded(server.name());
    String latin = skeleton(name);
    if (latin.equals(name) || !WELL_KNOWN.contains(latin)) {
      return Optional.empty();
    }
    StringBuilder points = new StringBuilder();
    name.codePoints()
        .filter(c -> LOOKS.indexOf(c) >= 0)
        .distinct()
        .forEach(c -> points.append(String.format(Locale.ROOT, " U+%04X", c)));
    return Optional.of(
        ServerFinding.of(
            ID,
            Severity.HIGH,
            server,
            "is written to look like \"%s\"".formatted(latin),
            List.of("looks like a Latin letter:" + points)));
  }

  private static String folded(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).strip();
  }

  private static String skeleton(String name) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      int at = LOOKS.indexOf(name.charAt(i));
      out.append(at < 0 ? name.charAt(i) : LATIN.charAt(at));
    }
    return out.toString();
  }
}
