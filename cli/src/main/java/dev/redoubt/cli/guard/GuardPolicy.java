// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.GlobalOptions;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.policy.Layers;
import dev.redoubt.guard.policy.Layers.Managed;
import dev.redoubt.guard.policy.Origin;
import dev.redoubt.guard.policy.Policy;
import dev.redoubt.guard.policy.PolicyFile;
import dev.redoubt.guard.policy.Rule;
import dev.redoubt.guard.policy.RuleSet;
import dev.redoubt.guard.policy.ShortRule;
import dev.redoubt.guard.policy.Stance;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The rules of one call: from the person's file, the command line, the workspace and the managed
/// policy.
///
/// @param layers the rules
/// @param warnings about rules that no longer count, for people
public record GuardPolicy(Layers layers, List<String> warnings) {

  /* The first one counts. */
  static final List<String> CHECKOUT = List.of("redoubt.toml", ".redoubt/redoubt.toml");

  public GuardPolicy {
    requireNonNull(layers, "layers");
    warnings = List.copyOf(warnings);
  }

  /// Adds `--policy`, `--allow` and `--deny`.
  public static CommandSpec addTo(CommandSpec spec) {
    return spec.addOption(
            OptionSpec.builder("--policy")
                .paramLabel("FILE")
                .type(String.class)
                .description("Add the rules of this file to your own.")
                .build())
        .addOption(rules("--allow", "A short rule to allow: 'run:mvn *', write:GLOB, net:HOST."))
        .addOption(rules("--deny", "A short rule to deny."));
  }

  private static OptionSpec rules(String name, String description) {
    return OptionSpec.builder(name)
        .paramLabel("RULE")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .description(description)
        .build();
  }

  /// Returns the rules that hold for `call` in `workspace`.
  ///
  /// The file of a workspace is not even read before the workspace is trusted.
  ///
  /// @throws RedoubtException USAGE if a file or a rule is not understood, UNREADABLE if a named
  ///   file cannot be read
  public static GuardPolicy load(Call call, Path workspace, Trust trust) {
    LocalDate today = LocalDate.now(call.world().clock());
    RuleSet checkout =
        trust == Trust.TRUSTED ? checkout(workspace, ownFile(call), today) : RuleSet.NONE;
    return of(
        own(call, today), named(call, today), typed(call), checkout, managed(call.world(), today));
  }

  /// Returns the rules of all places together.
  static GuardPolicy of(
      Policy user, RuleSet named, RuleSet typed, RuleSet checkout, Managed managed) {
    RuleSet line = named.and(typed);
    List<String> warnings = new ArrayList<>(user.rules().warnings());
    warnings.addAll(line.warnings());
    warnings.addAll(checkout.warnings());
    return new GuardPolicy(
        new Layers(user.rules(), line, checkout, user.widening(), managed), warnings);
  }

  /// Returns where the operator's own configuration lies, if there is one.
  static Path ownFile(Call call) {
    return call.globals().config().orElseGet(() -> GlobalOptions.userConfig(call.world()));
  }

  /// Returns the rules of the operator's own configuration.
  static Policy own(Call call, LocalDate today) {
    Path own = ownFile(call);
    return call.globals().config().isPresent() || Files.exists(own)
        ? read(own, own.toString(), Origin.USER, today)
        : Policy.EMPTY;
  }

  /// Returns the rules of the file of `--policy`.
  static RuleSet named(Call call, LocalDate today) {
    return call.path("--policy")
        .map(file -> read(file, call.text("--policy").orElseThrow(), Origin.COMMAND_LINE, today))
        .map(Policy::rules)
        .orElse(RuleSet.NONE);
  }

  /// Returns what was typed as short rules.
  static RuleSet typed(Call call) {
    return new RuleSet(rules(call), List.of());
  }

  private static List<Rule> rules(Call call) {
    List<Rule> rules = new ArrayList<>();
    for (String rule : call.texts("--allow")) {
      rules.add(ShortRule.parse(rule, Stance.ALLOW, rules.size() + 1));
    }
    for (String rule : call.texts("--deny")) {
      rules.add(ShortRule.parse(rule, Stance.DENY, rules.size() + 1));
    }
    return rules;
  }

  /// Returns the rules of a checkout, which has to be trusted.
  ///
  /// @param own where the operator's own configuration lies: that is none of the checkout
  static RuleSet checkout(Path workspace, Path own, LocalDate today) {
    for (String name : CHECKOUT) {
      Path file = workspace.resolve(name);
      if (Files.exists(file) && !file.equals(own)) {
        return read(file, name, Origin.WORKSPACE, today).rules();
      }
    }
    return RuleSet.NONE;
  }

  /// Returns the state of the managed policy.
  static Managed managed(Surroundings world, LocalDate today) {
    Path folder = world.managed();
    if (Files.notExists(folder)) {
      return new Managed.NotEnrolled();
    }
    int owner = 0;
    if (!folder.equals(Surroundings.MANAGED)) {
      try {
        owner = (int) Files.getAttribute(folder, "unix:uid");
      } catch (IOException | UnsupportedOperationException e) {
        return new Managed.Broken("whom %s belongs to cannot be told".formatted(folder));
      }
    }
    return ManagedPolicy.read(folder, today, owner);
  }

  /// Returns what `file` says.
  static Policy read(Path file, String name, Origin origin, LocalDate today) {
    try (InputStream in = Files.newInputStream(file)) {
      return PolicyFile.read(in.readNBytes(PolicyFile.LARGEST + 1), name, origin, today);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read the policy \"%s\": %s".formatted(name, RedoubtException.reason(e)),
          e);
    }
  }
}
