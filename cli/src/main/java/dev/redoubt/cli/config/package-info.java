// SPDX-License-Identifier: Apache-2.0
/// The configuration: which files it comes from, which keys there are, what they mean.
///
/// Open [Settings] first. A file is checked against the written list of keys, so a misspelt key is
/// an error with its line and the nearest valid one, never a setting that silently does nothing.
@NullMarked
package dev.redoubt.cli.config;

import org.jspecify.annotations.NullMarked;
