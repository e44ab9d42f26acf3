// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.GlobalOptions.Verbosity;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.cli.guard.Question.Subject;
import dev.redoubt.cli.trust.WorkspaceTrust;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.commands.Analysis;
import dev.redoubt.guard.network.AddressJudge;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.network.NetworkMatcher;
import dev.redoubt.guard.paths.PathText;
import dev.redoubt.guard.policy.BuiltInPolicy;
import dev.redoubt.guard.policy.EffectPolicy;
import dev.redoubt.guard.policy.Judgement;
import dev.redoubt.guard.policy.LayeredPolicy;
import dev.redoubt.guard.policy.Layers;
import dev.redoubt.guard.policy.PolicyGuard;
import dev.redoubt.guard.trust.TrustState;
import dev.redoubt.sandbox.files.HostFileFacts;
import dev.redoubt.sandbox.network.OwnAddresses;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Answers questions: the guard of the local program, put together.
///
/// Looks at the file system and at the addresses of the network cards, and neither runs, resolves
/// nor writes anything. Safe to share.
public final class GuardEngine {

  private final FileFacts files;
  private final EffectPolicy policy;
  private final EffectPolicy elsewhere;
  private final String workspace;
  private final String home;
  private final Wall wall;

  private GuardEngine(
      Surroundings world, FileFacts files, Layers layers, String workspace, Wall wall) {
    this.files = requireNonNull(files, "files");
    EffectPolicy builtIn = builtIn(files);
    this.policy = new LayeredPolicy(builtIn, layers, files);
    this.elsewhere = new LayeredPolicy(builtIn, layers.withoutWorkspace(), files);
    this.workspace = requireNonNull(workspace, "workspace");
    this.home = homeOf(world);
    this.wall = requireNonNull(wall, "wall");
  }

  /// Returns an engine that knows only the built-in policy.
  static GuardEngine builtInOnly(Surroundings world, FileFacts files, Wall wall) {
    return new GuardEngine(world, files, Layers.NONE, "", wall);
  }

  /// Returns the engine that the options of `call` describe: with everybody's rules, or with
  /// `--builtin-only` without.
  ///
  /// @throws dev.redoubt.model.RedoubtException if a policy cannot be read or is not understood
  static GuardEngine of(Call call, FileFacts files) {
    Wall wall = GuardOptions.wall(call);
    if (call.has("--builtin-only")) {
      return builtInOnly(call.world(), files, wall);
    }
    Path workspace = call.path("--workspace").orElse(call.world().folder());
    Layers layers =
        layers(call, workspace, call.has("--untrusted") ? Trust.UNTRUSTED : Trust.TRUSTED);
    return new GuardEngine(call.world(), files, layers, workspace.toString(), wall);
  }

  /// Returns the guard in front of what acts in `workspace` behind `wall`: with everybody's rules,
  /// and with the trust the person really gave.
  ///
  /// @throws dev.redoubt.model.RedoubtException if a policy cannot be read or is not understood
  public static InFront inFront(Call call, Path workspace, Wall wall) {
    return inFront(call, workspace, wall, new HostFileFacts(call.world().environment()));
  }

  /// Returns the same with other facts of files.
  public static InFront inFront(Call call, Path workspace, Wall wall, FileFacts files) {
    Trust trust = trust(call, workspace);
    Layers layers = layers(call, workspace, trust);
    Situation situation = new Situation(workspace.toString(), trust, wall, homeOf(call.world()));
    return new InFront(guard(layers, situation, files), layers.operatorTargets());
  }

  /// Returns the guard of `layers` in `situation`.
  static PolicyGuard guard(Layers layers, Situation situation, FileFacts files) {
    return new PolicyGuard(new LayeredPolicy(builtIn(files), layers, files), situation, files);
  }

  /// Returns the guard in front of what acts in `copy`, a copy of `original`: as much is trusted as
  /// there, but no rule that lies in the copy counts. Those of the original are its own guard's.
  ///
  /// @throws dev.redoubt.model.RedoubtException if a policy cannot be read or is not understood
  public static InFront inFrontOfCopy(Call call, Path original, Path copy, Wall wall) {
    FileFacts files = new HostFileFacts(call.world().environment());
    Layers layers = layers(call, copy, Trust.UNTRUSTED);
    EffectPolicy policy = new LayeredPolicy(builtIn(files), layers, files);
    Situation situation =
        new Situation(copy.toString(), trust(call, original), wall, homeOf(call.world()));
    return new InFront(new PolicyGuard(policy, situation, files), layers.operatorTargets());
  }

