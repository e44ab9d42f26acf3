// SPDX-License-Identifier: Apache-2.0
/// The commands under `redoubt debug`: they run the test vectors of public specifications against
/// what the scanner itself uses, so that anybody can check a claim of conformance.
///
/// Open [PurlConformance] first. Here belong reading vectors, comparing and counting; what is
/// compared (purls, version orders) lives with its own module.
@NullMarked
package dev.redoubt.cli.debug;

import org.jspecify.annotations.NullMarked;
