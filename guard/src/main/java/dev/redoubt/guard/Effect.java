// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Action.ConfigKind;
import java.util.List;

/// One thing an [Action] would do, as far as one can tell without doing it.
///
/// An action is allowed when each of its effects is. What cannot be followed is [Opaque], so an
/// action never has fewer effects than it shows. Immutable.
public sealed interface Effect {

  /// Runs one command whose every word is known.
  ///
  /// @param argv the program as written and its arguments after quoting and expansion
  /// @param nature what the command does besides the other effects that were found in it
  /// @param reason why it is of that nature, for people
  record Command(List<String> argv, Nature nature, String reason) implements Effect {
    public Command {
      argv = List.copyOf(argv);
      requireNonNull(nature, "nature");
      requireNonNull(reason, "reason");
    }
  }

  /// What a command does besides the effects that stand beside it. In the order of trust.
  enum Nature {
    /// Nothing: it shows, counts or compares what it was given.
    HARMLESS,
    /// Only what its file effects say: it makes folders, copies, writes its output.
    FILES_ONLY,
    /// Runs what the workspace's own build files say, nothing else.
    BUILD,
    /// Changes something, or executes something: known not to be harmless.
    CHANGES,
    /// Not in the tables, or called with an option that is not.
    UNKNOWN
  }

  /// Something that cannot be followed: never allowed without a question.
  ///
  /// @param rule the stable id of the reason, in the manner of `shell.unknown-word`
  /// @param shown the part that is meant, as written
  /// @param reason why it cannot be followed, for people
  record Opaque(String rule, String shown, String reason) implements Effect {
    public Opaque {
      requireNonNull(rule, "rule");
      requireNonNull(shown, "shown");
      requireNonNull(reason, "reason");
    }
  }

  /// Touches a file or folder.
  record File(Access access, Place place) implements Effect {
    public File {
      requireNonNull(access, "access");
      requireNonNull(place, "place");
    }
  }

  /// How a file or folder is touched.
  enum Access {
    /// Its content is read.
    READ,
    /// The names in it are listed.
    LIST,
    /// Everything below it is looked through.
    SEARCH,
    /// It is created, replaced or changed.
    WRITE,
    /// It is deleted, with everything below it.
    DELETE
  }

  /// Connects to another machine, or to this one.
  ///
  /// @param method the HTTP method in capitals; empty when it is no HTTP
  /// @param target a URL as written, or `host:port`
  record Connect(String method, String target) implements Effect {
    public Connect {
      requireNonNull(method, "method");
      requireNonNull(target, "target");
    }
  }

  /// Calls a tool of an MCP server.
  record CallTool(String server, String tool, Node arguments) implements Effect {
    public CallTool {
      requireNonNull(server, "server");
      requireNonNull(tool, "tool");
      requireNonNull(arguments, "arguments");
    }
  }

  /// Starts a server that stays; the command it starts with is an effect of its own.
  record StartServer(String name) implements Effect {
    public StartServer {
      requireNonNull(name, "name");
    }
  }

  /// Sends text to a model.
  record SendToModel(String provider, String residency) implements Effect {
    public SendToModel {
      requireNonNull(provider, "provider");
      requireNonNull(residency, "residency");
    }
  }

  /// Takes something from a checkout that is obeyed or run from then on.
  record LoadConfig(ConfigKind kind, Place place, String sha256) implements Effect {
    public LoadConfig {
      requireNonNull(kind, "kind");
      requireNonNull(place, "place");
      requireNonNull(sha256, "sha256");
    }
  }
}
