// SPDX-License-Identifier: Apache-2.0
/// Import: from an export, a folder or a single record to published advisory files.
///
/// Open [AdvisoryImport] first. [InputReader] walks zips and folders with bounds on everything and
/// extracts nothing to disk. What a record means belongs to `advisory.osv`, how it is kept to
/// `advisory.database`.
@NullMarked
package dev.redoubt.advisory.intake;

import org.jspecify.annotations.NullMarked;
