// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Decision.Allow;
import dev.redoubt.guard.Decision.Ask;
import dev.redoubt.guard.Decision.Deny;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.FileFacts.Facts;
import dev.redoubt.guard.FileFacts.Kind;
import dev.redoubt.guard.paths.SensitivePaths.Entry;
import dev.redoubt.guard.paths.SensitivePaths.Protection;
import java.util.List;

/// Judges the readings of one path, one at a time.
final class FormJudge {

  private static final SensitivePaths SENSITIVE = SensitivePaths.builtIn();
  private static final Allow IN_WORKSPACE =
      new Allow("path.workspace", "an ordinary file of the workspace");

  private final Access access;
  private final String written;
  private final Boundary boundary;

  FormJudge(Effect.File effect, Boundary boundary) {
    this.access = effect.access();
    this.written = PathText.shown(effect.place().written());
    this.boundary = boundary;
  }

  boolean isWorkspace(Form form) {
    return boundary.roots().contains(form.names());
  }

  /// Returns the decision on one reading by itself.
  Decision judge(Form form) {
    List<String> location = form.location();
    Zone zone = boundary.zone(location);
    Spot spot = form.spot(boundary.home(), boundary.depth(location));
    Decision decision = IN_WORKSPACE;
    for (Entry entry : SENSITIVE.at(spot)) {
      decision = decision.or(sensitive(entry, form));
    }
    decision = decision.or(containing(form, spot, zone));
    if (form.sort() == Form.Sort.ALIAS) {
      return decision;
    }
    // Where it lies is said when nothing else is, so an allow names the zone.
    Decision zoned = zoned(form, zone);
    return decision instanceof Allow ? zoned : decision.or(zoned);
  }

  private Decision sensitive(Entry entry, Form form) {
    return switch (entry.protection()) {
      case ORDINARY -> IN_WORKSPACE;
      case SECRET -> deny("path.sensitive." + entry.kind(), form, "it holds " + entry.what());
      case PRIVATE ->
          access == Access.READ || access == Access.SEARCH
              ? ask("path.sensitive." + entry.kind(), form, "it looks like " + entry.what())
              : IN_WORKSPACE;
      case PROTECTED ->
          changes() ? deny("path.protected." + entry.kind(), form, is(entry)) : IN_WORKSPACE;
      case CAREFUL ->
          changes() ? ask("path.protected." + entry.kind(), form, is(entry)) : IN_WORKSPACE;
    };
  }

  private static String is(Entry entry) {
    return "it is " + entry.what();
  }

  private boolean changes() {
    return access == Access.WRITE || access == Access.DELETE;
  }

  /* A folder that holds something sensitive. Reading or listing it shows no content. */
  private Decision containing(Form form, Spot spot, Zone zone) {
    if (access == Access.READ || access == Access.LIST) {
      return IN_WORKSPACE;
    }
    if (access == Access.WRITE && zone == Zone.WORKSPACE_ROOT) {
      return IN_WORKSPACE;
    }
    Decision decision = IN_WORKSPACE;
    for (Entry entry : SENSITIVE.below(spot)) {
      decision = decision.or(containing(form, entry, zone));
    }
    return decision;
  }

  private Decision containing(Form form, Entry entry, Zone zone) {
    boolean secret = entry.protection() == Protection.SECRET;
    boolean kept = secret || entry.protection() == Protection.PROTECTED;
    String why = "below it lies " + entry.what();
    String rule = (secret ? "path.sensitive." : "path.protected.") + entry.kind();
    boolean inside = zone == Zone.WORKSPACE || zone == Zone.WORKSPACE_ROOT;
    return switch (access) {
      case READ, LIST -> IN_WORKSPACE;
      case SEARCH -> !secret ? IN_WORKSPACE : inside ? ask(rule, form, why) : deny(rule, form, why);
      case WRITE -> kept ? ask(rule, form, why) : IN_WORKSPACE;
      case DELETE -> kept ? deny(rule, form, why) : ask(rule, form, why);
    };
  }

