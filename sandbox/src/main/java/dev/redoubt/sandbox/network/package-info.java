// SPDX-License-Identifier: Apache-2.0
/// The one way out: names are resolved once, every address is judged, the judged one is dialled.
@NullMarked
package dev.redoubt.sandbox.network;

import org.jspecify.annotations.NullMarked;
