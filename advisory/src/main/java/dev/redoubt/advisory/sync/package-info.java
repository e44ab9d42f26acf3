// SPDX-License-Identifier: Apache-2.0
/// Download of the public advisory feeds, or of a company's mirror of them.
///
/// Open [AdvisorySync] first. It reaches the network only through the port [Remote], which the
/// composition root implements; [Downloader] resumes and checks. What arrives goes through the same
/// import as a file on disk.
@NullMarked
package dev.redoubt.advisory.sync;

import org.jspecify.annotations.NullMarked;
