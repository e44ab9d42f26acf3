// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How the OpenSSH client is called: with no configuration of anybody, one key of the operator, one
/// key of the far machine, and nothing forwarded.
final class SshOptions {

  /// The name under which the far machine stands in the file of its key.
  static final String ALIAS = "redoubt-far-side";

  private final Path program;
  private final SshSettings settings;
  private final HostKey.Line hostKey;
  private final Path knownHosts;

  SshOptions(Path program, SshSettings settings, HostKey.Line hostKey, Path knownHosts) {
    this.program = requireNonNull(program, "program");
    this.settings = requireNonNull(settings, "settings");
    this.hostKey = requireNonNull(hostKey, "hostKey");
    this.knownHosts = requireNonNull(knownHosts, "knownHosts");
  }

  /// Returns the call that opens a link others share, and runs `line` on it.
  ///
  /// @param socket where the others find it
  /// @param log where the client writes what it has to say
  List<String> master(Path socket, Path log, String line) {
    return call(
        List.of("ControlMaster=yes", "ControlPersist=no", "RequestTTY=no"), socket, log, line);
  }

  /// Returns the call that runs `line` through the link behind `socket`, or through one of its own
  /// with the same options.
  List<String> client(Path socket, Path log, String line) {
    return call(List.of("ControlMaster=no", "RequestTTY=no"), socket, log, line);
  }

  /// Returns the same call with a terminal there, whatever the client itself has.
  List<String> terminal(Path socket, Path log, String line) {
    return call(List.of("ControlMaster=no", "RequestTTY=force"), socket, log, line);
  }

  private List<String> call(List<String> sharing, Path socket, Path log, String line) {
    List<String> argv = new ArrayList<>(List.of(program.toString(), "-F", "none", "-x", "-a"));
    argv.addAll(List.of("-E", log.toString()));
    for (String option : options()) {
      argv.addAll(List.of("-o", option));
    }
    for (String option : sharing) {
      argv.addAll(List.of("-o", option));
    }
    argv.addAll(List.of("-o", "ControlPath=" + path(socket)));
    SshSettings.Destination to = settings.destination();
    argv.addAll(List.of("-p", String.valueOf(to.port()), "-l", to.user(), "--", to.host(), line));
    return argv;
  }

  private List<String> options() {
    return List.of(
        "BatchMode=yes",
        "ConnectTimeout=" + settings.connectTimeout().toSeconds(),
        "ConnectionAttempts=1",
        "ServerAliveInterval=5",
        "ServerAliveCountMax=3",
        "TCPKeepAlive=yes",
        "LogLevel=ERROR",
        "StrictHostKeyChecking=yes",
        "UserKnownHostsFile=" + path(knownHosts),
        "GlobalKnownHostsFile=/dev/null",
        "HostKeyAlias=" + ALIAS,
        "HostKeyAlgorithms=" + hostKey.algorithms(),
        "CheckHostIP=no",
        "UpdateHostKeys=no",
        "VerifyHostKeyDNS=no",
        "CanonicalizeHostname=no",
        "PreferredAuthentications=publickey",
        "PubkeyAuthentication=yes",
        "PasswordAuthentication=no",
        "KbdInteractiveAuthentication=no",
        "HostbasedAuthentication=no",
        "GSSAPIAuthentication=no",
        "IdentityFile=" + path(settings.identity()),
        "IdentitiesOnly=yes",
        "IdentityAgent=none",
        "AddKeysToAgent=no",
        "ForwardAgent=no",
        "ForwardX11=no",
        "ForwardX11Trusted=no",
        "ClearAllForwardings=yes",
        "Tunnel=no",
        "PermitLocalCommand=no",
        "ProxyCommand=none",
        "EscapeChar=none");
  }

  /* The client splits at blanks and puts values in for a percent sign, a tilde and a dollar. */
  private static String path(Path path) {
    String text = path.toString();
    if (!isPlain(text)) {
      throw new IllegalArgumentException("ssh would read \"%s\" otherwise".formatted(text));
    }
    return "\"" + text.replace("%", "%%") + "\"";
  }

  /// Says whether the client can be given the path `text`.
  static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i)) || "\"\\$'".indexOf(text.charAt(i)) >= 0) {
        return false;
      }
    }
    return text.startsWith("/");
  }
}
