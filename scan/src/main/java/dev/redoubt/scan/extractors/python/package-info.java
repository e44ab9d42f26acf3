// SPDX-License-Identifier: Apache-2.0
/// Python: requirements files, the lock files of Poetry, uv, PDM and Pipenv, pylock.toml and
/// pyproject.toml.
///
/// Open [PipRequirementsExtractor] for the text format and [UvLockExtractor] for a lock file.
/// [Requirement] is one requirement as the standard writes it, [Link] one that names a place
/// instead of a version, [LockGraph] the packages of a lock and who needs whom, [PyProject] what
/// the project itself asks for. Environment markers are not evaluated: a package that only some
/// platforms install is listed.
@NullMarked
package dev.redoubt.scan.extractors.python;

import org.jspecify.annotations.NullMarked;
