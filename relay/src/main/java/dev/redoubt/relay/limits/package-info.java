// SPDX-License-Identifier: Apache-2.0
/// How often, how many at once and at which times tools are called: [Limit] says what,
/// `LimitFilter` holds calls to it, [DayCounts] keeps what is counted for all relays of a user.
@NullMarked
package dev.redoubt.relay.limits;

import org.jspecify.annotations.NullMarked;
