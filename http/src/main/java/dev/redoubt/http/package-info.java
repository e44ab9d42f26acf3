// SPDX-License-Identifier: Apache-2.0
/// The one HTTP listener of every server there is.
///
/// Start with [dev.redoubt.http.HttpServer]. It listens, bounds what it reads, turns away who must
/// not get in, and hands whole requests to one handler on a thread of its own. What an address
/// means, and what an answer says, belongs to whoever handles it. The library behind it is named
/// nowhere else.
@NullMarked
package dev.redoubt.http;

import org.jspecify.annotations.NullMarked;
