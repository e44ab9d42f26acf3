// SPDX-License-Identifier: Apache-2.0
/// The backend `docker`: commands run in one container per session, which holds the workspace and
/// nothing else of the machine.
///
/// Open [DockerBackend] first. [HardenedRun] judges a `docker run` that somebody else wrote. The
/// engine is asked through the operator's own `docker` program, never through a shell.
@NullMarked
package dev.redoubt.sandbox.docker;

import org.jspecify.annotations.NullMarked;
