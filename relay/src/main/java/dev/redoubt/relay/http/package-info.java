// SPDX-License-Identifier: Apache-2.0

/// A relay whose server, or whose agents, speak HTTP.
@NullMarked
package dev.redoubt.relay.http;

import org.jspecify.annotations.NullMarked;
