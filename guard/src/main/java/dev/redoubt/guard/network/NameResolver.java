// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import java.util.List;
import java.util.Optional;

/// What addresses a name has: the port through which guards see the name service.
public interface NameResolver {

  /// Resolves nothing: a judgement without the name service.
  NameResolver NONE = _ -> Optional.empty();

  /// Returns the addresses of `host`, each of 4 or 16 bytes, or empty when nobody was asked.
  ///
  /// @param host a name in lower case without a final dot
  /// @throws java.io.UncheckedIOException if the name cannot be resolved; the guard then denies
  Optional<List<IpAddress>> resolve(String host);
}
