// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.guard.Effect;
import dev.redoubt.guard.McpMessage;
import java.util.List;

/// Calls of tools; an empty list agrees to everything, of the arguments all have to agree.
record ToolMatcher(
    List<TextPattern> servers, List<TextPattern> tools, List<ArgumentMatcher> arguments)
    implements Matcher {

  private static final TextPattern NOBODY = TextPattern.literal("");

  ToolMatcher {
    servers = List.copyOf(servers);
    tools = List.copyOf(tools);
    arguments = List.copyOf(arguments);
  }

  @Override
  public boolean matches(Effect effect, Scene scene, Certainty certainty) {
    if (!(effect instanceof Effect.CallTool call)
        || !Alternatives.match(meant(call.server()), call.server(), certainty)
        || (servers.isEmpty() && McpMessage.in(call.server()).isPresent())
        || !Alternatives.match(tools, call.tool(), certainty)) {
      return false;
    }
    for (ArgumentMatcher argument : arguments) {
      if (!argument.matches(call.arguments(), scene, certainty)) {
        return false;
      }
    }
    return true;
  }

  /* Every server is not every message of every server. */
  private List<TextPattern> meant(String server) {
    if (McpMessage.in(server).isEmpty() || servers.isEmpty()) {
      return servers;
    }
    List<TextPattern> meant = servers.stream().filter(pattern -> pattern.contains('@')).toList();
    return meant.isEmpty() ? List.of(NOBODY) : meant;
  }

  /// Returns whether it means one tool of one server.
  boolean isOneTool() {
    return servers.size() == 1
        && tools.size() == 1
        && servers.getFirst().isLiteral()
        && tools.getFirst().isLiteral();
  }

  @Override
  public boolean covers(Matcher other) {
    return other
            instanceof
            ToolMatcher(
                List<TextPattern> theirs,
                List<TextPattern> theirTools,
                List<ArgumentMatcher> theirArguments)
        && Alternatives.cover(servers, theirs, ToolMatcher::coversServer)
        && (!servers.isEmpty() || theirs.stream().noneMatch(server -> server.contains('@')))
        && Alternatives.cover(tools, theirTools, TextPattern::covers)
        && theirArguments.containsAll(arguments);
  }

  private static boolean coversServer(TextPattern wide, TextPattern narrow) {
    return wide.covers(narrow) && (wide.contains('@') || !narrow.contains('@'));
  }
}
