// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/// What a confined program may reach; everything else is denied that the kernel's Landlock can
/// deny.
///
/// @param files the places it may touch; what no place covers can neither be read nor listed
/// @param tcp what it may do with TCP
public record LandlockRules(List<Place> files, Tcp tcp) {

  public LandlockRules {
    files = List.copyOf(files);
    requireNonNull(tcp, "tcp");
  }

  /// What may be done below a path, or with the one file it names.
  public enum Right {
    /// Reading files and the names in folders, and running programs.
    READ,
    /// That, and everything else but making devices.
    WRITE,
    /// Reading, writing and controlling the devices that are there, terminals for example.
    USE_DEVICE
  }

  /// Whether a place has to be there.
  public enum Presence {
    /// The start fails when it is not there.
    REQUIRED,
    /// It is passed over when it is not there.
    OPTIONAL
  }

  /// What a place is.
  public enum Kind {
    /// The file or folder that is there when the program is written.
    AS_FOUND,
    /// A folder when the program runs, whatever is there before. Anything else counts as absent.
    FOLDER
  }

  /// A file or folder with everything below it. Rights add up: a place below another one cannot
  /// take away what that one gives.
  ///
  /// @param path absolute and without links; a link in it makes the start fail, because what it
  ///   leads to can change
  public record Place(Path path, Right right, Presence presence, Kind kind) {
    public Place {
      requireNonNull(right, "right");
      requireNonNull(presence, "presence");
      requireNonNull(kind, "kind");
      if (!path.isAbsolute()) {
        throw new IllegalArgumentException("\"%s\" is not an absolute path".formatted(path));
      }
    }

    /// A place that is what is there when the program is written.
    public Place(Path path, Right right, Presence presence) {
      this(path, right, presence, Kind.AS_FOUND);
    }
  }

  /// What may be done with TCP. Landlock knows ports, not addresses.
  public sealed interface Tcp {

    /// Whatever the filter of system calls leaves.
    record Open() implements Tcp {}

    /// Connecting to these ports, of any machine, and listening on those.
    record Ports(List<Integer> connect, List<Integer> bind) implements Tcp {
      public Ports {
        connect = List.copyOf(connect);
        bind = List.copyOf(bind);
        connect.forEach(Tcp::requirePort);
        bind.forEach(Tcp::requirePort);
      }
    }

    private static void requirePort(int port) {
      if (port < 0 || port > 0xffff) {
        throw new IllegalArgumentException("%d is not a port".formatted(port));
      }
    }
  }
}
