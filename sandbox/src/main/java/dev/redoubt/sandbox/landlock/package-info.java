// SPDX-License-Identifier: Apache-2.0
/// The backend `landlock`: the kernel alone, without any program beside it.
///
/// Open [LandlockBackend] first; what it does not hold is `gaps`. What the kernel is asked, and
/// how, belongs to `dev.redoubt.sandbox.kernel`.
@NullMarked
package dev.redoubt.sandbox.landlock;

import org.jspecify.annotations.NullMarked;
