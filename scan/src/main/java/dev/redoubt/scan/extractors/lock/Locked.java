// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.lock;

import dev.redoubt.model.Hash;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import java.util.List;

/// A package as one entry of a lock file states it.
///
/// @param key the name under which other entries of the file ask for it
/// @param purl the identity
/// @param location the line of the entry
/// @param hashes the integrity hashes stated for it
/// @param needs the keys it asks for; those the file does not install are left out of the result
public record Locked(
    String key, Purl purl, Location location, List<Hash> hashes, List<String> needs) {

  public Locked {
    hashes = List.copyOf(hashes);
    needs = List.copyOf(needs);
  }
}
