// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.sessions.Transcript;
import java.util.IdentityHashMap;
import java.util.List;

/// Which model said what in a session. What nobody knows the author of was said by another one. For
/// one thread.
final class Authors {

  private record Author(String provider, String model) {}

  private final IdentityHashMap<Message.FromModel, Author> authors = new IdentityHashMap<>();

  /// @param past what was said before
  Authors(List<Transcript.Answer> past) {
    past.forEach(it -> authors.put(it.message(), new Author(it.provider(), it.model())));
  }

  void add(Message.FromModel said, ModelChoice choice) {
    authors.put(said, new Author(choice.provider(), choice.name()));
  }

  boolean isBy(Message.FromModel said, ModelChoice choice) {
    return new Author(choice.provider(), choice.name()).equals(authors.get(said));
  }
}
