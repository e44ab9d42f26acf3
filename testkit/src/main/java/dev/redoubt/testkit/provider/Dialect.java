// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit.provider;

import dev.redoubt.testkit.provider.Reply.Says;

/// A wire format.
public enum Dialect {
  OPENAI_CHAT("/v1") {
    @Override
    String stream(Says answer, Asked asked) {
      return OpenAiChatWire.stream(answer, asked);
    }

    @Override
    String whole(Says answer) {
      return OpenAiChatWire.whole(answer);
    }
  },
  OPENAI_RESPONSES("/v1") {
    @Override
    String stream(Says answer, Asked asked) {
      return OpenAiResponsesWire.stream(answer);
    }

    @Override
    String whole(Says answer) {
      return OpenAiResponsesWire.whole(answer);
    }
  },
  ANTHROPIC("/v1") {
    @Override
    String stream(Says answer, Asked asked) {
      return AnthropicWire.stream(answer);
    }

    @Override
    String whole(Says answer) {
      return AnthropicWire.whole(answer);
    }
  },
  GEMINI("/v1beta") {
    @Override
    String stream(Says answer, Asked asked) {
      return GeminiWire.stream(answer);
    }

    @Override
    String whole(Says answer) {
      return GeminiWire.whole(answer);
    }
  };

  private final String base;

  Dialect(String base) {
    this.base = base;
  }

  /// Returns the path of the base URL.
  String base() {
    return base;
  }

  /// Returns `answer` as events.
  abstract String stream(Says answer, Asked asked);

  /// Returns `answer` as one document.
  abstract String whole(Says answer);
}
