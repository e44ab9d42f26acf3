// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.kernel.EngineProfile;
import dev.redoubt.sandbox.kernel.SetGroup;
import dev.redoubt.sandbox.kernel.Sockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// The filter of system calls around commands in a container, in a file where the client reads it.
///
/// @param file with the profile
/// @param profile as an engine reads it, and tells it again
record EngineFilter(Path file, String profile) {

  EngineFilter {
    requireNonNull(file, "file");
    requireNonNull(profile, "profile");
  }

  /// Returns the filter of this machine, empty for a processor that none is known for: there the
  /// engine's own is left.
  ///
  /// @param state where the file is written
  /// @param groups whether folders may hand their group down
  static Optional<EngineFilter> write(Path state, SetGroup groups) throws IOException {
    Optional<EngineProfile> known = EngineProfile.forThisMachine(Sockets.INTERNET, groups);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    String profile = known.get().json();
    Path folder = Files.createDirectories(state.resolve("docker"));
    Path file = folder.resolve(groups == SetGroup.REFUSED ? "seccomp.json" : "seccomp-groups.json");
    // Another Redoubt may be reading it.
    Path written = Files.writeString(Files.createTempFile(folder, "seccomp-", ""), profile);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return Optional.of(new EngineFilter(file, profile));
  }

  /// Returns the option of `docker run`.
  String option() {
    return "--security-opt=seccomp=" + file;
  }
}
