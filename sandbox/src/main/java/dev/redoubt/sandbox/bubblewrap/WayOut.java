// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.bubblewrap;

import dev.redoubt.sandbox.kernel.SetGroup;
import dev.redoubt.sandbox.masks.Visible;
import dev.redoubt.sandbox.wall.Enclosure.Exits;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// How a command behind the wall reaches the egress proxy: by [Inside], a small JVM that is started
/// before it in the same namespaces.
///
/// @param proxy the proxy
/// @param port where programs inside expect it
/// @param java the program `java` of the JDK Redoubt runs on
/// @param classes the class path of Redoubt
record WayOut(Exits.Proxy proxy, int port, Path java, List<Path> classes) {

  private static final String SOCKET = "/tmp/.redoubt-egress";
  /* Where systems keep the certificates everybody trusts. */
  private static final List<String> BUNDLES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/ssl/cert.pem",
          "/etc/ssl/ca-bundle.pem",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem");

  private static final String VARIABLES = "/tmp/.redoubt-variables";

  WayOut {
    classes = List.copyOf(classes);
  }

  static WayOut to(Exits.Proxy proxy) throws WallException {
    int colon = proxy.address().lastIndexOf(':');
    int port;
    try {
      port = Integer.parseInt(proxy.address().substring(colon + 1));
    } catch (NumberFormatException e) {
      throw WallException.cannotStart(
          "the address \"%s\" of the egress proxy has no port".formatted(proxy.address()), "");
    }
    Path home = Path.of(System.getProperty("java.home", "/"));
    List<Path> classes = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path", "").split(":", -1)) {
      if (!entry.isEmpty()) {
        classes.add(Path.of(entry).toAbsolutePath().normalize());
      }
    }
    return new WayOut(proxy, port, home.resolve("bin").resolve("java"), classes);
  }

  /// Adds what [Inside] needs to see: its socket, the variables, and itself where it is hidden.
  void seen(Arguments arguments, Visible visible, Path variables) {
    arguments.add("--ro-bind", proxy.socket().toString(), SOCKET);
    arguments.add("--ro-bind", variables.toString(), VARIABLES);
    proxy.trust().ifPresent(trust -> trusted(arguments, trust, visible));
    Set<Path> needed = new LinkedHashSet<>();
    Path home = java.getParent() == null ? java : java.getParent().getParent();
    needed.add(home == null ? java : home);
    for (Path entry : classes) {
      // The image has one jar on the path, which names those beside it.
      Path folder = entry.getParent();
      needed.add(classes.size() == 1 && folder != null ? folder : entry);
    }
    for (Path path : needed) {
      if (!visible.sees(path) && Files.exists(path)) {
        arguments.add("--ro-bind", path.toString(), path.toString());
      }
    }
  }

  /* Programs that read no variable find the same certificates where the system has its own. */
  private static void trusted(Arguments arguments, Path trust, Visible visible) {
    arguments.add("--ro-bind", trust.toString(), Exits.Proxy.TRUST);
    Set<Path> covered = new LinkedHashSet<>();
    for (String bundle : BUNDLES) {
      try {
        Path real = Path.of(bundle).toRealPath();
        if (visible.sees(real) && covered.add(real)) {
          arguments.add("--ro-bind", trust.resolve(Exits.Proxy.BUNDLE).toString(), real.toString());
        }
      } catch (IOException e) {
        // This system has none there.
      }
    }
  }

  /// Returns the command that runs `command` with a way out.
  ///
  /// @param groups whether folders may hand their group down
  List<String> around(List<String> command, SetGroup groups) {
    List<String> all = new ArrayList<>();
    all.add(java.toString());
    all.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            String.join(":", classes.stream().map(Path::toString).toList()),
            Inside.class.getName(),
            String.valueOf(port),
            SOCKET,
            VARIABLES,
            groups.name()));
    all.addAll(command);
    return all;
  }
}
