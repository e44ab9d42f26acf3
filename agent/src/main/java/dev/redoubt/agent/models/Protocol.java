// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import java.util.Optional;

/// A wire format in which a provider is asked.
public enum Protocol {
  /// `POST BASE/chat/completions`, spoken by almost everybody.
  OPENAI_CHAT("openai-chat", "OPENAI_API_KEY"),
  /// `POST BASE/responses`
  OPENAI_RESPONSES("openai-responses", "OPENAI_API_KEY"),
  /// `POST BASE/v1/messages`; a version that the base URL ends with is not added again.
  ANTHROPIC("anthropic", "ANTHROPIC_API_KEY"),
  /// `POST BASE/v1beta/models/MODEL:streamGenerateContent`; likewise.
  GEMINI("gemini", "GEMINI_API_KEY");

  private final String text;
  private final String variable;

  Protocol(String text, String variable) {
    this.text = text;
    this.variable = variable;
  }

  /// Returns its name in flags and configuration.
  public String text() {
    return text;
  }

  /// Returns the environment variable in which its own provider's key is by custom.
  public String keyVariable() {
    return variable;
  }

  /// Returns the protocol of that name.
  public static Optional<Protocol> of(String text) {
    for (Protocol protocol : values()) {
      if (protocol.text.equals(text)) {
        return Optional.of(protocol);
      }
    }
    return Optional.empty();
  }

  /// Returns how its own provider is shown a key.
  public Endpoint.Auth auth() {
    return switch (this) {
      case OPENAI_CHAT, OPENAI_RESPONSES -> Endpoint.Auth.BEARER;
      case ANTHROPIC -> Endpoint.Auth.X_API_KEY;
      case GEMINI -> Endpoint.Auth.GOOGLE;
    };
  }

  /// Returns how this format is written and read.
  Wire wire() {
    return switch (this) {
      case OPENAI_CHAT -> new OpenAiChat();
      case OPENAI_RESPONSES -> new OpenAiResponses();
      case ANTHROPIC -> new Anthropic();
      case GEMINI -> new Gemini();
    };
  }
}
