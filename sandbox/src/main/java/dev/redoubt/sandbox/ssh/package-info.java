// SPDX-License-Identifier: Apache-2.0
/// The backend `ssh`: commands run on another machine, and the folder of the work is kept the same
/// on both. It isolates nothing but the machine Redoubt runs on.
///
/// Open [dev.redoubt.sandbox.ssh.SshWall] first. The other half of it is `far-side.sh`, which every
/// session lays on the far machine. Everything that comes from there is untrusted.
@NullMarked
package dev.redoubt.sandbox.ssh;

import org.jspecify.annotations.NullMarked;
