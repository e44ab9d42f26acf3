// SPDX-License-Identifier: Apache-2.0
/// A provider of models that says what a test wants, over real HTTP on loopback.
///
/// Begin with [dev.redoubt.testkit.provider.ScriptedProvider]. It knows how each wire format looks,
/// written from the providers' documentation and not from our own readers, so that a mistake in a
/// reader shows.
@NullMarked
package dev.redoubt.testkit.provider;

import org.jspecify.annotations.NullMarked;
