// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// An event that was written down.
///
/// @param seq its place in the stream, counted from 1
/// @param time when, to the microsecond
/// @param kind what happened
/// @param actor who or what did it
/// @param hash its own hash, 64 lower-case hex digits; it stands for the entry and for all before
///   it
public record Entry(long seq, Instant time, String kind, String actor, String hash) {
  public Entry {
    requireNonNull(time, "time");
    requireNonNull(kind, "kind");
    requireNonNull(actor, "actor");
    requireNonNull(hash, "hash");
  }
}
