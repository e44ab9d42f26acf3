// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.nio.file.Path;
import java.util.Map;

/// Something an agent plans to do, exactly as it would be done.
///
/// Sealed, so that a new kind of effect breaks every guard, sandbox and screen until each has an
/// answer. Nothing in an action can grant a right: fields like "approved" or "no sandbox" do not
/// exist. Paths are absolute and as written, links not resolved. Immutable.
public sealed interface Action {

  /// Runs a program or a shell line.
  ///
  /// @param program what to run
  /// @param folder the working folder, absolute
  /// @param environment the variables that are added or changed for it
  /// @param input where its standard input comes from
  record Run(Program program, Path folder, Map<String, String> environment, Input input)
      implements Action {
    public Run {
      requireNonNull(program, "program");
      requireAbsolute(folder);
      environment = Map.copyOf(environment);
      requireNonNull(input, "input");
    }
  }

  /// Reads one file.
  record Read(Path path) implements Action {
    public Read {
      requireAbsolute(path);
    }
  }

  /// Creates or replaces one file.
  record Write(Path path, Content content) implements Action {
    public Write {
      requireAbsolute(path);
      requireNonNull(content, "content");
    }
  }

  /// Deletes a file, or a folder with everything in it.
  record Delete(Path path) implements Action {
    public Delete {
      requireAbsolute(path);
    }
  }

  /// Names what is in a folder, not deeper.
  record ListFolder(Path path) implements Action {
    public ListFolder {
      requireAbsolute(path);
    }
  }

  /// Looks through the names or the text of everything below a folder.
  record Search(Path path, String pattern) implements Action {
    public Search {
      requireAbsolute(path);
      requireNonNull(pattern, "pattern");
    }
  }

  /// Opens a connection.
  ///
  /// @param scheme the protocol in lower case, in the manner of `tcp` or `postgresql`
  /// @param host a name or an address, as written
  /// @param port from 1 to 65535
  record Connect(String scheme, String host, int port) implements Action {
    public Connect {
      requireNonNull(scheme, "scheme");
      requireNonNull(host, "host");
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("port %d is not from 1 to 65535".formatted(port));
      }
    }
  }

  /// Asks a web server.
  ///
  /// @param method the HTTP method in capitals
  /// @param url as written: the guard's reading of it is also the one that is dialled
  record Fetch(String method, String url) implements Action {
    public Fetch {
      requireNonNull(method, "method");
      requireNonNull(url, "url");
    }
  }

  /// Calls a tool of an MCP server.
  record CallTool(String server, String tool, Node arguments) implements Action {
    public CallTool {
      requireNonNull(server, "server");
      requireNonNull(tool, "tool");
      requireNonNull(arguments, "arguments");
    }
  }

  /// Starts an MCP or language server that stays.
  record StartServer(String name, Run run) implements Action {
    public StartServer {
      requireNonNull(name, "name");
      requireNonNull(run, "run");
    }
  }

  /// Sends text to a model.
  ///
  /// @param provider whose model it is
  /// @param residency where the provider keeps data, in the manner of `eu`; `unknown` when not said
  record SendToModel(String provider, String residency) implements Action {
    public SendToModel {
      requireNonNull(provider, "provider");
      requireNonNull(residency, "residency");
    }
  }

  /// Takes something from a checkout that is obeyed or run from then on.
  ///
  /// @param kind what it is
  /// @param path where it was found
  /// @param sha256 of its content, 64 lower-case hex digits
  record LoadConfig(ConfigKind kind, Path path, String sha256) implements Action {
    public LoadConfig {
      requireNonNull(kind, "kind");
      requireAbsolute(path);
      requireNonNull(sha256, "sha256");
    }
  }

  /// What a checkout can bring along.
  enum ConfigKind {
    HOOK,
    MCP_SERVER,
    SKILL,
    PLUGIN,
    POLICY,
    ENVIRONMENT_FILE,
    INSTRUCTIONS
  }

  /// Where the standard input of a program comes from.
  enum Input {
    /// There is none.
    NOTHING,
    /// Text that was part of the plan.
    GIVEN,
    /// Whatever is sent while it runs.
    OPEN
  }

  private static void requireAbsolute(Path path) {
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("\"%s\" is not an absolute path".formatted(path));
    }
  }
}
