// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Crew;
import dev.redoubt.agent.api.Crew.Change;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.files.Before;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The tool `agent_changes`: what a sub-agent made in its worktree, shown or applied.
///
/// Each file is written by an action of its own, so the guard judges it and undo takes it back.
/// Every file is looked at before the first is written, and what cannot be looked at is a conflict.
/// What then fails, or is refused, leaves what was written before it.
final class AgentChangesTool implements Tool {

  private static final String NAME = "agent_changes";
  private static final String OTHER = "it is not as it was when the agent began";

  private final ToolSpec spec = Described.tool(NAME);
  private final Crew crew;
  private final Workplace place;

  AgentChangesTool(Crew crew, Workplace place) {
    this.crew = requireNonNull(crew, "crew");
    this.place = requireNonNull(place, "place");
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Access access() {
    return Access.WRITES;
  }

  @Override
  public Step plan(Node.Obj arguments) {
    return Arguments.checked(
        spec,
        arguments,
        given -> {
          String agent = given.text("agent");
          return new Step.Own(
              NAME,
              Facts.of("agent", Names.oneLine(agent)).all(),
              () -> found(crew.work(agent), given.isTrue("apply")));
        });
  }

  private Step found(Crew.Work work, boolean apply) {
    return switch (work) {
      case Crew.Work.Nowhere(String why) -> Step.Done.failed(why);
      case Crew.Work.Made(String id, List<Change> changes) -> {
        Facts facts = Facts.of("worktree", id).and("files", changes.size());
        if (changes.isEmpty()) {
          yield Step.Done.said("nothing was changed in " + id, facts.all());
        }
        yield apply
            ? new Call(id, changes).look(0)
            : Step.Done.said(WorktreeDiff.of(changes), facts.all());
      }
    };
  }

  /// One file that is to be written or deleted.
  private record Effect(Change change, Path path, Before before) {}

  /// One call that applies.
  private final class Call {

    private final String id;
    private final List<Change> changes;
    private final List<Effect> effects = new ArrayList<>();
    private final List<String> conflicts = new ArrayList<>();

    Call(String id, List<Change> changes) {
      this.id = id;
      this.changes = changes;
    }

    Step look(int index) {
      if (index == changes.size()) {
        return conflicts.isEmpty() ? perform(0) : refused();
      }
      Change change = changes.get(index);
      if (!change.obstacle().isEmpty()) {
        conflict(change, change.obstacle());
        return look(index + 1);
      }
      Path path = place.at(change.path());
      return Failures.perform(
          new Action.Read(path),
          outcome -> {
            if (outcome instanceof Outcome.ReadFile(Content content, long size)) {
              if (size == content.size()) {
                compare(change, path, Optional.of(content));
              } else {
                conflict(change, OTHER);
              }
            } else if (outcome.equals(Outcome.Failed.absent(path))) {
              compare(change, path, Optional.empty());
            } else {
              conflict(change, Failures.reason(outcome));
            }
            return look(index + 1);
          });
    }

    private void compare(Change change, Path path, Optional<Content> there) {
      if (!there.equals(change.before()) && !there.equals(change.after())) {
        conflict(change, OTHER);
      } else if (!there.equals(change.after())) {
        Before before =
            there
                .<Before>map(content -> new Before.Version(content.sha256()))
                .orElse(Before.NOTHING);
        effects.add(new Effect(change, path, before));
      }
    }

    private void conflict(Change change, String why) {
      conflicts.add(Names.oneLine(change.path()) + ": " + why);
    }

    private Step refused() {
      return Step.Done.failed(
          "nothing was applied:\n%s\nThe worktree %s is as it was: look at the diff, and edit."
              .formatted(String.join("\n", conflicts), id));
    }

    private Step perform(int index) {
      if (index == effects.size()) {
        return Step.Done.said(
            effects.isEmpty() ? "everything is in the workspace already" : said(index),
            facts(index));
      }
      Effect effect = effects.get(index);
      Action action =
          effect.change().after().isPresent()
              ? new Action.Write(effect.path(), effect.change().after().get())
              : new Action.Delete(effect.path());
      return new Step.Perform(
          action,
          Manner.over(effect.before()),
          outcome ->
              outcome instanceof Outcome.Changed
                  ? perform(index + 1)
                  : new Step.Done(
                      List.of(
                          new Message.Words(
                              "%s; done before it: %s"
                                  .formatted(
                                      Failures.reason(outcome),
                                      index == 0 ? "nothing" : said(index)))),
                      true,
                      facts(index)),
          index == 0 ? Optional.empty() : Optional.of(Step.Done.said(said(index), facts(index))));
    }

    private String said(int end) {
      StringBuilder said = new StringBuilder();
      for (Effect effect : effects.subList(0, end)) {
        said.append(effect.change().after().isPresent() ? "written: " : "deleted: ");
        said.append(Names.oneLine(effect.change().path())).append('\n');
      }
      return said.toString().stripTrailing();
    }

    private Node.Obj facts(int end) {
      List<Node.Obj> applied = new ArrayList<>();
      for (Effect effect : effects.subList(0, end)) {
        Facts facts = Facts.of("path", place.shown(effect.path())).and("known", false);
        effect.change().after().ifPresent(content -> facts.and("sha256", content.sha256()));
        applied.add(facts.all());
      }
      return Facts.of("worktree", id).and("changes", applied).all();
    }
  }
}
