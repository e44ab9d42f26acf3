// SPDX-License-Identifier: Apache-2.0
/// Asks models, one class a wire format, over HTTP.
///
/// Begin with [dev.redoubt.agent.models.HttpModel]: it sends a request to a
/// [dev.redoubt.agent.models.Provider] and reads what comes back, event by event. Knows nothing of
/// tools, sessions or the turn loop, and decides nothing about what a model wants.
@NullMarked
package dev.redoubt.agent.models;

import org.jspecify.annotations.NullMarked;
