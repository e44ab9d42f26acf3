// SPDX-License-Identifier: Apache-2.0
/// One decision for every effect: what is planned, who is asked, what was answered.
///
/// Open [Gate] first: it turns an [Action] into a [Permit], and nothing else can. An action is what
/// somebody plans; its [Effect]s are what it would do, as far as one can tell. Guards look at
/// effects and answer with a [Decision].
///
/// Nothing here reads a file, resolves a name or runs a program. What a guard has to know of the
/// machine it asks for through [FileFacts] and [dev.redoubt.guard.network.NameResolver].
@NullMarked
package dev.redoubt.guard;

import org.jspecify.annotations.NullMarked;
