// SPDX-License-Identifier: Apache-2.0

/// What stands between an agent and a server.
@NullMarked
package dev.redoubt.relay.filters;

import org.jspecify.annotations.NullMarked;
