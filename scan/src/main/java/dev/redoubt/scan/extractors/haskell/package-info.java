// SPDX-License-Identifier: Apache-2.0
/// Haskell: stack.yaml.lock and cabal.project.freeze.
///
/// Open [StackYamlLockExtractor] first.
@NullMarked
package dev.redoubt.scan.extractors.haskell;

import org.jspecify.annotations.NullMarked;
