// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.thresholds;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One statement of a VEX document that says a vulnerability does not matter for a package.
///
/// @param names the vulnerability and its aliases
/// @param packages what it holds for; a purl without a version stands for every version
/// @param product the product that `packages` are part of, or null when they are the products
///   themselves
/// @param reason the status with its justification, for a person
/// @param source the document
record VexStatement(
    List<String> names, List<Purl> packages, @Nullable Purl product, String reason, String source) {

  VexStatement {
    names = List.copyOf(names);
    packages = List.copyOf(packages);
    requireNonNull(reason, "reason");
    requireNonNull(source, "source");
  }

  boolean isAbout(Finding finding) {
    return finding.subject() instanceof Subject.OfComponent(Purl found)
        && names.stream().anyMatch(finding.identity()::isCalled)
        && packages.stream().anyMatch(stated -> PurlScope.covers(stated, found));
  }
}
