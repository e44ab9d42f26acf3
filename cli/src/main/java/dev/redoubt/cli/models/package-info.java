// SPDX-License-Identifier: Apache-2.0
/// `redoubt models` and `redoubt auth`: which models there are, and where their keys lie.
///
/// Open [dev.redoubt.cli.models.ModelWorld] first: other commands get their models from it. How a
/// model is asked is in `dev.redoubt.agent.models`.
@NullMarked
package dev.redoubt.cli.models;

import org.jspecify.annotations.NullMarked;
