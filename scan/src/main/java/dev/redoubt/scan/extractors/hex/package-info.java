// SPDX-License-Identifier: Apache-2.0
/// Elixir and Erlang: mix.lock and rebar.lock, both written as terms of the language.
///
/// Open [MixLockExtractor] first, then [Terms]. Nothing of a file is run.
@NullMarked
package dev.redoubt.scan.extractors.hex;

import org.jspecify.annotations.NullMarked;
