// SPDX-License-Identifier: Apache-2.0
/// What git takes for its own folders and obeys in them, whatever they are called.
///
/// Open [GitFolder] first: it knows one by what it holds. [GitSettings] says which other places its
/// settings name. Only looks; what follows from it is decided elsewhere.
@NullMarked
package dev.redoubt.sandbox.git;

import org.jspecify.annotations.NullMarked;
