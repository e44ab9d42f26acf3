// SPDX-License-Identifier: Apache-2.0
/// Reads command lines as configurations write them, without running or expanding anything.
///
/// Open [CommandLine] first: it looks through wrappers such as `env`, `cmd /c`, `sh -c`, `sudo` and
/// `wsl`. [PackageLaunch] says which package a launcher would fetch, [ContainerRun] what a
/// container is given. Which configuration a command comes from, and whether it is dangerous, does
/// not belong here.
@NullMarked
package dev.redoubt.scan.commands;

import org.jspecify.annotations.NullMarked;
