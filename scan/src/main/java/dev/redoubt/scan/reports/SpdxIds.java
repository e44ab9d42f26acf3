// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Component;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.Purl;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// The identifiers of an SPDX document. That of a package follows from its purl alone, so it is the
/// same in every document.
final class SpdxIds {

  static final String DOCUMENT = "SPDXRef-DOCUMENT";

  /// The scanned folder.
  static final String ROOT = "SPDXRef-Root";

  private final Map<String, Component> components = new LinkedHashMap<>();

  SpdxIds(Inventory inventory) {
    inventory.components().forEach(one -> components.putIfAbsent(of(one.purl()), one));
  }

  static String of(Purl purl) {
    return "SPDXRef-Package-" + Digest.sha256(purl.toString()).substring(0, 20);
  }

  boolean has(Purl purl) {
    return components.containsKey(of(purl));
  }

  Collection<Component> components() {
    return components.values();
  }
}
