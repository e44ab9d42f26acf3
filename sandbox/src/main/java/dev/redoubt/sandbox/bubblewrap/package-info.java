// SPDX-License-Identifier: Apache-2.0
/// The backend `bubblewrap`: each command in namespaces of its own, with a view of the machine in
/// which only the workspace can be written.
///
/// Open [BubblewrapWall] first. Which places are closed is the business of the package `masks`.
@NullMarked
package dev.redoubt.sandbox.bubblewrap;

import org.jspecify.annotations.NullMarked;
