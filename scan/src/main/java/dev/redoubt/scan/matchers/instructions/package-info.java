// SPDX-License-Identifier: Apache-2.0
/// Rules about the texts that agents take instructions from.
///
/// Each rule is one matcher with its page in `docs/catalog/matchers`; open [Passages] first: it
/// cuts a text into the pieces that the rules compare. A rule looks for a wording, so each one also
/// says which wordings are fine: a prohibition of the thing is not the thing.
@NullMarked
package dev.redoubt.scan.matchers.instructions;

import org.jspecify.annotations.NullMarked;
