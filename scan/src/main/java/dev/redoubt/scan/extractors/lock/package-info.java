// SPDX-License-Identifier: Apache-2.0
/// What the lock files of different ecosystems have in common: packages, edges between them, and
/// what the project itself asks for.
///
/// Open [LockGraph] first. Reading a format stays with the extractor of that format; here is only
/// what follows from the graph, the relation and the scope of each package.
@NullMarked
package dev.redoubt.scan.extractors.lock;

import org.jspecify.annotations.NullMarked;
