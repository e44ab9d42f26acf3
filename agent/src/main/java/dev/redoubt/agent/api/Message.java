// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Content;
import java.util.List;

/// One entry of a conversation, the same for every wire format. Immutable.
public sealed interface Message {

  /// A person, or whoever speaks for one.
  record FromUser(List<Seen> parts) implements Message {
    public FromUser {
      parts = List.copyOf(parts);
    }

    /// Returns a message that is one text.
    public static FromUser text(String text) {
      return new FromUser(List.of(new Words(text)));
    }
  }

  /// The model, in the order it spoke.
  record FromModel(List<Said> parts) implements Message {
    public FromModel {
      parts = List.copyOf(parts);
    }

    /// Returns the calls in it, in order.
    public List<ToolCall> calls() {
      return parts.stream().filter(ToolCall.class::isInstance).map(ToolCall.class::cast).toList();
    }

    /// Returns its words, without reasoning, one after the other.
    public String text() {
      StringBuilder text = new StringBuilder();
      for (Said part : parts) {
        if (part instanceof Words(String words)) {
          text.append(words);
        }
      }
      return text.toString();
    }
  }

  /// What came of every call of the message before, one result a call and in its order.
  record FromTools(List<ToolResult> results) implements Message {
    public FromTools {
      results = List.copyOf(results);
    }
  }

  /// Something a model can be shown.
  sealed interface Seen permits Words, Image {}

  /// Something a model can say.
  sealed interface Said permits Words, Reasoning, ToolCall {}

  /// A text.
  record Words(String text) implements Seen, Said {
    public Words {
      requireNonNull(text, "text");
    }
  }

  /// A picture.
  ///
  /// @param mediaType in the manner of `image/png`
  record Image(String mediaType, Content bytes) implements Seen {
    public Image {
      requireNonNull(mediaType, "mediaType");
      requireNonNull(bytes, "bytes");
    }
  }

  /// What a model thought before it spoke.
  ///
  /// @param text as far as the provider shows it; may be empty
  /// @param carried what the provider wants back unchanged, a signature for example; understood by
  ///   the wire format named in its field `protocol` only, and left out for any other
  record Reasoning(String text, Node.Obj carried) implements Said {
    public Reasoning {
      requireNonNull(text, "text");
      requireNonNull(carried, "carried");
    }
  }
}
