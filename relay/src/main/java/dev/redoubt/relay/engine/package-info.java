// SPDX-License-Identifier: Apache-2.0

/// The conversation between an agent and a server: which message answers which, and what passes.
@NullMarked
package dev.redoubt.relay.engine;

import org.jspecify.annotations.NullMarked;
