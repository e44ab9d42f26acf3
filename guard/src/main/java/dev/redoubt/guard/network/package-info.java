// SPDX-License-Identifier: Apache-2.0
/// Which addresses may be reached: one strict reading of a URL, one judgement for every address.
///
/// The same reading is used for checking and for dialling, so the two cannot differ. Opening a
/// connection does not belong here.
@NullMarked
package dev.redoubt.guard.network;

import org.jspecify.annotations.NullMarked;
