// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.FileFacts.Facts;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.paths.Form.Sort;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Says what may be done with a path. Immutable, safe to share.
///
/// A path is judged in every reading: as written, as another system would read it, decoded, where
/// it really leads and under its other names. The strictest judgement stands. Sensitive places are
/// denied wherever they lie and whether or not they exist; ordinary files may be read, written and
/// deleted in the workspace. What cannot be judged is denied.
public final class PathJudge {

  private final FileFacts facts;

  public PathJudge(FileFacts facts) {
    this.facts = requireNonNull(facts, "facts");
  }

  /// Returns the built-in decision on `effect`.
  public Decision judge(Effect.File effect, Situation situation) {
    Place place = effect.place();
    Optional<String> mistake = mistake(place);
    if (mistake.isPresent()) {
      return new Decision.Deny("path.malformed", mistake.get(), List.of());
    }
    List<Form> forms = Form.lexical(place);
    Form written = forms.getFirst();
    if (isStream(written, place, effect.access())) {
      return new Decision.Allow("path.stream", "a standard stream");
    }
    try {
      Decision decision = judge(effect, situation, forms);
      return written.isGlob()
          ? new Expansion(facts, boundary(situation))
              .judge(effect, written, decision, file -> judge(file, situation))
          : decision;
    } catch (UncheckedIOException e) {
      return new Decision.Deny(
          "path.unresolvable",
          "where "
              + PathText.shown(place.written())
              + " leads cannot be found out: "
              + String.valueOf(e.getMessage()),
          List.of());
    }
  }

  /* What the shell wrote or a link says may differ from the plain name, so only the plain one. */
  private static boolean isStream(Form written, Place place, Access access) {
    return access != Access.DELETE
        && !written.isGlob()
        && place.path().equals(Names.join(written.names()))
        && Zone.of(written.names(), List.of()) == Zone.STREAM;
  }

  private static Optional<String> mistake(Place place) {
    Optional<String> mistake = PathText.mistake(place.path());
    if (mistake.isPresent()) {
      return mistake;
    }
    if (place.path().contains("/\\\\")) {
      return Optional.of(PathText.shown(place.written()) + " names another machine");
    }
    for (String name : Names.split(place.path())) {
      boolean dots = name.startsWith("..") && name.substring(2).isBlank();
      if (name.length() > 2 && (dots || name.isBlank())) {
        return Optional.of(
            PathText.shown(place.written()) + " has a name of blanks that looks like another");
      }
    }
    return Optional.empty();
  }

  private Decision judge(Effect.File effect, Situation situation, List<Form> lexical) {
    Boundary boundary = boundary(situation);
    FormJudge judge = new FormJudge(effect, boundary);
    Form written = lexical.getFirst();
    Decision decision = judge.judge(written);
    for (Form form : lexical.subList(1, lexical.size())) {
      Optional<String> mistake = PathText.mistake(Names.join(form.names()));
      if (mistake.isPresent()) {
        return new Decision.Deny("path.malformed", mistake.get(), List.of());
      }
      Decision next = judge.judge(form);
      decision = decision.or(form.sort() == Sort.DECODED ? judge.hidden(next) : next);
    }
    decision = decision.or(literal(effect.place()).orElse(decision));
    Found found = look(effect, written);
    Form real = written.at(Sort.REAL, Names.normal(found.facts().real()));
    // Most paths lead nowhere else, and then the answer is the one that was given.
    if (!real.names().equals(written.names())) {
      decision = decision.or(judge.real(written, real));
    }
    for (String alias : found.facts().aliases()) {
      decision = decision.or(judge.judge(written.at(Sort.ALIAS, Names.normal(alias))));
    }
    if (effect.access() == Access.WRITE || effect.access() == Access.DELETE) {
      decision = decision.or(ofGit(judge, real, situation.home()));
    }
    return found.isObject() ? decision.or(judge.object(real, found.facts())) : decision;
  }

  /* What git obeys under another name than .git. A workspace that is itself a repository is judged
   * by what is written in it. */
  private Decision ofGit(FormJudge judge, Form real, String home) {
    Decision decision = new Decision.Allow("path.workspace", "nothing of git");
    if (!real.isGlob() && judge.isWorkspace(real)) {
      return decision;
    }
    for (String name : facts.gitNames(Names.join(real.names()), home)) {
      decision = decision.or(judge.judge(real.at(Sort.ALIAS, Names.normal(name))));
    }
    return decision;
  }

  /* A shell, and many a tool, makes a home or another folder of such a name. */
  private static Optional<Decision> literal(Place place) {
    if (place.kind() == Place.Kind.GLOB || !mayExpand(place.path())) {
      return Optional.empty();
    }
    for (String name : Names.split(place.path())) {
      if (isExpanded(name)) {
        return Optional.of(
            new Decision.Ask(
                "path.unexpanded",
                PathText.shown(place.written()) + " names a folder that a tool may read otherwise",
                List.of()));
      }
    }
    return Optional.empty();
  }

  private static boolean mayExpand(String path) {
    return path.indexOf('~') >= 0 || path.indexOf('$') >= 0 || path.indexOf(':') >= 0;
  }

  private static boolean isExpanded(String name) {
    if (name.startsWith("~")) {
      return !name.startsWith("~$");
    }
    if (!name.startsWith("$")) {
      return name.equalsIgnoreCase("file:");
    }
    boolean upper = name.length() > 1;
    for (int i = 1; i < name.length(); i++) {
      char c = name.charAt(i);
      upper &= (c >= 'A' && c <= 'Z') || c == '_';
    }
    return upper || name.startsWith("${") || name.startsWith("$(");
  }

  private Boundary boundary(Situation situation) {
    List<List<String>> roots = new ArrayList<>();
    roots.add(Names.normal(situation.workspace()));
    List<String> real = Names.normal(facts.of(situation.workspace()).real());
    if (!roots.contains(real)) {
      roots.add(real);
    }
    return new Boundary(roots, Names.fold(Names.normal(situation.home())));
  }

  /* Of a glob the folder is looked at in which it starts. A deletion takes the link, not what it
   * leads to, unless the path goes through it. */
  private Found look(Effect.File effect, Form written) {
    String path = effect.place().path();
    if (written.isGlob()) {
      return new Found(facts.of(Names.join(written.names())), false);
    }
    if (effect.access() != Access.DELETE || written.names().isEmpty() || endsInFolder(path)) {
      return new Found(facts.of(path), true);
    }
    int slash = path.lastIndexOf('/');
    Facts parent = facts.of(slash == 0 ? "/" : path.substring(0, slash));
    String real = parent.real().equals("/") ? "" : parent.real();
    return new Found(
        new Facts(
            real + path.substring(slash), FileFacts.Kind.UNKNOWN, 1, aliases(parent, path, slash)),
        true);
  }

  private static List<String> aliases(Facts parent, String path, int slash) {
    List<String> aliases = new ArrayList<>();
    for (String alias : parent.aliases()) {
      aliases.add(alias + path.substring(slash));
    }
    return aliases;
  }

  private static boolean endsInFolder(String path) {
    return path.endsWith("/") || path.endsWith("/.") || path.endsWith("/..");
  }

  private record Found(Facts facts, boolean isObject) {}
}
