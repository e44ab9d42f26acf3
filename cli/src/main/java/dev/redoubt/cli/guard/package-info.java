// SPDX-License-Identifier: Apache-2.0
/// The family `redoubt guard`: ask the guard, have it explain itself, put it before other agents.
///
/// Open [GuardCheckCommand] first. What a question is reads [QuestionReader], who answers it is
/// [GuardEngine]; the decision itself is made in the module `guard`.
@NullMarked
package dev.redoubt.cli.guard;

import org.jspecify.annotations.NullMarked;
