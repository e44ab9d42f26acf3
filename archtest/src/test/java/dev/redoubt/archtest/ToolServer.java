// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// An MCP server for `sh` whose tools lie in the file `tools.json` beside it. It writes down each
/// call that reaches it in `calls.txt`, answers it, and ends with 7 when `die` is called.
record ToolServer(Path folder) {

  static final String ECHO =
      "{\"name\":\"echo\",\"description\":\"Says it"
          + " again.\",\"inputSchema\":{\"type\":\"object\"}}";

  private static final String SCRIPT =
      """
      here=${0%/*}
      while IFS= read -r line; do
        id=${line#*'"id":'}
        id=${id%%,*}
        case "$line" in
          *'"method":"initialize"'*)
            answer='{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"tools","version":"1"}}' ;;
          *'"method":"tools/list"'*)
            answer="{\\"tools\\":$(cat "$here/tools.json")}" ;;
          *'"name":"die"'*)
            exit 7 ;;
          *'"method":"tools/call"'*)
            printf '%s\\n' "$line" >> "$here/calls.txt"
            answer='{"content":[{"type":"text","text":"done"}]}' ;;
          *) continue ;;
        esac
        printf '{"jsonrpc":"2.0","id":%s,"result":%s}\\n' "$id" "$answer"
      done
      """;

  /// Makes one in `folder` with the tools `tools`: descriptors with commas between them.
  static ToolServer in(Path folder, String tools) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("server.sh"), SCRIPT);
    ToolServer server = new ToolServer(folder);
    server.offers(tools);
    return server;
  }

  void offers(String tools) throws IOException {
    Files.writeString(folder.resolve("tools.json"), "[" + tools + "]");
  }

  String script() {
    return folder.resolve("server.sh").toString();
  }

  /// Returns the calls that reached it, a line each.
  String calls() throws IOException {
    Path calls = folder.resolve("calls.txt");
    return Files.exists(calls) ? Files.readString(calls) : "";
  }
}
