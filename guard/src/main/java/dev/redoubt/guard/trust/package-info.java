// SPDX-License-Identifier: Apache-2.0
/// What a checkout would switch on, and whether a person said yes to exactly that.
///
/// Open [TrustState] first. Reading a checkout and keeping the answer do not belong here.
@NullMarked
package dev.redoubt.guard.trust;

import org.jspecify.annotations.NullMarked;
