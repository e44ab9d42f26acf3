// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an MCP server is found: a process to start or a URL to talk to.
///
/// Commands and URLs are kept as written, never run, expanded or resolved; secret values in them
/// are already replaced by `***`.
public sealed interface Endpoint {

  /// A process that speaks MCP over its standard streams.
  ///
  /// @param command the program as written, for example `npx` or `C:\\tools\\node.exe`
  /// @param args its arguments as written, secret values replaced by `***`
  /// @param workingDirectory the folder the configuration asks for, or null
  record Local(String command, List<String> args, @Nullable String workingDirectory)
      implements Endpoint {
    public Local {
      requireNonNull(command, "command");
      args = List.copyOf(args);
    }
  }

  /// A server reached over the network.
  ///
  /// @param url the URL as written, secret values replaced by `***`; not necessarily a valid URI
  /// @param transport `streamable-http`, `sse`, `ws`, or `http` when the file does not say
  record Remote(String url, String transport) implements Endpoint {
    public Remote {
      requireNonNull(url, "url");
      requireNonNull(transport, "transport");
    }
  }

  /// A server whose configuration names neither a command nor a URL that could be read.
  record Unknown() implements Endpoint {}
}
