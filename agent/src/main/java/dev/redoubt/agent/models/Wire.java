// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.agent.api.Delta;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.document.Node;
import dev.redoubt.sandbox.network.WebHeader;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// A wire format: what is sent and how the answer is read. Immutable.
interface Wire {

  /// Returns the version that is put behind a base URL that ends with none, with a slash at its
  /// start; empty when base URLs have to name it.
  String version();

  /// Returns what follows the base URL and the version, with a slash at its start.
  String path(ModelRequest request);

  /// Returns the headers that belong to the format.
  List<WebHeader> headers();

  /// Returns the body. Equal requests give equal bodies, and a request that only adds messages to
  /// another has a body that begins the same.
  Node.Obj body(ModelRequest request, Set<Quirk> quirks);

  /// Returns what reads the answer to `request`.
  AnswerReader reader(ModelRequest request, Consumer<Delta> listener);
}
