// SPDX-License-Identifier: Apache-2.0
/// The family `redoubt trust`: what a checkout would switch on, and whether a person said yes.
///
/// Open [WorkspaceTrust] first: it is what other commands ask. Nothing here executes or loads what
/// it finds, and nothing is trusted without a yes.
@NullMarked
package dev.redoubt.cli.trust;

import org.jspecify.annotations.NullMarked;
