// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.sandbox;

import dev.redoubt.cli.Call;
import dev.redoubt.sandbox.ssh.HostKey;
import dev.redoubt.sandbox.ssh.SshSettings;
import dev.redoubt.sandbox.ssh.SyncNotice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads `[options.sandbox.ssh]`, and says in words what is not kept the same on both machines.
final class SshTable {

  private static final List<String> KEYS =
      List.of("host", "port", "user", "identity", "host-key", "folder", "connect-timeout");

  private SshTable() {}

  /// Returns which machine was named; empty when the table has no host.
  static Optional<SshSettings> settings(Call call, Table ssh) {
    ssh.requireKeys(KEYS);
    if (ssh.text("host").isEmpty()) {
      return Optional.empty();
    }
    int port = (int) ssh.number("port", 22, 65_535);
    String user = needed(ssh, "user");
    SshSettings.Destination to =
        read(ssh, "host", host -> new SshSettings.Destination(host, port, user));
    Path identity = call.resolve(needed(ssh, "identity"));
    HostKey key = read(ssh, "host-key", HostKey::read);
    Duration timeout = Duration.ofSeconds(ssh.number("connect-timeout", 10, 300));
    return Optional.of(
        read(ssh, "folder", folder -> new SshSettings(to, identity, key, folder, timeout)));
  }

  private static String needed(Table ssh, String key) {
    return ssh.text(key).orElseThrow(() -> ssh.wrong(key, "is needed for another machine"));
  }

  private static <T> T read(Table ssh, String key, Function<String, T> reader) {
    String text = needed(ssh, key);
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw ssh.wrong(key, "cannot be used: %s".formatted(e.getMessage()));
    }
  }

  static String words(SyncNotice notice) {
    return switch (notice) {
      case SyncNotice.Conflict(String path) ->
          "\"%s\" changed on both machines, so each keeps its own".formatted(path);
      case SyncNotice.Revived(String path) ->
          "\"%s\" was deleted on one machine and changed on the other, so it stays".formatted(path);
      case SyncNotice.Refused(String path, String reason) ->
          "\"%s\" is not taken from the other machine: %s".formatted(path, reason);
      case SyncNotice.LeftOut(String path, String reason) ->
          "\"%s\" is not sent to the other machine: %s".formatted(path, reason);
      case SyncNotice.StartedAnew() ->
          "the folder on the other machine was empty, so everything was sent again";
    };
  }
}
