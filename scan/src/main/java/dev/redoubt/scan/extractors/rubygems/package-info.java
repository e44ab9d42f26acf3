// SPDX-License-Identifier: Apache-2.0
/// Ruby: Gemfile.lock.
///
/// Open [GemfileLockExtractor] first. [Gemfile] reads only as much of the program beside it as
/// tells development gems from the others; nothing of it is run.
@NullMarked
package dev.redoubt.scan.extractors.rubygems;

import org.jspecify.annotations.NullMarked;
