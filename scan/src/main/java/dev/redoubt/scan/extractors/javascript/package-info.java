// SPDX-License-Identifier: Apache-2.0
/// JavaScript: the lock files of npm, Yarn, pnpm, Bun and Deno, and package.json where no lock
/// covers it.
///
/// Open [NpmPackageLockExtractor] first. What the formats share lies beside it: [LockGraph] turns
/// "who asks for whom" into scope and relation, [Requirement] reads what may stand behind a name in
/// `dependencies`, [Manifest] and [Workspaces] read the package.json files of a project. What a
/// lock file does not say and the files beside it do not tell stays unknown.
@NullMarked
package dev.redoubt.scan.extractors.javascript;

import org.jspecify.annotations.NullMarked;
