// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import static java.util.Objects.requireNonNull;

/// A piece of an answer that still grows: to be shown, never to be acted on.
public sealed interface Delta {

  /// More words.
  record Words(String text) implements Delta {
    public Words {
      requireNonNull(text, "text");
    }
  }

  /// More reasoning.
  record Reasoning(String text) implements Delta {
    public Reasoning {
      requireNonNull(text, "text");
    }
  }

  /// A call begins.
  record Call(String tool) implements Delta {
    public Call {
      requireNonNull(tool, "tool");
    }
  }
}
