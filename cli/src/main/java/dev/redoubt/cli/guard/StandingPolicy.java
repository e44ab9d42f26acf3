// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.policy.EffectPolicy;
import dev.redoubt.guard.policy.LayeredPolicy;
import dev.redoubt.guard.policy.Layers;
import dev.redoubt.guard.policy.Layers.Managed;
import dev.redoubt.guard.policy.Policy;
import dev.redoubt.guard.policy.PolicyGuard;
import dev.redoubt.guard.policy.RuleSet;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.files.HostFileFacts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The rules of a command that goes on for long: what changes in their files counts from the next
/// question on.
///
/// The operator's own configuration, the file of `--policy`, the checkout and the managed policy
/// are kept each for itself. One that is not understood any more, is gone or has become empty stays
/// as it was, so that no rule is lost by accident; the others go on changing. What was typed, where
/// files are looked for and whether the workspace is trusted stay as they were at the start: a
/// checkout whose files have changed counts as it was until it is trusted again. Safe to share.
///
/// @param <S> what else of the operator's own configuration is kept with its rules
public final class StandingPolicy<S> {

  private static final EffectPolicy ANYTHING =
      (_, _) -> new Decision.Allow("policy.unmanaged", "the managed policy does not speak of it");

  private final FileFacts facts;
  private final Situation situation;
  private final Clock clock;
  private final Told told;
  private final RuleSet typed;
  private final StandingPart<Own<S>> own;
  private final StandingPart<RuleSet> named;
  private final StandingPart<RuleSet> checkout;
  private final StandingPart<Managed> managed;
  private boolean stale = true;
  private @Nullable Now<S> now;

  private record Own<S>(Policy policy, S settings) {}

  /// The rules at one moment.
  ///
  /// @param guard judges by them
  /// @param managed judges by the managed policy alone, and allows what it does not speak of
  /// @param settings what lay beside them
  public record Now<S>(PolicyGuard guard, PolicyGuard managed, S settings) {
    public Now {
      requireNonNull(guard, "guard");
      requireNonNull(managed, "managed");
      requireNonNull(settings, "settings");
    }
  }

  /// Hears what becomes of changes, before they count.
  public interface Told {

    /// What lies in `files` counts from now on.
    void changed(List<Path> files);

    /// What was understood before goes on: `problem` says where and what is wrong. Told once for
    /// each problem.
    void kept(String problem);
  }

  /// Reads everything for the first time.
  ///
  /// @param settings reads what else counts of the operator's own configuration
  /// @throws RedoubtException if anything is not understood
  public StandingPolicy(Call call, Path workspace, Wall wall, Supplier<S> settings, Told told) {
    requireNonNull(call, "call");
    requireNonNull(workspace, "workspace");
    this.facts = new HostFileFacts(call.world().environment());
    this.clock = call.world().clock();
    this.told = requireNonNull(told, "told");
    this.typed = GuardPolicy.typed(call);
    Trust trust = GuardEngine.trust(call, workspace);
    this.situation =
        new Situation(workspace.toString(), trust, wall, GuardEngine.homeOf(call.world()));
    Instant at = clock.instant();
    LocalDate today = day(at);
    Path ownFile = GuardPolicy.ownFile(call);
    this.own =
        new StandingPart<>(
            List.of(ownFile),
            day -> new Own<>(GuardPolicy.own(call, day), settings.get()),
            today,
            at);
    Optional<Path> file = call.path("--policy");
    RuleSet first = GuardPolicy.named(call, today);
    this.named =
        new StandingPart<>(
            file.stream().toList(),
            day -> file.isEmpty() ? first : GuardPolicy.named(call, day),
            today,
            at);
    this.checkout =
        new StandingPart<>(
            GuardPolicy.CHECKOUT.stream().map(workspace::resolve).toList(),
            day -> checkout(call, workspace, ownFile, day),
            today,
            at);
    Path folder = call.world().managed();
    ManagedReader reader = new ManagedReader(call, today);
    this.managed =
        new StandingPart<>(
            ManagedPolicy.FILES.stream().map(folder::resolve).toList(), reader::read, today, at);
  }

  private LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, clock.getZone());
  }

  private RuleSet checkout(Call call, Path workspace, Path ownFile, LocalDate day) {
    if (situation.trust() != Trust.TRUSTED) {
      return RuleSet.NONE;
    }
    if (GuardEngine.trust(call, workspace) != Trust.TRUSTED) {
      throw new RedoubtException(
          ErrorCode.USAGE,
          "%s has changed and is not trusted as it is now: redoubt trust".formatted(workspace));
    }
    return GuardPolicy.checkout(workspace, ownFile, day);
  }

  /// Returns the rules as they are now, to be used for one question from its beginning to its end.
  /// When [Told] throws, so does this, and nothing of that change counts.
  public synchronized Now<S> now() {
    Instant at = clock.instant();
    LocalDate today = day(at);
    stale |= own.look(today, at, told);
    stale |= named.look(today, at, told);
    stale |= checkout.look(today, at, told);
    stale |= managed.look(today, at, told);
    Now<S> current = now;
    if (stale || current == null) {
      Layers layers =
          GuardPolicy.of(
                  own.value().policy(), named.value(), typed, checkout.value(), managed.value())
              .layers();
      current =
          new Now<>(
              GuardEngine.guard(layers, situation, facts),
              new PolicyGuard(
                  new LayeredPolicy(ANYTHING, layers.managedOnly(), facts), situation, facts),
              own.value().settings());
      now = current;
      stale = false;
    }
    return current;
  }

  /* A policy that was in force and is broken by a change stays in force; one that has expired does
   * not. */
  private static final class ManagedReader {

    private final Call call;
    private LocalDate day;
    private boolean denies = true;

    ManagedReader(Call call, LocalDate today) {
      this.call = call;
      this.day = today;
    }

    Managed read(LocalDate today) {
      Managed read = GuardPolicy.managed(call.world(), today);
      boolean expires = !today.equals(day);
      day = today;
      if (read instanceof Managed.Broken(String reason) && !denies && !expires) {
        throw new RedoubtException(ErrorCode.USAGE, reason.replace(ManagedPolicy.CONSEQUENCE, ""));
      }
      denies = read instanceof Managed.Broken;
      return read;
    }
  }
}
