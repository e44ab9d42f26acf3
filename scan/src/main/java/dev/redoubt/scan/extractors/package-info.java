// SPDX-License-Identifier: Apache-2.0
/// The written list of extractors; each format lives in a package of its own below.
@NullMarked
package dev.redoubt.scan.extractors;

import org.jspecify.annotations.NullMarked;
