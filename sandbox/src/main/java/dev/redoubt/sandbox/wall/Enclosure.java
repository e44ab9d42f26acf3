// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.git.GitPerson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a wall is put around, and what may pass it. Comes from the operator.
///
/// @param workspace the folder that may be written, a real path
/// @param kept what is not the command's
/// @param environment the variables a command starts with, see [EnvironmentRules]
/// @param exits how a command reaches the network
/// @param limits what a command may use
/// @param mounts what of this machine a command sees besides
public record Enclosure(
    Path workspace,
    Kept kept,
    Map<String, String> environment,
    Exits exits,
    ResourceLimits limits,
    List<Mount> mounts) {

  public Enclosure {
    requireAbsolute(workspace);
    requireNonNull(kept, "kept");
    environment = Map.copyOf(environment);
    requireNonNull(exits, "exits");
    requireNonNull(limits, "limits");
    mounts = List.copyOf(mounts);
  }

  /// One in which nothing is seen besides.
  public Enclosure(
      Path workspace,
      Kept kept,
      Map<String, String> environment,
      Exits exits,
      ResourceLimits limits) {
    this(workspace, kept, environment, exits, limits, List.of());
  }

  /// A folder or file of this machine that commands see besides the workspace. Comes from
  /// [dev.redoubt.sandbox.SandboxMounts], which refuses what is sensitive.
  ///
  /// @param source on this machine, a real path
  /// @param target where commands see it, absolute
  public record Mount(Path source, Path target, Mode mode) {

    /// Whether commands may change it.
    public enum Mode {
      READ_ONLY,
      WRITABLE
    }

    public Mount {
      requireAbsolute(source);
      requireAbsolute(target);
      requireNonNull(mode, "mode");
    }
  }

  /// One with nothing kept but the home and the state.
  public Enclosure(
      Path workspace,
      Path home,
      Path state,
      Map<String, String> environment,
      Exits exits,
      ResourceLimits limits) {
    this(workspace, new Kept(home, state, List.of()), environment, exits, limits);
  }

  /// Returns the home of the person, whose secrets are hidden.
  public Path home() {
    return kept.home();
  }

  /// Returns where Redoubt keeps its own data: hidden, and the place for what a session needs.
  public Path state() {
    return kept.state();
  }

  /// What lies on the machine and is not for commands.
  ///
  /// @param home the home of the person
  /// @param state where Redoubt keeps its own data
  /// @param folders real paths of folders that are seen empty wherever they lie. The workspace may
  ///   lie in one and is seen there; none lies in the workspace
  /// @param git whose git will work in the workspace
  public record Kept(Path home, Path state, List<Path> folders, GitPerson git) {

    public Kept {
      requireAbsolute(home);
      requireNonNull(git, "git");
      requireAbsolute(state);
      folders = List.copyOf(folders);
      folders.forEach(Enclosure::requireAbsolute);
    }

    /// One with the usual places of git's settings.
    public Kept(Path home, Path state, List<Path> folders) {
      this(home, state, folders, GitPerson.of(home, Map.of()));
    }
  }

  private static void requireAbsolute(Path path) {
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("\"%s\" is not an absolute path".formatted(path));
    }
  }

  /// How commands reach the network.
  public sealed interface Exits {

    /// Not at all, where the backend can hold that.
    record None() implements Exits {}

    /// Through the egress proxy only, where the backend can hold that.
    ///
    /// @param socket the socket of the proxy in the file system
    /// @param address its address as `host:port`, for backends that cannot pass a socket
    /// @param variables what makes programs use it
    /// @param trust the folder with what programs read besides: the certificates to trust when TLS
    ///   is inspected, and no key. Seen inside as [#TRUST], or where it is by a wall that shows
    ///   nothing elsewhere
    record Proxy(Path socket, String address, Map<String, String> variables, Optional<Path> trust)
        implements Exits {

      /// Where the certificates are seen inside a wall that can show them there.
      public static final String TRUST = "/tmp/.redoubt-trust";

      /// The certificates in that folder, in the form most programs read.
      public static final String BUNDLE = "trust.pem";

      public Proxy {
        requireAbsolute(socket);
        requireNonNull(address, "address");
        variables = Map.copyOf(variables);
        trust.ifPresent(Enclosure::requireAbsolute);
      }

      /// One that inspects no TLS.
      public Proxy(Path socket, String address, Map<String, String> variables) {
        this(socket, address, variables, Optional.empty());
      }
    }
  }
}
