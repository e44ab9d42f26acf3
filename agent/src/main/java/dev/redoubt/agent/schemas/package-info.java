// SPDX-License-Identifier: Apache-2.0
/// Whether a JSON value has the shape that a JSON Schema asks for.
///
/// Open [JsonSchema] first.
@NullMarked
package dev.redoubt.agent.schemas;

import org.jspecify.annotations.NullMarked;
