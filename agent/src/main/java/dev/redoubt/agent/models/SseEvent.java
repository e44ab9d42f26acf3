// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

/// An event of a stream.
///
/// @param type what the provider calls it; `message` when it does not say
/// @param data its lines, with line feeds between them
record SseEvent(String type, String data) {}
