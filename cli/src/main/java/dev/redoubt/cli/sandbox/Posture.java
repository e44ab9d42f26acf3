// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.sandbox;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.config.Settings;
import dev.redoubt.cli.guard.GuardPolicy;
import dev.redoubt.cli.trust.WorkspaceTrust;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.policy.Layers;
import dev.redoubt.guard.policy.Layers.Managed;
import dev.redoubt.guard.policy.RuleSet;
import dev.redoubt.guard.policy.Stance;
import dev.redoubt.guard.trust.TrustState;
import dev.redoubt.sandbox.BuiltInBackends;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Claim;
import dev.redoubt.sandbox.wall.EscapeCheck;
import dev.redoubt.sandbox.wall.Readiness;
import dev.redoubt.sandbox.wall.Staging;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What holds on this machine, and what the configuration opens.
///
/// @param workspace the folder it is about
/// @param chosen the backend of the configuration
/// @param surfaces what can widen the trust, whether or not it does
record Posture(
    String workspace, String chosen, List<BackendPosture> backends, List<Surface> surfaces) {

  /// One backend on this machine.
  record BackendPosture(
      String name, Readiness readiness, Staging.Support staging, List<Control> controls) {
    BackendPosture {
      requireNonNull(readiness, "readiness");
      controls = List.copyOf(controls);
    }
  }

  /// What a backend says about one way out.
  ///
  /// @param state `blocked`, `bounded`, `gap` or `not-claimed`
  record Control(EscapeCheck check, String state, String detail) {}

  /// Something that widens what can be reached, once it is switched on.
  ///
  /// @param detail what it widens, with the values that do
  record Surface(String name, boolean on, String detail) {}

  Posture {
    requireNonNull(workspace, "workspace");
    requireNonNull(chosen, "chosen");
    backends = List.copyOf(backends);
    surfaces = List.copyOf(surfaces);
  }

  static Posture of(Call call) {
    Path workspace = call.path("--workspace").orElse(call.world().folder());
    SandboxSettings settings = SandboxSettings.of(call);
    List<BackendPosture> backends = new ArrayList<>();
    for (Backend backend : BuiltInBackends.all(settings.backends())) {
      List<Control> controls = new ArrayList<>();
      for (EscapeCheck check : EscapeCheck.values()) {
        controls.add(control(check, backend.claim(check)));
      }
      backends.add(
          new BackendPosture(
              backend.name(),
              backend.readiness(),
              backend.staging(call.globals().dataDir().toAbsolutePath()),
              controls));
    }
    return new Posture(
        workspace.toString(),
        backend(call, settings),
        backends,
        surfaces(call, workspace, settings));
  }

  private static String backend(Call call, SandboxSettings settings) {
    Optional<String> wanted = call.text("--sandbox");
    if (wanted.isPresent()
        && !wanted.get().equals("auto")
        && BuiltInBackends.named(wanted.get(), settings.backends()).isEmpty()) {
      throw new UsageException(
          "there is no sandbox \"%s\": %s or auto".formatted(wanted.get(), SandboxChoice.names()));
    }
    return wanted.orElse(settings.backend());
  }

  private static Control control(EscapeCheck check, Claim claim) {
    return switch (claim) {
      case Claim.Blocked _ -> new Control(check, "blocked", check.title());
      case Claim.Bounded(String limit) -> new Control(check, "bounded", limit);
      case Claim.Gap(String reason) -> new Control(check, "gap", reason);
      case Claim.NotClaimed(String reason) -> new Control(check, "not-claimed", reason);
    };
  }

  private static List<Surface> surfaces(Call call, Path workspace, SandboxSettings settings) {
    TrustState trust = WorkspaceTrust.of(call.globals().dataDir(), workspace).state();
    boolean trusted = trust instanceof TrustState.Trusted;
    Layers layers =
        GuardPolicy.load(call, workspace, trusted ? Trust.TRUSTED : Trust.UNTRUSTED).layers();
    List<Surface> surfaces = new ArrayList<>();
    boolean isolated = !List.of("local", "ssh").contains(backend(call, settings));
    surfaces.add(
        new Surface(
            "no isolation",
            !isolated,
            "%s is \"%s\"%s"
                .formatted(
                    call.has("--sandbox") ? "--sandbox" : "options.sandbox.backend",
                    backend(call, settings),
                    isolated ? "" : ": a permitted command has every right of its user")));
    surfaces.add(
        new Surface(
            "variables for commands",
            !settings.passed().isEmpty(),
            settings.passed().isEmpty()
                ? "only the written list is passed"
                : "passed besides: " + String.join(", ", settings.passed())));
    surfaces.add(
        new Surface(
            "own rules that allow",
            allowing(layers.user()) > 0,
            "%d rules of your configuration allow something".formatted(allowing(layers.user()))));
    surfaces.add(
        new Surface(
            "trust in the workspace",
            trusted,
            trusted
                ? "builds and checks run without a question, and its rules count"
                : "nothing of the checkout is followed or run without a question"));
    TlsSettings tls = settings.exits().tls();
    boolean inspects = tls.inspection() == TlsSettings.Inspection.ON;
    surfaces.add(
        new Surface(
            "inspection of TLS",
            inspects,
            inspects
                ? "inspect-tls: the egress proxy opens TLS, and commands trust its authority"
                : "TLS stays closed to the egress proxy, but with --inspect-tls"));
    surfaces.add(
        new Surface(
            "authorities of the egress proxy",
            tls.authorities().isPresent(),
            tls.authorities()
                .map(file -> "trusted for servers besides those of Java: " + file)
                .orElse("servers are proved by what Java trusts")));
    surfaces.add(credentials(settings.exits().credentials()));
    boolean widens = layers.widening() == Layers.Widening.GRANTED;
    surfaces.add(
        new Surface(
            "rules of the workspace",
            widens && trusted,
            widens
                ? "guard.workspace-may-widen: a trusted workspace may allow"
                : "a workspace may only narrow"));
    surfaces.add(managed(layers.managed()));
    surfaces.add(
        new Surface(
            "Redoubt as an MCP server",
            false,
            "only while redoubt mcp serve runs: tools that look at one folder;"
                + " --expose run adds commands, --listen other programs of this machine"));
    boolean syncs = Settings.of(call).advisories().sync() == Settings.Sync.AUTO;
    surfaces.add(
        new Surface(
            "connections by itself",
            syncs,
            syncs
                ? "advisories.sync is \"auto\": a scan fetches advisories"
                : "nothing connects unless a command asks for it"));
    return surfaces;
  }

  private static Surface credentials(List<CredentialSetting> credentials) {
    return new Surface(
        "credentials of the egress proxy",
        !credentials.isEmpty(),
        credentials.isEmpty()
            ? "none is put into requests"
            : "put into requests: "
                + String.join("; ", credentials.stream().map(CredentialSetting::shown).toList()));
  }

  private static Surface managed(Managed managed) {
    return switch (managed) {
      case Managed.NotEnrolled _ ->
          new Surface("managed policy", false, "this machine is not managed");
      case Managed.InForce(RuleSet rules) ->
          new Surface(
              "managed policy",
              false,
              "in force, and may only narrow: %d rules".formatted(rules.rules().size()));
      case Managed.Broken(String reason) ->
          new Surface("managed policy", false, "everything is denied: " + reason);
    };
  }

  private static long allowing(RuleSet rules) {
    return rules.rules().stream().filter(rule -> rule.stance() == Stance.ALLOW).count();
  }
}
