// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.undo;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.GlobalOptions.Verbosity;
import dev.redoubt.sandbox.snapshots.PathChange;
import dev.redoubt.sandbox.snapshots.TurnRecord;
import dev.redoubt.sandbox.snapshots.UndoOutcome;
import dev.redoubt.sandbox.snapshots.Untouched;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// How commands that write or go back say what came of them.
public final class UndoText {

  private static final int MOST_PATHS = 20;

  private UndoText() {}

  /// Says how going back or forth ended and returns the exit code: 0 when all was done, 1 when not.
  static int tell(Call call, UndoOutcome outcome) {
    if (call.has("--json")) {
      CommandOutput.json(call, json -> fields(json, outcome));
    } else {
      words(call, outcome);
    }
    return exitCode(outcome);
  }

  /// The same for what can be gone on with by doing it again.
  ///
  /// @param again the command, `undo` or `redo`
  static int tell(Call call, UndoOutcome outcome, String again) {
    int code = tell(call, outcome);
    if (!call.has("--json")) {
      left(outcome).ifPresent(left -> goingOn(call, left, again));
    }
    return code;
  }

  private static Optional<List<Untouched>> left(UndoOutcome outcome) {
    return switch (outcome) {
      case UndoOutcome.Done done when !done.complete() -> Optional.of(done.untouched());
      case UndoOutcome.Blocked(List<Untouched> untouched, _) -> Optional.of(untouched);
      case UndoOutcome.Done _, UndoOutcome.Nothing _ -> Optional.empty();
    };
  }

  private static void goingOn(Call call, List<Untouched> left, String again) {
    if (left.stream().anyMatch(path -> path.why() == Untouched.Why.CONFLICT)) {
      CommandOutput.line(
          call,
          "redoubt %s --force takes what is in conflict all the same; redoubt restore FILE brings"
              + " one file back as it was before a turn",
          again);
    }
    if (left.stream().anyMatch(path -> path.why() == Untouched.Why.FAILED)) {
      CommandOutput.line(
          call,
          "what failed is tried again by redoubt %s, or by redoubt restore FILE for one file",
          again);
    }
  }

  /// Returns 0 when all was done, 1 when not.
  public static int exitCode(UndoOutcome outcome) {
    return outcome instanceof UndoOutcome.Done done && done.complete() ? ExitCode.OK : ExitCode.NO;
  }

  /// Says how it ended in words.
  public static void words(Call call, UndoOutcome outcome) {
    outcome.notes().forEach(note -> CommandOutput.note(call, "redoubt: %s", note));
    switch (outcome) {
      case UndoOutcome.Done done -> done(call, done);
      case UndoOutcome.Blocked(List<Untouched> untouched, _) -> {
        CommandOutput.line(call, "nothing was changed");
        untouched(call, untouched);
      }
      case UndoOutcome.Nothing(String reason, _) -> CommandOutput.line(call, "%s", reason);
    }
  }

  private static void done(Call call, UndoOutcome.Done done) {
    CommandOutput.line(
        call,
        "%s: %s, kept as turn %d",
        done.turn().what(),
        paths(done.changed().size()),
        done.turn().number());
    int shown = call.globals().verbosity() == Verbosity.QUIET ? 0 : MOST_PATHS;
    for (PathChange change : done.changed().subList(0, Math.min(shown, done.changed().size()))) {
      CommandOutput.line(call, "  %s %s", mark(change.kind()), change.path());
    }
    if (shown > 0 && done.changed().size() > shown) {
      CommandOutput.line(call, "  and %d more", done.changed().size() - shown);
    }
    untouched(call, done.untouched());
  }

  private static void untouched(Call call, List<Untouched> untouched) {
    for (Untouched left : untouched) {
      CommandOutput.line(
          call, "left as it is (%s): %s: %s", word(left.why()), left.path(), left.reason());
    }
  }

  /// Writes how it ended as properties.
  public static void fields(JsonGenerator json, UndoOutcome outcome) {
    switch (outcome) {
      case UndoOutcome.Done(
              TurnRecord turn,
              List<PathChange> changed,
              List<Untouched> untouched,
              List<String> notes) -> {
        json.writeStringProperty("status", "done");
        json.writeName("turn");
        turn(json, turn, false);
        changes(json, changed);
        untouched(json, untouched);
        notes(json, notes);
      }
      case UndoOutcome.Blocked(List<Untouched> untouched, List<String> notes) -> {
        json.writeStringProperty("status", "blocked");
        untouched(json, untouched);
        notes(json, notes);
      }
      case UndoOutcome.Nothing(String reason, List<String> notes) -> {
        json.writeStringProperty("status", "nothing");
        json.writeStringProperty("reason", reason);
        notes(json, notes);
      }
    }
  }

  private static void changes(JsonGenerator json, List<PathChange> changed) {
    json.writeArrayPropertyStart("changed");
    for (PathChange change : changed) {
      json.writeStartObject();
      change(json, change);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /// Writes the properties of a change.
  public static void change(JsonGenerator json, PathChange change) {
    json.writeStringProperty("path", change.path());
    json.writeStringProperty("kind", word(change.kind()));
  }

  private static void untouched(JsonGenerator json, List<Untouched> untouched) {
    json.writeArrayPropertyStart("untouched");
    for (Untouched left : untouched) {
      json.writeStartObject();
      json.writeStringProperty("path", left.path());
      json.writeStringProperty("why", word(left.why()));
      json.writeStringProperty("reason", left.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void notes(JsonGenerator json, List<String> notes) {
    json.writeArrayPropertyStart("notes");
    notes.forEach(json::writeString);
    json.writeEndArray();
  }

  /// Writes one turn as an object.
  static void turn(JsonGenerator json, TurnRecord turn, boolean undone) {
    json.writeStartObject();
    json.writeNumberProperty("turn", turn.number());
    json.writeStringProperty("kind", word(turn.kind()));
    json.writeStringProperty("began", turn.began().toString());
    json.writeStringProperty("what", turn.what());
    json.writeNumberProperty("changed", turn.span().changed());
    json.writeStringProperty("end", word(turn.span().end()));
    json.writeBooleanProperty("undone", undone);
    json.writeArrayPropertyStart("of");
    turn.of().forEach(json::writeNumber);
    json.writeEndArray();
    json.writeEndObject();
  }

  /// Returns a name of an enum in the manner of `left-out`.
  public static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Returns how many paths, in words.
  public static String paths(int count) {
    return count == 1 ? "1 path" : count + " paths";
  }

  private static String mark(PathChange.Kind kind) {
    return switch (kind) {
      case CREATED -> "+";
      case CHANGED -> "~";
      case DELETED -> "-";
      case LEFT_OUT -> "?";
    };
  }

  /// Returns a line of a diff for a terminal: without its tabs it would be none, everything else
  /// that steers one is spelled out.
  public static String safe(String line) {
    StringBuilder safe = new StringBuilder(line.length());
    int start = 0;
    for (int tab = line.indexOf('\t'); tab >= 0; tab = line.indexOf('\t', start)) {
      safe.append(CommandOutput.plain(line.substring(start, tab))).append('\t');
      start = tab + 1;
    }
    return safe.append(CommandOutput.plain(line.substring(start))).toString();
  }
}
