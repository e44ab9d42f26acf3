// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Takes from an archive what was asked for, each file once, and nothing else, whatever it is
/// called.
final class Arrivals {

  private final Set<String> awaited;
  private final SyncLimits limits;

  Arrivals(List<String> paths, SyncLimits limits) {
    this.awaited = new HashSet<>(paths);
    this.limits = requireNonNull(limits, "limits");
  }

  /// @throws IOException if it is no archive, or larger than is taken
  void take(InputStream in, FarTree.Taker taker) throws IOException {
    TarReader tar = new TarReader(new Bounded(in, limits.comingBytes()));
    for (Optional<TarReader.Entry> next = tar.next(); next.isPresent(); next = tar.next()) {
      TarReader.Entry entry = next.get();
      String name = entry.name().startsWith("./") ? entry.name().substring(2) : entry.name();
      if (entry.isFile() && entry.size() <= limits.fileBytes() && awaited.remove(name)) {
        taker.take(name, tar.content());
      }
    }
  }

  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in, long most) {
      super(in);
      this.left = most;
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      count(Math.max(0, read));
      return read;
    }

    private void count(int read) throws IOException {
      left -= read;
      if (left < 0) {
        throw new IOException("the far machine sends more than is taken at once");
      }
    }
  }
}
