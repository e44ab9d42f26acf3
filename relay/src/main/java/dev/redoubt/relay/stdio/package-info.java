// SPDX-License-Identifier: Apache-2.0

/// A relay between two programs that speak over their standard streams.
@NullMarked
package dev.redoubt.relay.stdio;

import org.jspecify.annotations.NullMarked;
