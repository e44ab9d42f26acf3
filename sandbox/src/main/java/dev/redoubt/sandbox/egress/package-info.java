// SPDX-License-Identifier: Apache-2.0
/// The only way from inside a sandbox to the network: a proxy that asks the gate about every
/// request.
///
/// Open [EgressProxy] first, then the package's Warden, which judges, and Tunnel and HttpExchange,
/// which carry what was permitted. Opening sockets does not belong here:
/// [dev.redoubt.sandbox.network] dials and listens.
@NullMarked
package dev.redoubt.sandbox.egress;

import org.jspecify.annotations.NullMarked;
