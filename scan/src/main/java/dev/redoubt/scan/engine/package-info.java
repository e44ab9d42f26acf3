// SPDX-License-Identifier: Apache-2.0
/// Walks a source, asks the extractors, merges what they found and asks the matchers.
///
/// Open [ScanEngine] first. Plugins are given to it; it names none of them. [FileTree] is the only
/// class of the scanner that opens files. A plugin that fails costs its own result and nothing
/// else: the failure becomes a gap.
@NullMarked
package dev.redoubt.scan.engine;

import org.jspecify.annotations.NullMarked;
