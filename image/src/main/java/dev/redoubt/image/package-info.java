// SPDX-License-Identifier: Apache-2.0
/// Prepares the packaged program for a quick start: code that the JVM would put together at each
/// start is written out when the program is packaged.
///
/// Runs in the build and is no part of the program. Open [PlainJars] first. Nothing here may change
/// what a class does.
@NullMarked
package dev.redoubt.image;

import org.jspecify.annotations.NullMarked;
