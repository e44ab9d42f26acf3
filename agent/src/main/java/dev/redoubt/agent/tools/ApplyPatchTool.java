// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.agent.tools.Patch.Change;
import dev.redoubt.agent.tools.Patch.Kind;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.files.Before;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The tool `apply_patch`: adds, changes, moves and deletes files.
///
/// Everything is read and fitted before anything is written. What then fails, or is refused, leaves
/// what was written before it.
final class ApplyPatchTool implements Tool {

  private static final TextFile PLAIN = new TextFile("", StandardCharsets.UTF_8, false);

  private final ToolSpec spec = Described.tool("apply_patch");
  private final Workplace place;

  ApplyPatchTool(Workplace place) {
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
  public void recall(Node.Obj facts) {
    facts.items("changes").forEach(it -> place.recall(new Node.Obj(it.fields(), it.line())));
  }

  @Override
  public Step plan(Node.Obj arguments) {
    return Arguments.checked(
        spec,
        arguments,
        given ->
            switch (PatchReader.read(given.text("patch"))) {
              case PatchReader.Result.Malformed(String reason) ->
                  Step.Done.failed("apply_patch: nothing was changed: " + reason);
              case PatchReader.Result.Read(Patch patch) -> new Call(patch.files()).start();
            });
  }

  /// One thing that is done to a path.
  ///
  /// @param content what is written; empty to delete
  private record Effect(Path path, Optional<Content> content, Before before, FileChange change) {}

  /// One call.
  private final class Call {

    private final List<Change> files;
    private final List<Effect> effects = new ArrayList<>();
    private final Set<Path> known = new HashSet<>();

    Call(List<Change> files) {
      this.files = files;
    }

    Step start() {
      Set<Path> paths = new HashSet<>();
      for (Change file : files) {
        if (!paths.add(place.at(file.path()))
            || (file.moved().isPresent() && !paths.add(place.at(file.moved().get())))) {
          return failed(file, "the patch names it twice");
        }
      }
      return read(0);
    }

    private Step failed(Change file, String reason) {
      return Step.Done.failed("nothing was changed: %s: %s".formatted(file.path(), reason));
    }

    private Step read(int index) {
      if (index == files.size()) {
        return perform(0);
      }
      Change file = files.get(index);
      Path path = place.at(file.path());
      return Failures.perform(
          new Action.Read(path),
          outcome -> {
            boolean there = outcome instanceof Outcome.ReadFile;
            if (file.kind() == Kind.ADD) {
              return there ? failed(file, "it is there already: update it") : added(index, path);
            }
            return outcome instanceof Outcome.ReadFile(Content content, long size)
                ? changed(index, path, content, size)
                : NearNames.instead(
                    place, path, "nothing was changed: " + Failures.reason(outcome));
          });
    }

    private Step added(int index, Path path) {
      String text = files.get(index).text();
      effects.add(
          new Effect(
              path, PLAIN.with(text), Before.NOTHING, FileChange.of(place.shown(path), "", text)));
      return read(index + 1);
    }

    private Step changed(int index, Path path, Content content, long size) {
      Change file = files.get(index);
      Optional<TextFile> before = TextFile.of(content, true);
      if (before.isEmpty() || size > content.size()) {
        return failed(file, "it is no text, or too large");
      }
      Before version = new Before.Version(content.sha256());
      if (file.kind() == Kind.DELETE) {
        FileChange gone = FileChange.of(place.shown(path), before.get().text(), "");
        effects.add(new Effect(path, Optional.empty(), version, gone));
        return read(index + 1);
      }
      return switch (PatchFitter.fit(before.get().lines(), file.chunks())) {
        case PatchFitter.Result.Fails(String reason) -> failed(file, reason);
        case PatchFitter.Result.Fits(List<String> lines) -> {
          Optional<String> text = joined(before.get(), lines);
          Optional<Content> after = text.flatMap(before.get()::with);
          if (after.isEmpty()) {
            yield failed(file, "its line ends are mixed, or its encoding lacks a sign: use edit");
          }
          Path target = file.moved().map(place::at).orElse(path);
          FileChange change =
              FileChange.of(place.shown(target), before.get().text(), text.orElse(""));
          boolean stays = target.equals(path);
          effects.add(new Effect(target, after, stays ? version : Before.NOTHING, change));
          if (!stays) {
            effects.add(new Effect(path, Optional.empty(), version, change));
          }
          yield read(index + 1);
        }
      };
    }

    private static Optional<String> joined(TextFile before, List<String> lines) {
      if (before.isMixed()) {
        return Optional.empty();
      }
      String text = String.join(before.lineEnd(), lines);
      boolean ended = before.text().isEmpty() || before.text().endsWith("\n");
      return Optional.of(ended && !lines.isEmpty() ? text + before.lineEnd() : text);
    }

    private Step perform(int index) {
      if (index == effects.size()) {
        return done();
      }
      Effect effect = effects.get(index);
      Action action =
          effect.content().isPresent()
              ? new Action.Write(effect.path(), effect.content().get())
              : new Action.Delete(effect.path());
      return new Step.Perform(
          action,
          Manner.over(effect.before()),
          outcome -> {
            if (outcome instanceof Outcome.Changed) {
              effect.content().ifPresent(content -> saw(effect, content));
              return perform(index + 1);
            }
            String words =
                "%s; done before it: %s"
                    .formatted(Failures.reason(outcome), index == 0 ? "nothing" : said(index));
            return new Step.Done(List.of(new Message.Words(words)), true, facts(index));
          },
          index == 0 ? Optional.empty() : Optional.of(Step.Done.said(said(index), facts(index))));
    }

    private void saw(Effect effect, Content content) {
      boolean seen =
          switch (effect.before()) {
            case Before.Nothing _ -> true;
            case Before.Version(String sha256) ->
                place.known(effect.path()).equals(Optional.of(sha256));
            case Before.Anything _ -> false;
          };
      if (seen) {
        known.add(effect.path());
        place.saw(effect.path(), content.sha256());
      }
    }

    private String said(int count) {
      List<String> said = new ArrayList<>();
      for (Effect effect : effects.subList(0, count)) {
        String shown = place.shown(effect.path());
        said.add(
            effect.content().isPresent()
                ? "wrote %s (%s)".formatted(shown, effect.change().counts())
                : "deleted " + shown);
      }
      return String.join("\n", said);
    }

    private Step done() {
      return Step.Done.said(said(effects.size()), facts(effects.size()));
    }

    private Node.Obj facts(int count) {
      if (count == 0) {
        return new Facts().all();
      }
      List<Node.Obj> changes = new ArrayList<>();
      for (Effect effect : effects.subList(0, count)) {
        changes.add(
            effect
                .content()
                .map(content -> effect.change().facts(content))
                .orElseGet(() -> Facts.of("path", place.shown(effect.path())).and("deleted", true))
                .and("known", known.contains(effect.path()))
                .all());
      }
      return new Facts().and("changes", changes).all();
    }
  }
}
