// SPDX-License-Identifier: Apache-2.0
/// From a line to the effects it could have: every command in it, wrapped, nested or substituted.
///
/// Whatever cannot be followed becomes an opaque effect with its reason. Whether an effect is
/// allowed does not belong here.
@NullMarked
package dev.redoubt.guard.commands;

import org.jspecify.annotations.NullMarked;
