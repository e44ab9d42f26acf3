// SPDX-License-Identifier: Apache-2.0
/// The commands under `redoubt db`: they fill, show and check the advisory database.
///
/// Open [DbImportCommand] first. Here belong arguments, progress and output; what is imported,
/// compiled and checked lives in the module `advisory`.
@NullMarked
package dev.redoubt.cli.db;

import org.jspecify.annotations.NullMarked;
