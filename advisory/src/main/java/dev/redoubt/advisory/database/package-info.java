// SPDX-License-Identifier: Apache-2.0
/// The compiled advisories: one immutable, memory-mapped file per ecosystem, and matching on it.
///
/// Open [AdvisoryDatabase] first, then [EcosystemAdvisories], which answers for one package, and
/// [AdvisoryFile], which knows the layout on disk. [Draft] collects records and writes the next
/// file. Reading exports and folders belongs to `advisory.intake`, downloading to `advisory.sync`.
@NullMarked
package dev.redoubt.advisory.database;

import org.jspecify.annotations.NullMarked;
