// SPDX-License-Identifier: Apache-2.0
/// What the file system says about a path, and how a judged path is opened.
///
/// Open [HostFileFacts] first: it answers the guard's questions. [GuardedFiles] opens what was
/// judged without following a link, so a swap between the check and the use cannot win.
@NullMarked
package dev.redoubt.sandbox.files;

import org.jspecify.annotations.NullMarked;
