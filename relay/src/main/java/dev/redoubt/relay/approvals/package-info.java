// SPDX-License-Identifier: Apache-2.0

/// Calls that wait for a person to let them pass once.
@NullMarked
package dev.redoubt.relay.approvals;

import org.jspecify.annotations.NullMarked;
