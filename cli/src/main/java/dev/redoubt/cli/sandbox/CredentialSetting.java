// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.sandbox;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.network.HostPattern;
import dev.redoubt.guard.network.NetworkMatcher;
import dev.redoubt.guard.network.StrictUrl;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// A credential that commands know by a placeholder only, and that the egress proxy puts into
/// requests to one server. Never the credential.
///
/// @param name what the operator calls it
/// @param server the one server whose requests may carry it; its path counts for nothing
/// @param variable in which commands find the placeholder
public record CredentialSetting(String name, StrictUrl server, String variable, Source source) {

  /// Where the value comes from.
  public sealed interface Source {

    /// Returns it without anything that could be the value.
    String shown();

    /// A variable of the operator's environment.
    record Variable(String name) implements Source {
      @Override
      public String shown() {
        return "env:" + name;
      }
    }

    /// A file that is the operator's alone.
    record File(Path path) implements Source {
      @Override
      public String shown() {
        return "file:" + path;
      }
    }

    /// What a program prints.
    ///
    /// @param words at least the program
    record Program(List<String> words) implements Source {
      public Program {
        words = List.copyOf(words);
      }

      @Override
      public String shown() {
        return "exec:" + words.getFirst();
      }
    }
  }

  public CredentialSetting {
    requireNonNull(name, "name");
    requireNonNull(server, "server");
    requireNonNull(variable, "variable");
    requireNonNull(source, "source");
  }

  /// Returns the requests that may carry it. The proxy speaks to port 443 by TLS alone, and opens
  /// no TLS to another port, so the port says how it travels.
  public NetworkMatcher where() {
    return new NetworkMatcher(new HostPattern.Exactly(server.host()), server.port(), Set.of(), "");
  }

  /// Returns it in words.
  public String shown() {
    return "%s for %s://%s, from %s"
        .formatted(name, server.scheme().text(), server.authority(), source.shown());
  }
}