  private Decision zoned(Form form, Zone zone) {
    return switch (zone) {
      case WORKSPACE -> everything(form) ? emptying(form) : IN_WORKSPACE;
      case WORKSPACE_ROOT ->
          access == Access.DELETE
              ? new Deny(
                  "path.workspace-root", doing(form, "it is the workspace itself"), List.of())
              : IN_WORKSPACE;
      case ABOVE_WORKSPACE ->
          access == Access.DELETE
              ? new Deny("path.workspace-root", doing(form, "the workspace lies in it"), List.of())
              : outside(form);
      case STREAM ->
          access == Access.DELETE ? outside(form) : new Allow("path.stream", "a standard stream");
      case TEMPORARY ->
          access == Access.WRITE || (access == Access.DELETE && form.location().size() > 1)
              ? ask("path.temporary", form, "it lies outside the workspace")
              : outside(form);
      case SYSTEM ->
          changes()
              ? outside(form)
              : new Allow("path.system", "a part of the system that everybody may read");
      case OUTSIDE -> outside(form);
    };
  }

  /* rm -rf * in the workspace itself. */
  private boolean everything(Form form) {
    return access == Access.DELETE
        && form.rest().size() == 1
        && !form.rest().getFirst().isExplicit()
        && boundary.zone(form.names()) == Zone.WORKSPACE_ROOT;
  }

  private Decision emptying(Form form) {
    return ask("path.workspace-root", form, "it is everything in the workspace");
  }

  private Decision outside(Form form) {
    String why = "it lies outside the workspace " + Names.join(boundary.roots().getFirst());
    return changes() ? deny("path.outside-write", form, why) : ask("path.outside-read", form, why);
  }

  /// Returns the decision on a reading that is hidden in the written path: nobody writes a path
  /// that way to reach what the plain one may not.
  Decision hidden(Decision decision) {
    return decision instanceof Allow || decision instanceof Deny
        ? decision
        : new Deny(
            "path.malformed",
            written + " is written so that it reads as another path: " + decision.reason(),
            List.of());
  }

  /// Returns the decision on where `from` really leads.
  Decision real(Form from, Form to) {
    Decision decision = judge(to);
    boolean escapes =
        isInside(boundary.zone(from.location())) && !isInside(boundary.zone(to.location()));
    if (!escapes || decision instanceof Allow || decision.rule().startsWith("path.sensitive.")) {
      return decision;
    }
    return new Deny(
        "path.link-escape",
        doing(to, "a link leads out of the workspace"),
        decision instanceof Deny(_, _, List<String> remedies) ? remedies : rules(to));
  }

  private static boolean isInside(Zone zone) {
    return zone == Zone.WORKSPACE || zone == Zone.WORKSPACE_ROOT;
  }

  /// Returns the decision on what lies at `real`.
  Decision object(Form real, Facts facts) {
    if (facts.kind() == Kind.SPECIAL && boundary.zone(real.names()) != Zone.SYSTEM) {
      return ask("path.special", real, "it is a device, a pipe or a socket");
    }
    if (facts.kind() != Kind.FILE || facts.links() < 2) {
      return IN_WORKSPACE;
    }
    boolean read = access == Access.READ || access == Access.SEARCH;
    if (access == Access.WRITE || (read && !isShared(real))) {
      return ask(
          "path.hard-link", real, "the file has " + facts.links() + " names, some perhaps outside");
    }
    return IN_WORKSPACE;
  }

  /* Package managers and git link their files, and so do systems. */
  private boolean isShared(Form real) {
    int git = real.names().indexOf(".git");
    return boundary.zone(real.names()) == Zone.SYSTEM
        || real.names().contains("node_modules")
        || (git >= 0
            && git + 1 < real.names().size()
            && real.names().get(git + 1).equals("objects"));
  }

  private Ask ask(String rule, Form form, String why) {
    return new Ask(rule, doing(form, why), rules(form));
  }

  private Deny deny(String rule, Form form, String why) {
    return new Deny(rule, doing(form, why), rules(form));
  }

  private String doing(Form form, String why) {
    String path = PathText.shown(Names.join(form.location()));
    String verb =
        switch (access) {
          case READ -> "reading ";
          case LIST -> "listing ";
          case SEARCH -> "searching ";
          case WRITE -> "writing ";
          case DELETE -> "deleting ";
        };
    return verb + written + (path.equals(written) ? "" : " (" + path + ")") + ": " + why;
  }

  private List<String> rules(Form form) {
    if (form.isGlob()) {
      return List.of();
    }
    String pattern = Glob.quote(boundary.ruled(form.names()));
    return List.of((changes() ? "write:" : "read:") + pattern);
  }
}
