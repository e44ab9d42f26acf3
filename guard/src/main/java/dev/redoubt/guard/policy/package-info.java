// SPDX-License-Identifier: Apache-2.0
/// The rules: the built-in ones, the language people write their own in, and the layers.
///
/// Which effects an action has does not belong here.
@NullMarked
package dev.redoubt.guard.policy;

import org.jspecify.annotations.NullMarked;
