// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard;

import java.util.List;

/* A class, because no start-up cache keeps a lambda of an interface's own. */
/// Says nothing about any path.
final class NoFileFacts implements FileFacts {

  @Override
  public Facts of(String path) {
    return new Facts(path, Kind.UNKNOWN, 1, List.of());
  }
}
