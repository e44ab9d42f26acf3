// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.serve;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.exec.Approval;
import dev.redoubt.cli.exec.ExecOptions;
import dev.redoubt.cli.guard.GuardPolicy;
import dev.redoubt.http.ListenAddress;
import dev.redoubt.http.Tokens;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What `redoubt mcp serve` was asked to do.
///
/// @param workspace the real path of the folder that is served
/// @param listen where to listen; standard input and output when empty
/// @param tokens who gets in over HTTP
/// @param exposed what is offered besides looking
/// @param approval what answers a question about a command that is run
record ServeOptions(
    Path workspace,
    Optional<ListenAddress> listen,
    Tokens tokens,
    Exposed exposed,
    Approval approval) {

  private static final int LONGEST_TOKEN = 4 << 10;

  /// What is offered besides looking.
  enum Exposed {
    NOTHING,
    /// Commands, as the policy allows them.
    RUN
  }

  ServeOptions {
    requireNonNull(workspace, "workspace");
    requireNonNull(listen, "listen");
    requireNonNull(tokens, "tokens");
    requireNonNull(exposed, "exposed");
    requireNonNull(approval, "approval");
  }

  static CommandSpec spec() {
    return GuardPolicy.addTo(CommandSpec.create())
        .addOption(value("--listen", "HOST:PORT", "Serve over HTTP; port 0 takes a free one."))
        .addOption(
            value(
                "--token-file",
                "FILE",
                "Let in over HTTP only who brings the token in this file of yours alone."))
        .addOption(value("--workspace", "DIR", "The folder that is served; the current one."))
        .addOption(value("--expose", "run", "Offer to run commands too, as --policy allows them."))
        .addOption(value("--sandbox", "B", "What surrounds a command, with --expose run."))
        .addOption(
            value(
                "--approval",
                "MODE",
                "What answers a question about a command: deny, workspace or allow."))
        .addOption(
            OptionSpec.builder("--json").description("Say as JSON where it listens.").build());
  }

  private static OptionSpec value(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  /// @throws UsageException for what makes no sense, or would let too many in
  static ServeOptions of(Call call) {
    Optional<ListenAddress> listen = call.text("--listen").map(ServeOptions::address);
    Tokens tokens =
        call.path("--token-file")
            .map(file -> new Tokens(Map.of("token-file", token(file))))
            .orElse(Tokens.NONE);
    if (listen.isPresent() && !listen.get().isLoopback() && tokens.isEmpty()) {
      throw new UsageException(
          "--listen %s can be reached from other machines: name a --token-file"
              .formatted(listen.get().host()));
    }
    if (listen.isEmpty() && !tokens.isEmpty()) {
      throw new UsageException("--token-file is for --listen");
    }
    Exposed exposed = exposed(call);
    if (exposed == Exposed.RUN && listen.isPresent() && tokens.isEmpty()) {
      throw new UsageException(
          "--expose run with --listen needs a --token-file:"
              + " every user of this machine could run commands as you");
    }
    return new ServeOptions(
        ExecOptions.real(call.path("--workspace").orElse(call.world().folder()), "--workspace"),
        listen,
        tokens,
        exposed,
        call.text("--approval").isPresent() ? Approval.of(call) : Approval.DENY);
  }

  private static ListenAddress address(String text) {
    try {
      return ListenAddress.of(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--listen: " + e.getMessage());
    }
  }

  private static Exposed exposed(Call call) {
    Optional<String> wanted = call.text("--expose");
    if (wanted.isEmpty()) {
      return Exposed.NOTHING;
    }
    if (!wanted.get().equals("run")) {
      throw new UsageException("--expose \"%s\" is not run".formatted(wanted.get()));
    }
    if (call.text("--policy").isEmpty()) {
      throw new UsageException("--expose run needs a --policy FILE that says which commands");
    }
    return Exposed.RUN;
  }

  private static String token(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      for (PosixFilePermission foreign :
          List.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ)) {
        if (permissions.contains(foreign)) {
          throw new UsageException(
              "--token-file \"%s\" can be read by others: chmod 600 it".formatted(file));
        }
      }
      byte[] bytes = in.readNBytes(LONGEST_TOKEN + 1);
      String token = new String(bytes, StandardCharsets.UTF_8).strip();
      if (bytes.length > LONGEST_TOKEN || token.isEmpty()) {
        throw new UsageException("--token-file \"%s\" holds no token".formatted(file));
      }
      new Tokens(Map.of("--token-file", token));
      return token;
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (IOException | UnsupportedOperationException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read --token-file \"%s\": %s".formatted(file, e.getMessage()),
          e);
    }
  }
}
