// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

/// Which sockets a confined program may open.
///
/// Sockets of every other family (Unix, VSOCK, packet, crypto, Bluetooth …) and raw sockets are
/// always refused. Pairs of connected Unix sockets are always allowed: they reach nobody else.
public enum Sockets {
  /// None at all.
  NONE,
  /// TCP over IPv4 and IPv6, so no name can be looked up past a proxy, and the kernel's list of
  /// routes and addresses.
  TCP,
  /// TCP, UDP and echo requests over IPv4 and IPv6, and the kernel's list of routes and addresses.
  INTERNET
}
