// SPDX-License-Identifier: Apache-2.0
/// The one way out: names are resolved once, every address is judged, the judged one is dialled.
///
/// Open [WebClient] first, then [Dialer], on which it stands. Both take a [Surface] that says what
/// may be reached: what an operator named, or what the rules let a model name. [Listener] waits for
/// connections. No other package opens connections or asks the name service. What a URL means and
/// which addresses are inner is decided in [dev.redoubt.guard.network].
@NullMarked
package dev.redoubt.sandbox.network;

import org.jspecify.annotations.NullMarked;
