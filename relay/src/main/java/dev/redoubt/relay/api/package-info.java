// SPDX-License-Identifier: Apache-2.0

/// What passes between an agent and a server, and the seam of whoever judges it.
@NullMarked
package dev.redoubt.relay.api;

import org.jspecify.annotations.NullMarked;
