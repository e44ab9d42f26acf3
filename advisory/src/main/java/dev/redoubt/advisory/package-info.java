// SPDX-License-Identifier: Apache-2.0
/// Advisories: import, the compiled database and matching.
@NullMarked
package dev.redoubt.advisory;

import org.jspecify.annotations.NullMarked;
