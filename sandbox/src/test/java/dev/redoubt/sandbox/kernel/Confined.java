// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import dev.redoubt.sandbox.kernel.LandlockRules.Place;
import dev.redoubt.sandbox.kernel.LandlockRules.Presence;
import dev.redoubt.sandbox.kernel.LandlockRules.Right;
import dev.redoubt.sandbox.kernel.LandlockRules.Tcp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/* A program under rules, for tests: the system may be read, one folder written. */
final class Confined {

  static final int MOST = 1 << 20;

  private Confined() {}

  static LandlockRules rules(Path writable, Tcp tcp) throws IOException {
    List<Place> places = new ArrayList<>();
    for (String name : List.of("/usr", "/bin", "/lib", "/lib64", "/etc", "/proc", "/sbin")) {
      Path path = Path.of(name);
      if (Files.exists(path)) {
        places.add(new Place(path.toRealPath(), Right.READ, Presence.REQUIRED));
      }
    }
    places.add(new Place(Path.of(System.getProperty("java.home")), Right.READ, Presence.REQUIRED));
    Stream.of("/dev/null", "/dev/zero", "/dev/urandom")
        .map(name -> new Place(Path.of(name), Right.USE_DEVICE, Presence.OPTIONAL))
        .forEach(places::add);
    places.add(new Place(writable.toRealPath(), Right.WRITE, Presence.REQUIRED));
    return new LandlockRules(places, tcp);
  }

  static SeccompFilter filter(Sockets sockets) {
    return SeccompFilter.forThisMachine(sockets).orElseThrow();
  }

  static ProcessBuilder described(List<String> command) {
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  /* Returns what it printed and then its exit code. */
  static String ran(ConfinedStart start, List<String> command)
      throws IOException, InterruptedException {
    Process process = start.start(described(command));
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readNBytes(MOST), StandardCharsets.UTF_8);
    return printed + "exit " + process.waitFor();
  }

  static String shell(Path writable, String line) throws IOException, InterruptedException {
    ConfinedStart start =
        new ConfinedStart(Optional.of(rules(writable, new Tcp.Open())), filter(Sockets.INTERNET));
    return ran(start, List.of("/bin/sh", "-c", line));
  }

  static ConfinedStart withDevice(Path writable, Path device) throws IOException {
    LandlockRules rules = rules(writable, new Tcp.Open());
    return new ConfinedStart(Optional.of(rules), filter(Sockets.INTERNET)).withDevice(device);
  }
}
