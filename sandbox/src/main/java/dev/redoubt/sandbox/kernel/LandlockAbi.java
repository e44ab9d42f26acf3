// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.util.ArrayList;
import java.util.List;

/// What the Landlock of a kernel can hold, by the number of its interface.
///
/// @param version 0 where there is none
public record LandlockAbi(int version) {

  private static final int RENAME = 2;
  static final int TRUNCATE = 3;
  private static final int TCP = 4;
  private static final int DEVICES = 5;
  private static final int SCOPES = 6;

  /* linux/landlock.h, LANDLOCK_ACCESS_FS_*, _NET_* and LANDLOCK_SCOPE_*. */
  static final long EXECUTE = 1;
  static final long WRITE_FILE = 1 << 1;
  static final long READ_FILE = 1 << 2;
  static final long READ_FOLDER = 1 << 3;
  private static final long ALL_OF_THE_FIRST = (1 << 13) - 1;
  private static final long REFER = 1 << 13;
  static final long CUT_FILE = 1 << 14;
  static final long CONTROL_DEVICE = 1 << 15;
  static final long MAKE_DEVICE = 1 << 6 | 1 << 11;
  static final long BIND_TCP = 1;
  static final long CONNECT_TCP = 1 << 1;
  private static final long ABSTRACT_SOCKETS_AND_SIGNALS = 1 | 1 << 1;

  public LandlockAbi {
    if (version < 0) {
      throw new IllegalArgumentException("a version of Landlock below 0: " + version);
    }
  }

  /// Returns whether the kernel has Landlock at all, switched on.
  public boolean isThere() {
    return version > 0;
  }

  /// Returns whether files outside the writable places can neither be written nor cut off, which is
  /// the least a wall has to hold.
  public boolean holdsWrites() {
    return version >= TRUNCATE;
  }

  /// Returns whether TCP can be held to ports.
  public boolean holdsTcpPorts() {
    return version >= TCP;
  }

  /// Returns whether programs outside cannot be signalled.
  public boolean holdsSignals() {
    return version >= SCOPES;
  }

  /// Returns what this version lacks, one sentence each, empty when everything known is there.
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (version < 1) {
      missing.add("Landlock is not there: nothing is held");
    }
    if (version < RENAME) {
      missing.add("files cannot be moved between folders, also where both may be written");
    }
    if (version < TRUNCATE) {
      missing.add("any file the user may write can be cut to nothing");
    }
    if (version < TCP) {
      missing.add("TCP cannot be held to ports");
    }
    if (version < DEVICES) {
      missing.add("devices that can be opened can be controlled");
    }
    if (version < SCOPES) {
      missing.add("other programs of the user can be signalled");
    }
    return List.copyOf(missing);
  }

  /* Everything about files this version can deny. */
  long files() {
    long files = version >= 1 ? ALL_OF_THE_FIRST : 0;
    files |= version >= RENAME ? REFER : 0;
    files |= version >= TRUNCATE ? CUT_FILE : 0;
    return files | (version >= DEVICES ? CONTROL_DEVICE : 0);
  }

  long network() {
    return version >= TCP ? BIND_TCP | CONNECT_TCP : 0;
  }

  long scopes() {
    return version >= SCOPES ? ABSTRACT_SOCKETS_AND_SIGNALS : 0;
  }
}
