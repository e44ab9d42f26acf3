// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.mcp;

import dev.redoubt.model.Endpoint;
import dev.redoubt.model.Finding;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Rating;
import dev.redoubt.model.Severity;
import dev.redoubt.model.Subject;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.commands.Word;
import java.util.ArrayList;
import java.util.List;

/// Writes findings about servers, and gives rules the command line of one.
final class ServerFinding {

  private ServerFinding() {}

  static Finding of(
      PluginId rule, Severity severity, McpServer server, String summary, List<String> evidence) {
    return new Finding(
        new Finding.Identity(rule.value(), List.of()),
        Finding.Kind.MCP,
        Rating.of(severity),
        new Subject.OfServer(server.name(), server.agent().path()),
        new Finding.Proof(
            "MCP server \"%s\" %s".formatted(server.name(), summary),
            null,
            evidence.stream().map(ServerFinding::shortened).toList()),
        List.of(server.location()));
  }

  /// Returns the command line of a local server, empty for any other.
  static List<Word> words(McpServer server) {
    if (!(server.endpoint() instanceof Endpoint.Local(String command, List<String> args, var _))) {
      return List.of();
    }
    List<Word> words = new ArrayList<>();
    words.add(new Word(command, 1));
    args.forEach(argument -> words.add(new Word(argument, 1)));
    return words;
  }

  private static String shortened(String text) {
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }
}
