// SPDX-License-Identifier: Apache-2.0
/// `redoubt scan`: puts the scanner together and runs it.
///
/// Open [ScanCommand] first; [ScanRun] wires sources, plugins, advisories and thresholds for one
/// scan.
@NullMarked
package dev.redoubt.cli.scan;

import org.jspecify.annotations.NullMarked;
