// SPDX-License-Identifier: Apache-2.0
/// `redoubt exec`: one command through the gate and into the sandbox.
@NullMarked
package dev.redoubt.cli.exec;

import org.jspecify.annotations.NullMarked;
