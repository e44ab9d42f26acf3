// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import java.nio.file.Path;
import java.util.List;

/// What is closed of one machine, as it was when it was looked at.
///
/// @param workspace what is closed in the workspace, folders before what lies in them
/// @param elsewhere what is hidden outside of it, among what stays visible
/// @param repositories the folders of the workspace that hold a `.git` of their own
public record Masks(List<Mask> workspace, List<Mask> elsewhere, List<Path> repositories) {

  public Masks {
    workspace = List.copyOf(workspace);
    elsewhere = List.copyOf(elsewhere);
    repositories = List.copyOf(repositories);
  }
}
