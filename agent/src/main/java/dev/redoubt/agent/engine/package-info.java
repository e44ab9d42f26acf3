// SPDX-License-Identifier: Apache-2.0
/// The turn loop: asks the model, takes what its calls want through the gate, has it performed, and
/// tells the model.
///
/// Open [Engine] first. It names no tool and no provider; whoever puts a program together hands
/// them in.
@NullMarked
package dev.redoubt.agent.engine;

import org.jspecify.annotations.NullMarked;
