// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/// Which machine commands run on. Comes from the operator, never from a checkout.
///
/// @param identity the file of the private key, absolute
/// @param hostKey the only key the machine may show
/// @param remoteFolder where the work lies there: absolute, no home and no root
/// @param connectTimeout how long one attempt to connect may take, from 1 second to 5 minutes
public record SshSettings(
    Destination destination,
    Path identity,
    HostKey hostKey,
    String remoteFolder,
    Duration connectTimeout) {

  private static final int LONGEST_HOST = 253;
  private static final int LONGEST_USER = 64;
  private static final int LONGEST_FOLDER = 1024;

  /// @throws IllegalArgumentException if a value is none that can be used; the message says why
  public SshSettings {
    requireNonNull(destination, "destination");
    requireNonNull(hostKey, "hostKey");
    if (!identity.isAbsolute()) {
      throw new IllegalArgumentException("\"%s\" is not an absolute path".formatted(identity));
    }
    requireFolder(remoteFolder);
    if (connectTimeout.toSeconds() < 1 || connectTimeout.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("a timeout from 1 second to 5 minutes is needed");
    }
  }

  /// A machine and who to be there.
  ///
  /// @param host a name or an address, IPv6 without brackets
  /// @param port from 1 to 65535
  public record Destination(String host, int port, String user) {

    /// @throws IllegalArgumentException if one of them could be taken for something else
    public Destination {
      if (!isHost(host)) {
        throw new IllegalArgumentException("\"%s\" is not the name of a machine".formatted(host));
      }
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("port %d is not from 1 to 65535".formatted(port));
      }
      if (!isUser(user)) {
        throw new IllegalArgumentException("\"%s\" is not the name of a user".formatted(user));
      }
    }

    private static boolean isHost(String host) {
      if (host.isEmpty() || host.length() > LONGEST_HOST || "-.".indexOf(host.charAt(0)) >= 0) {
        return false;
      }
      boolean address = host.indexOf(':') >= 0;
      for (int i = 0; i < host.length(); i++) {
        char c = host.charAt(i);
        boolean fits =
            address
                ? isDigit(c)
                    || (c >= 'a' && c <= 'f')
                    || (c >= 'A' && c <= 'F')
                    || ":.".indexOf(c) >= 0
                : isLetter(c) || isDigit(c) || "-.".indexOf(c) >= 0;
        if (!fits) {
          return false;
        }
      }
      return true;
    }

    private static boolean isUser(String user) {
      if (user.isEmpty() || user.length() > LONGEST_USER) {
        return false;
      }
      for (int i = 0; i < user.length(); i++) {
        char c = user.charAt(i);
        boolean inner = i > 0 && "-.".indexOf(c) >= 0;
        if (!isLetter(c) && !isDigit(c) && c != '_' && !inner) {
          return false;
        }
      }
      return true;
    }

    private static boolean isLetter(char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }

    @Override
    public String toString() {
      return "%s@%s:%d".formatted(user, host, port);
    }
  }

  private static void requireFolder(String folder) {
    boolean plain = folder.startsWith("/") && folder.length() <= LONGEST_FOLDER;
    for (String name : folder.substring(Math.min(1, folder.length())).split("/", -1)) {
      plain &= !name.isEmpty() && !name.equals(".") && !name.equals("..");
    }
    for (int i = 0; i < folder.length(); i++) {
      plain &=
          !Character.isISOControl(folder.charAt(i)) && !Character.isSurrogate(folder.charAt(i));
    }
    if (!plain) {
      throw new IllegalArgumentException(
          "\"%s\" is not a plain absolute folder of the other machine".formatted(folder));
    }
  }
}
