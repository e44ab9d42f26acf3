// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.bubblewrap;

import dev.redoubt.sandbox.masks.Visible;
import dev.redoubt.sandbox.wall.Enclosure.Exits;
import dev.redoubt.sandbox.wall.WallException;
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

  /// Returns the command that runs `command` with a way out.
  List<String> around(List<String> command) {
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
            VARIABLES));
    all.addAll(command);
    return all;
  }
}
