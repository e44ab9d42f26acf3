// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.enrichment;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// What is remembered about an imported feed.
///
/// @param source the address or path it came from
/// @param asOf the date the feed states, [Instant#EPOCH] when it states none
/// @param imported when it was imported
/// @param rejected how many of its rows could not be read
/// @param sha256 of the input, in hexadecimal
public record Feed(String source, Instant asOf, Instant imported, int rejected, String sha256) {
  public Feed {
    requireNonNull(source, "source");
    requireNonNull(asOf, "asOf");
    requireNonNull(imported, "imported");
    requireNonNull(sha256, "sha256");
  }
}
