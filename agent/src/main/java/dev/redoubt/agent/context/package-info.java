// SPDX-License-Identifier: Apache-2.0
/// What a model is told before a conversation begins: how to work, where it is, and what the
/// project and its owner say.
///
/// Open [Instructions] first. The words themselves lie beside it as Markdown.
@NullMarked
package dev.redoubt.agent.context;

import org.jspecify.annotations.NullMarked;
