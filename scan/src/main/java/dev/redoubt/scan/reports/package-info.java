// SPDX-License-Identifier: Apache-2.0
/// Writes a finished scan in the formats people and machines read.
///
/// Open [ScanReport] first, then [BuiltInReports], the written list. A format is a pure function of
/// the report: the same report gives the same bytes. [Words] has the words all of them use,
/// [Printable] keeps what a scanned file says from being obeyed by a terminal.
@NullMarked
package dev.redoubt.scan.reports;

import org.jspecify.annotations.NullMarked;
