// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.sandbox;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.GlobalOptions;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.BackendSettings;
import dev.redoubt.sandbox.wall.ResourceLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The table `[options.sandbox]` of the operator's own configuration. A checkout has no say in it.
///
/// @param backend its name, or `auto`
/// @param passed names of variables that commands get besides the usual ones
/// @param limits what one command may use
/// @param writes where writes go unless a command says otherwise
/// @param backends what is configured of the backends that need it
/// @param exits what holds for the way out
public record SandboxSettings(
    String backend,
    List<String> passed,
    ResourceLimits limits,
    Writes writes,
    BackendSettings backends,
    ExitSettings exits) {

  /// Where writes go.
  public enum Writes {
    /// To the workspace.
    DIRECT,
    /// To a place beside it, until they are applied.
    STAGED;

    /// Returns it as an operator writes it.
    public String word() {
      return this == DIRECT ? "direct" : "staged";
    }

    static Optional<Writes> of(String word) {
      return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
    }
  }

  private static final Limits LIMITS = new Limits(1 << 20, 20, 50_000);
  private static final List<String> KEYS =
      List.of(
          "backend",
          "env-pass",
          "inspect-tls",
          "authorities",
          "credentials",
          "limits",
          "writes",
          "docker",
          "ssh");
  private static final List<String> LIMIT_KEYS =
      List.of("processes", "memory", "file-size", "temporary", "cpus");

  public SandboxSettings {
    requireNonNull(backend, "backend");
    passed = List.copyOf(passed);
    requireNonNull(limits, "limits");
    requireNonNull(writes, "writes");
    requireNonNull(backends, "backends");
    requireNonNull(exits, "exits");
  }

  /// Returns what the configuration of `call` says.
  ///
  /// @throws RedoubtException USAGE if it is malformed or has an unknown key, UNREADABLE if the
  ///   file of `--config` cannot be read
  public static SandboxSettings of(Call call) {
    Path file = call.globals().config().orElseGet(() -> GlobalOptions.userConfig(call.world()));
    if (call.globals().config().isEmpty() && Files.notExists(file)) {
      return settings(call, new Table(file, "", new Node.Nothing(1)));
    }
    try (InputStream in = Files.newInputStream(file)) {
      Node root = Toml.read(in.readNBytes((int) LIMITS.bytes() + 1), LIMITS);
      return settings(call, new Table(file, "", root));
    } catch (DocumentException e) {
      String line = e.line() == null ? "" : ":" + e.line();
      throw new RedoubtException(
          ErrorCode.USAGE, "%s%s %s".formatted(file, line, e.getMessage()), e);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read the configuration \"%s\": %s".formatted(file, RedoubtException.reason(e)),
          e);
    }
  }

  private static SandboxSettings settings(Call call, Table root) {
    Table sandbox = root.table("options").table("sandbox");
    sandbox.requireKeys(KEYS);
    for (String name : sandbox.texts("env-pass")) {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*\\*?")) {
        throw sandbox.wrong("env-pass", "has \"%s\", which is no variable".formatted(name));
      }
    }
    return new SandboxSettings(
        sandbox.text("backend").orElse("local"),
        sandbox.texts("env-pass"),
        limits(sandbox.table("limits")),
        Writes.of(sandbox.text("writes").orElse("direct"))
            .orElseThrow(() -> sandbox.wrong("writes", "is not direct or staged")),
        new BackendSettings(
            DockerTable.settings(call, sandbox.table("docker")),
            SshTable.settings(call, sandbox.table("ssh")),
            notice -> CommandOutput.note(call, "redoubt: %s", SshTable.words(notice))),
        ExitSettings.of(call, sandbox, sandbox.texts("env-pass")));
  }

  private static ResourceLimits limits(Table limits) {
    limits.requireKeys(LIMIT_KEYS);
    ResourceLimits usual = ResourceLimits.DEFAULT;
    return new ResourceLimits(
        (int) limits.number("processes", usual.processes(), 1_000_000),
        limits.bytes("memory", usual.memoryBytes()),
        limits.bytes("file-size", usual.fileBytes()),
        limits.bytes("temporary", usual.temporaryBytes()),
        (int) limits.number("cpus", usual.cpus() / 100, 1024) * 100);
  }
}
