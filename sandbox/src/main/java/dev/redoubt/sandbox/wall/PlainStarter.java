// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import java.io.IOException;

/* A class, because no start-up cache keeps a lambda of an interface's own. */
/// Starts a process as the JDK does.
final class PlainStarter implements Starter {

  @Override
  public Process start(ProcessBuilder described) throws IOException {
    return described.start();
  }
}
