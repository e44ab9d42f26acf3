// SPDX-License-Identifier: Apache-2.0
/// The envelope of every compiled file: sections, lengths and checksums, mapped into memory.
///
/// Open [SectionFile] first: it refuses whatever is not exactly what was written. [AtomicFile]
/// publishes, [ByteSink] and [ByteSource] hold the primitives. What the sections mean belongs to
/// `advisory.database` and `advisory.enrichment`.
@NullMarked
package dev.redoubt.advisory.files;

import org.jspecify.annotations.NullMarked;
