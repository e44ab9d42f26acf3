// SPDX-License-Identifier: Apache-2.0
/// The written list of matchers; each family lives in a package of its own below.
@NullMarked
package dev.redoubt.scan.matchers;

import org.jspecify.annotations.NullMarked;
