// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import static java.util.Objects.requireNonNull;

import dev.redoubt.advisory.files.AtomicFile;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.CanonicalJson;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.records.ActionDigest;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.kernel.Usage;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.sandbox.wall.Tether;
import dev.redoubt.sandbox.wall.Undone;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What came of one `redoubt exec`.
///
/// @param outcome `ran`, `taken-back`, `timed-out`, `cut`, `lost`, `denied`, `asked`,
///   `refused-by-sandbox` or `not-started`
/// @param exitCode what `redoubt exec` ends with
/// @param rule the stable id of a refusal; empty when it ran
/// @param reason why it did not run or was ended; empty when it ran to its end
/// @param fix what would make it run; empty when nothing does or it ran
/// @param run where and how it was done
record ExecReport(
    String outcome, int exitCode, String rule, String reason, List<String> fix, Place run) {

  /// What surrounded it, where its writes went, and what it had written in protected places.
  record Inside(String sandbox, String writes, Optional<Undone> undone) {
    Inside {
      requireNonNull(undone, "undone");
    }

    /* The places that were taken away or could not be. */
    private List<String> places() {
      return undone.stream()
          .flatMap(left -> Stream.concat(left.taken().stream(), left.left().stream()))
          .map(Path::toString)
          .toList();
    }

    /* However a command ended, what was taken back is said. */
    private String said(String reason) {
      String taken = undone.map(Undone::said).orElse("");
      return taken.isEmpty() || reason.contains(taken) ? reason : reason + "; " + taken;
    }
  }

  /// Where and how it was done, and what that took where it was counted.
  record Place(
      List<String> command,
      Inside inside,
      String workspace,
      String folder,
      long millis,
      Optional<Usage> usage) {
    Place {
      command = List.copyOf(command);
      requireNonNull(usage, "usage");
    }
  }

  private static final Node UNKNOWN = new Node.Nothing(0);

  ExecReport {
    requireNonNull(outcome, "outcome");
    requireNonNull(rule, "rule");
    requireNonNull(reason, "reason");
    fix = List.copyOf(fix);
    requireNonNull(run, "run");
  }

  /// Returns what is written when the program was told to end before the command had.
  static ExecReport cancelled(Place place) {
    return new ExecReport(
        "cut", ExitCode.CANCELLED, "", place.inside().said("it was cancelled"), List.of(), place);
  }

  static ExecReport of(Outcome outcome, Place place) {
    return switch (outcome) {
      case Outcome.Ran(var ended) -> ran(ended, place);
      case Outcome.RefusedByGuard(var _, var decision) -> refused(decision, place);
      case Outcome.RefusedByWall(String reason, String fix) ->
          new ExecReport(
              "refused-by-sandbox",
              ExitCode.DENIED,
              "sandbox.refused",
              place.inside().said(reason),
              only(fix),
              place);
      case Outcome.NotStarted(String reason, String fix) ->
          new ExecReport(
              "not-started",
              ExitCode.ENVIRONMENT,
              "",
              place.inside().said(reason),
              only(fix),
              place);
      case Outcome.Failed(String reason) ->
          new ExecReport("not-started", ExitCode.ENVIRONMENT, "", reason, List.of(), place);
      case Outcome.Runs _,
          Outcome.ReadFile _,
          Outcome.Changed _,
          Outcome.Listed _,
          Outcome.Found _,
          Outcome.Connected _,
          Outcome.Fetched _,
          Outcome.Called _ ->
          throw new IllegalStateException("no outcome of a command: " + outcome);
    };
  }

  private static ExecReport ran(Ended ended, Place place) {
    return switch (ended.ending()) {
      case Ending.Exited _, Ending.Signalled _ -> ranToItsEnd(ended, place);
      case Ending.TimedOut(var allowed) ->
          new ExecReport(
              "timed-out",
              ExitCode.TIMED_OUT,
              "",
              place
                  .inside()
                  .said(
                      "it took longer than %d seconds%s"
                          .formatted(allowed.toSeconds(), cut(ended))),
              List.of(),
              place);
      case Ending.Cut(String reason) ->
          new ExecReport(
              isLost(ended, reason) ? "lost" : "cut",
              isLost(ended, reason) ? ExitCode.ENVIRONMENT : ExitCode.CANCELLED,
              "",
              place.inside().said(reason),
              List.of(),
              place);
    };
  }

  /* What else went wrong with a command that was ended from here. */
  private static String cut(Ended ended) {
    return ended
        .loss()
        .filter(loss -> loss.kind() == Tether.Loss.Kind.CUT)
        .map(loss -> "; " + loss.reason())
        .orElse("");
  }

  /* Nobody cancelled it: an engine died, a link was cut. */
  private static boolean isLost(Ended ended, String reason) {
    return ended.loss().map(Tether.Loss::reason).filter(reason::equals).isPresent();
  }

  private static ExecReport ranToItsEnd(Ended ended, Place place) {
    int code = ended.ending().exitCode();
    var undone = ended.loss().filter(loss -> loss.kind() == Tether.Loss.Kind.UNDONE);
    if (undone.isEmpty()) {
      return new ExecReport("ran", code, "", "", List.of(), place);
    }
    return new ExecReport(
        "taken-back",
        code == 0 ? ExitCode.DENIED : code,
        "sandbox.taken-back",
        undone.get().reason(),
        List.of(),
        place);
  }

  private static ExecReport refused(Decision decision, Place place) {
    return switch (decision) {
      case Decision.Deny(String rule, String reason, List<String> remedies) ->
          new ExecReport("denied", ExitCode.DENIED, rule, reason, allowing(remedies), place);
      case Decision.Ask(String rule, String reason, List<String> proposals) ->
          new ExecReport("asked", ExitCode.QUESTION, rule, reason, allowing(proposals), place);
      case Decision.Allow _ -> throw new IllegalStateException("an allow refuses nothing");
    };
  }

  private static List<String> allowing(List<String> rules) {
    return rules.stream().map("--allow '%s'"::formatted).toList();
  }

  private static List<String> only(String fix) {
    return fix.isEmpty() ? List.of() : List.of(fix);
  }

  /// Returns what the evidence keeps of the end of `action`; the decision was written before it.
  Event event(Action action) {
    return new Event(
        "outcome",
        "exec",
        new Payload()
            .text("digest", ActionDigest.of(action))
            .number("exitCode", exitCode)
            .number("millis", run.millis())
            .text("outcome", outcome)
            .text("reason", reason)
            .text("sandbox", run.inside().sandbox())
            .texts("takenBack", run.inside().places())
            .text("writes", run.inside().writes())
            .object());
  }

  /// Says on standard error why the command did not run to its end.
  void tell(Call call) {
    if (reason.isEmpty()) {
      return;
    }
    String what =
        switch (outcome) {
          case "denied" -> "denied";
          case "asked" -> "nobody said yes";
          case "refused-by-sandbox" ->
              "the sandbox %s refused it".formatted(run.inside().sandbox());
          case "timed-out" -> "timed out";
          case "cut" -> "ended";
          case "taken-back" -> "taken back";
          case "lost" -> "lost";
          default -> "could not start";
        };
    CommandOutput.note(
        call, "redoubt: %s: %s%s", what, reason, rule.isEmpty() ? "" : "  (" + rule + ")");
    for (String line : fix) {
      CommandOutput.note(call, "  to allow it: %s", line);
    }
  }

  private static Node millis(Duration time) {
    return number(time.toMillis());
  }

  private static Node number(long number) {
    return new Node.Num(String.valueOf(number), 0);
  }

  /// Writes it as JSON; what nobody counted is null.
  ///
  /// @throws RedoubtException UNWRITABLE if that fails
  void write(Path file) {
    Payload payload =
        new Payload()
            .texts("command", run.command())
            .number("exitCode", exitCode)
            .texts("fix", fix)
            .text("folder", run.folder())
            .number("millis", run.millis())
            .text("outcome", outcome)
            .text("reason", reason)
            .text("rule", rule)
            .text("sandbox", run.inside().sandbox())
            .texts("takenBack", run.inside().places())
            .text("workspace", run.workspace())
            .text("writes", run.inside().writes());
    OptionalLong peak = run.usage().map(Usage::peakBytes).orElse(OptionalLong.empty());
    payload
        .node("peakBytes", peak.isEmpty() ? UNKNOWN : number(peak.getAsLong()))
        .node("systemMillis", run.usage().map(used -> millis(used.system())).orElse(UNKNOWN))
        .node("userMillis", run.usage().map(used -> millis(used.user())).orElse(UNKNOWN));
    Node.Obj object = payload.object();
    List<ByteBuffer> parts =
        List.of(ByteBuffer.wrap(CanonicalJson.of(object)), ByteBuffer.wrap(new byte[] {'\n'}));
    try (AtomicFile written = AtomicFile.stage(file, parts)) {
      written.publish();
    } catch (RedoubtException e) {
      String reason =
          e.getCause() instanceof IOException cause
              ? RedoubtException.reason(cause)
              : RedoubtException.reason(e);
      throw new RedoubtException(
          e.code(), "cannot write \"%s\": %s: choose another --report".formatted(file, reason), e);
    }
  }
}
