// SPDX-License-Identifier: Apache-2.0
/// Packages against the compiled advisories.
///
/// Open [AdvisoryMatcher]. It is the one matcher that needs data from outside the scan, so the
/// composition root builds it.
@NullMarked
package dev.redoubt.scan.matchers.advisories;

import org.jspecify.annotations.NullMarked;
