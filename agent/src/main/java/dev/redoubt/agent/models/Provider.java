// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/// A provider of models, as an operator or the catalogue names it.
///
/// @param id in the manner of `openai`, what stands before the slash of `openai/gpt-5`
/// @param key where its key comes from
/// @param residency where it keeps data, a tag such as `eu`; empty when nobody said
/// @param quirks known before the first request
public record Provider(
    String id,
    Protocol protocol,
    Endpoint endpoint,
    KeySource key,
    String residency,
    Set<Quirk> quirks) {

  public Provider {
    requireNonNull(id, "id");
    requireNonNull(protocol, "protocol");
    requireNonNull(endpoint, "endpoint");
    requireNonNull(key, "key");
    requireNonNull(residency, "residency");
    quirks = Set.copyOf(quirks);
  }
}
