// SPDX-License-Identifier: Apache-2.0
/// What a finding can reach: the paths from it to agents, credentials and tools, and the risk that
/// follows.
///
/// Open [Reach] first. The links are facts of the inventory (a server launches a package, an agent
/// starts a server and hands it a credential); nothing is guessed from names. The formula of [Risk]
/// is published in `docs/risk-score.md`, and the same input gives the same number.
@NullMarked
package dev.redoubt.scan.reach;

import org.jspecify.annotations.NullMarked;
