// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.api.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// Decides when a conversation no longer fits, and what is kept of it word for word. For one
/// thread.
///
/// Sizes are what the provider counted last, or a guess of four characters a token when that is
/// more, because some count nothing.
final class Compaction {

  private static final int CHARACTERS_A_TOKEN = 4;
  private static final int PICTURE = 1_500;
  private static final int KEPT = 4;
  private static final int LONGEST_GOAL = 8_000;

  private long counted;
  private int countedMessages;

  /// Takes note of what the provider counted for the first `messages` messages.
  void counted(ModelAnswer.Replied reply, int messages) {
    Usage usage = reply.usage();
    if (usage.input() > 0) {
      counted = usage.input() + usage.output();
      countedMessages = messages;
    }
  }

  void forget() {
    counted = 0;
    countedMessages = 0;
  }

  /// Returns whether the next request comes near the size of a model of `sizes`.
  boolean isDue(List<Message> messages, ModelChoice.Sizes sizes) {
    long reserve = Math.min(sizes.output(), sizes.context() / 4);
    return tokens(messages) > (sizes.context() - reserve) * 8L / 10 && boundary(messages) > 1;
  }

  /// Returns about how many tokens a request with `messages` has.
  long tokens(List<Message> messages) {
    int from = Math.min(countedMessages, messages.size());
    long before = size(messages.subList(0, from));
    return Math.max(counted, before) + size(messages.subList(from, messages.size()));
  }

  /// Returns how many of the oldest messages can be replaced: all but the last few, and never one
  /// of a call without its result.
  static int boundary(List<Message> messages) {
    for (int at = messages.size() - KEPT; at > 1; at--) {
      if (messages.get(at) instanceof Message.FromModel) {
        return at;
      }
    }
    return 0;
  }

  /// Returns what asks the model for the ledger.
  static String question() {
    try (InputStream in =
        requireNonNull(Compaction.class.getResourceAsStream("ledger.md"), "it is packaged")) {
      return new String(in.readNBytes(1 << 14), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns what stands in place of the oldest messages.
  ///
  /// @param goal the last prompt of a person, which stays word for word
  /// @param words what the model wrote; may be empty
  static String ledger(String goal, String words) {
    String pinned = goal.length() > LONGEST_GOAL ? goal.substring(0, LONGEST_GOAL) + "…" : goal;
    return "This session was long, so what came before is kept as a ledger.\n\n# Asked for\n\n"
        + pinned
        + "\n\n"
        + (words.isBlank()
            ? "The rest could not be put into words; look again at what you need."
            : words.strip())
        + "\n";
  }

  /// Returns about how many tokens it took to be told `before` and to say `answer`.
  static Usage guess(List<Message> before, Message.FromModel answer) {
    return new Usage(size(before), 0, 0, size(answer));
  }

  private static long size(List<Message> messages) {
    return messages.stream().mapToLong(Compaction::size).sum();
  }

  private static long size(Message message) {
    return switch (message) {
      case Message.FromUser(List<Message.Seen> parts) -> seen(parts);
      case Message.FromTools(List<ToolResult> results) ->
          results.stream().mapToLong(result -> seen(result.content())).sum();
      case Message.FromModel(List<Message.Said> parts) -> said(parts);
    };
  }

  private static long seen(List<Message.Seen> parts) {
    long size = 0;
    for (Message.Seen part : parts) {
      size +=
          switch (part) {
            case Message.Words(String text) -> text.length() / CHARACTERS_A_TOKEN + 4;
            case Message.Image _ -> PICTURE;
          };
    }
    return size;
  }

  private static long said(List<Message.Said> parts) {
    long size = 0;
    for (Message.Said part : parts) {
      size +=
          switch (part) {
            case Message.Words(String text) -> text.length() / CHARACTERS_A_TOKEN + 4;
            case Message.Reasoning(String text, var _) -> text.length() / CHARACTERS_A_TOKEN + 4;
            case ToolCall(var _, var _, String arguments) ->
                arguments.length() / CHARACTERS_A_TOKEN + 20;
          };
    }
    return size;
  }
}