  /// A guard, and the connections that the operator's own rules allow.
  public record InFront(PolicyGuard guard, List<NetworkMatcher> targets) {
    public InFront {
      requireNonNull(guard, "guard");
      targets = List.copyOf(targets);
    }
  }

  private static EffectPolicy builtIn(FileFacts files) {
    return new BuiltInPolicy(files, NameResolver.NONE, new AddressJudge(new OwnAddresses()));
  }

  /// Returns the trust the person gave to `workspace` as it is now.
  static Trust trust(Call call, Path workspace) {
    return switch (WorkspaceTrust.of(call.globals().dataDir(), workspace).state()) {
      case TrustState.Trusted _ -> Trust.TRUSTED;
      case TrustState.Untrusted _, TrustState.Changed _ -> Trust.UNTRUSTED;
    };
  }

  private static Layers layers(Call call, Path workspace, Trust trust) {
    GuardPolicy policy = GuardPolicy.load(call, workspace, trust);
    if (call.globals().verbosity() == Verbosity.NORMAL) {
      policy
          .warnings()
          .forEach(
              warning -> call.world().err().println("redoubt: " + CommandOutput.plain(warning)));
    }
    return policy.layers();
  }

  /// Returns the judgement on `question`. Whatever goes wrong inside is a deny.
  Judgement judge(Question question) {
    try {
      Situation situation = new Situation(question.workspace(), question.trust(), wall, home);
      boolean here = question.workspace().equals(workspace);
      PolicyGuard guard = new PolicyGuard(here ? policy : elsewhere, situation, files);
      return switch (question.subject()) {
        case Subject.Command(String line) ->
            guard.judge(
                new Action.Run(
                    new Program.Line(Program.Shell.BASH, line),
                    Path.of(question.folder()),
                    Map.of(),
                    Action.Input.NOTHING));
        case Subject.Path(String path, Access access) -> path(guard, path, access, question);
        case Subject.Url(String url) -> guard.judge(new Action.Fetch("GET", url));
        case Subject.Tool(String server, String tool, var arguments) ->
            guard.judge(new Action.CallTool(server, tool, arguments));
      };
    } catch (InvalidPathException e) {
      return failed("path.malformed", "a path of the question is none: " + e.getReason());
    } catch (RuntimeException | StackOverflowError e) {
      return failed("gate.guard-failed", "the guard failed, so the answer is no");
    }
  }

  private Judgement path(PolicyGuard guard, String path, Access access, Question question) {
    return switch (PathText.read(path, question.folder(), home)) {
      case PathText.Known(Place place) -> guard.judge(one(new Effect.File(access, place)));
      case PathText.Unclear(String reason) -> {
        Decision ask = new Decision.Ask("path.unclear", reason, List.of());
        yield decided(ask.or(otherHome(guard, path, access)));
      }
      case PathText.Refused(String reason) ->
          decided(new Decision.Deny("path.malformed", reason, List.of()));
    };
  }

  /* ~root/.ssh: where that home lies is not known, but what lies in a home is. */
  private static Decision otherHome(PolicyGuard guard, String path, Access access) {
    int slash = path.indexOf('/');
    String place = path.startsWith("~") && slash > 0 ? "/home/other" + path.substring(slash) : "/";
    return guard
        .judge(one(new Effect.File(access, new Place(path, place, Place.Kind.EXACT))))
        .decision();
  }

  private static Analysis one(Effect effect) {
    return new Analysis(List.of(effect), List.of());
  }

  private static Judgement failed(String rule, String reason) {
    return decided(new Decision.Deny(rule, reason, List.of()));
  }

  private static Judgement decided(Decision decision) {
    return new Judgement(decision, List.of(), List.of());
  }

  /* A home that is not absolute protects nothing by its own name; the written table still holds. */
  static String homeOf(Surroundings world) {
    String home = world.home().toString();
    return home.startsWith("/") ? home : "/" + home.replace('\\', '/');
  }
}
