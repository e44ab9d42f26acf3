// SPDX-License-Identifier: Apache-2.0
/// Searches of the web, by the one search engine an operator configured.
///
/// Start with [dev.redoubt.agent.search.WebSearch]. What a model sees of it is the tool
/// `web_search`; here is what is behind the gate, and what knows the key.
@NullMarked
package dev.redoubt.agent.search;

import org.jspecify.annotations.NullMarked;
