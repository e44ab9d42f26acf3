// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.conformance;

import dev.redoubt.mcp.oauth.TokenVault;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps tokens as long as it lives.
public final class MemoryVault implements TokenVault {

  private final Map<String, String> kept = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  @Override
  public Optional<String> read(String name) {
    return Optional.ofNullable(kept.get(name));
  }

  @Override
  public void write(String name, String text) {
    kept.put(name, text);
  }

  @Override
  public void remove(String name) {
    kept.remove(name);
  }

  @Override
  public <T> T alone(String name, Work<T> work) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      return work.run();
    } finally {
      lock.unlock();
    }
  }
}
