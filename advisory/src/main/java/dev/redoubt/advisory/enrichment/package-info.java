// SPDX-License-Identifier: Apache-2.0
/// What is known about a weakness beside its advisory: whether it is exploited (CISA KEV) and how
/// likely that is (FIRST EPSS).
///
/// Open [Enrichment] first: it answers for one CVE. [KevImport] and [EpssImport] compile the two
/// feeds into small mapped files; a feed that was never imported is absent, not "no".
@NullMarked
package dev.redoubt.advisory.enrichment;

import org.jspecify.annotations.NullMarked;
