// SPDX-License-Identifier: Apache-2.0

/// The switch that stops servers and agents at once.
@NullMarked
package dev.redoubt.relay.stops;

import org.jspecify.annotations.NullMarked;
