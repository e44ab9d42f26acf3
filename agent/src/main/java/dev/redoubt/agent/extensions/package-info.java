// SPDX-License-Identifier: Apache-2.0
/// What skills, custom commands and the like have in common: Markdown files with a front matter, in
/// folders of the person, of a plugin or of a checkout.
///
/// Open [ExtensionFiles] first: it reads them within limits, and only what the guard permits. What
/// they mean does not belong here.
@NullMarked
package dev.redoubt.agent.extensions;

import org.jspecify.annotations.NullMarked;
