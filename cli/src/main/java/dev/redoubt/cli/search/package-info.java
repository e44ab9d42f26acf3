// SPDX-License-Identifier: Apache-2.0
/// Which search engine a session has.
///
/// Start with [dev.redoubt.cli.search.SearchSettings]. Only the operator's own configuration names
/// one, never a checkout.
@NullMarked
package dev.redoubt.cli.search;

import org.jspecify.annotations.NullMarked;
