// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.agent.api.Crew;
import dev.redoubt.agent.api.Notebook;
import dev.redoubt.agent.api.Outputs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A session that offers everything, and nobody who works.
final class Offered {

  private Offered() {}

  static Services services(Outputs outputs) {
    return new Services(outputs, Optional.of(new Idle()), Optional.of(new Forgetful()))
        .searching(Optional.of("search.example"));
  }

  private static final class Idle implements Crew {

    @Override
    public List<Kind> kinds() {
      return List.of();
    }

    @Override
    public Hiring hire(Order order) {
      return new Hiring.Declined("nobody is free");
    }

    @Override
    public List<Standing> standings() {
      return List.of();
    }

    @Override
    public void await(List<String> agents, Duration atMost) {}

    @Override
    public Optional<String> tell(String agent, String words) {
      return Optional.of("nobody is there");
    }

    @Override
    public boolean stop(String agent) {
      return false;
    }

    @Override
    public Work work(String agent) {
      return new Work.Nowhere("there is no agent and no worktree");
    }
  }

  private static final class Forgetful implements Notebook {

    @Override
    public List<Note> notes() {
      return List.of();
    }

    @Override
    public Optional<String> save(Note note) {
      return Optional.of("nothing is remembered");
    }

    @Override
    public boolean delete(Scope scope, String name) {
      return false;
    }
  }
}
