// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.model.Purl;
import java.util.Optional;

/// One thing that the command of a server runs: a package, a script, a program or an image.
///
/// @param name what it is called in pins: a package without its version, or the path of a file
/// @param purl the package, with the version that will run when that is known
/// @param content the version, the place and the digests of the files that will run; empty when
///   they are not on this machine yet
record LaunchedPart(String name, Optional<Purl> purl, Optional<Node.Obj> content) {

  LaunchedPart {
    requireNonNull(name, "name");
    requireNonNull(purl, "purl");
    requireNonNull(content, "content");
  }
}
