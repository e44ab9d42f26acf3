// SPDX-License-Identifier: Apache-2.0
/// Decides which texts are secrets, and writes them out without the secret.
///
/// Open [SecretText] first; [SecretArguments] and [SecretUrl] apply it to a command line and to an
/// address of a configuration, [Redaction] to whatever is written down for good. Nothing here keeps
/// a value: what leaves the package is a name, a form, a text with `***` in place of the secret
/// and, with a key, a short [Fingerprints] digest. Readers of formats and rules do not belong here.
@NullMarked
package dev.redoubt.secrets;

import org.jspecify.annotations.NullMarked;
