// SPDX-License-Identifier: Apache-2.0
/// What a backend has to offer: how a command is surrounded.
///
/// Open [Wall] first. A backend knows this package and never the engine that uses it.
@NullMarked
package dev.redoubt.sandbox.wall;

import org.jspecify.annotations.NullMarked;
