// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.processes;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Content;

/// Where the standard streams of a command go.
public sealed interface Streams {

  /// To Redoubt's own, untouched.
  record Inherited() implements Streams {}

  /// Into memory, within limits.
  ///
  /// @param input what it reads; then its input ends
  /// @param caps how much of each stream is kept
  /// @param listener sees everything as it comes
  record Captured(Content input, Caps caps, OutputListener listener) implements Streams {
    public Captured {
      requireNonNull(input, "input");
      requireNonNull(caps, "caps");
      requireNonNull(listener, "listener");
    }

    /// Returns streams with no input that nobody listens to.
    public static Captured quiet() {
      return new Captured(Content.of(""), Caps.DEFAULT, OutputListener.NONE);
    }
  }

  /// To whoever asked, who reads and writes them: a server that stays. Errors are kept in memory.
  ///
  /// @param errors how much of them is kept
  /// @param listener sees the errors as they come
  record Piped(Caps errors, OutputListener listener) implements Streams {
    public Piped {
      requireNonNull(errors, "errors");
      requireNonNull(listener, "listener");
    }

    /// Streams whose errors nobody listens to.
    public Piped(Caps errors) {
      this(errors, OutputListener.NONE);
    }
  }

  /// A terminal of its own.
  ///
  /// @param columns from 1 to 1000
  /// @param rows from 1 to 1000
  record Terminal(int columns, int rows) implements Streams {
    public Terminal {
      if (columns < 1 || columns > 1000 || rows < 1 || rows > 1000) {
        throw new IllegalArgumentException(
            "%d columns and %d rows are not from 1 to 1000".formatted(columns, rows));
      }
    }
  }

  /// How much of a stream is kept.
  ///
  /// @param head bytes of the beginning
  /// @param tail bytes of the end
  record Caps(int head, int tail) {
    /// 32 KiB of the beginning and 96 KiB of the end.
    public static final Caps DEFAULT = new Caps(32 << 10, 96 << 10);

    public Caps {
      if (head < 0 || tail < 0) {
        throw new IllegalArgumentException("a cap below nothing");
      }
    }
  }

  /// Sees what a command writes. Called from the threads that read it, one call at a time a stream.
  @FunctionalInterface
  interface OutputListener {
    /// Looks away.
    OutputListener NONE = (_, _, _) -> {};

    /// Takes the first `length` of `bytes`, which are reused after the call.
    void wrote(boolean errors, byte[] bytes, int length);
  }
}
