// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

/// What a text is for.
public enum Place {
  /// What a server says of its tools, prompts, resources and of itself: models read it as advice.
  DESCRIPTOR,
  /// What an agent asks a server to work with.
  ARGUMENT,
  /// What a server gives: results, contents, messages of prompts, progress, notices, errors,
  /// questions to a person and to a model.
  CONTENT,
  /// What an agent answers to a question of the server.
  REPLY
}
