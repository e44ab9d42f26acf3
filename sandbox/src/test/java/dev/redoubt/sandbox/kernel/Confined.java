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

  static StartPlan plan() {
    return StartPlan.of(
        new StartPlan.Keeper.Supervisor(ProcessHandle.current().pid()),
        new StartPlan.Report.File(),
        List.of());
  }

  static StartPlan plan(LandlockRules rules, Sockets sockets) {
    return plan().behind(Optional.of(rules), Optional.of(filter(sockets)));
  }

  /* Returns what it printed and then its exit code; throws what it said could not be done. */
  static String ran(StartPlan plan, List<String> command) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("start");
    Path report = folder.resolve("report");
    try (StartProgram start = StartProgram.write(plan, folder.resolve("start"))) {
      Process process = start.start(described(command), Optional.of(report), Optional.empty());
      process.getOutputStream().close();
      String printed =
          new String(process.getInputStream().readNBytes(MOST), StandardCharsets.UTF_8);
      int code = process.waitFor();
      Optional<KernelException> failure = start.report(report).failure();
      if (failure.isPresent()) {
        throw failure.get();
      }
      return printed + "exit " + code;
    } finally {
      Files.deleteIfExists(report);
      Files.delete(folder);
    }
  }

  static String shell(Path writable, String line) throws IOException, InterruptedException {
    return ran(
        plan(rules(writable, new Tcp.Open()), Sockets.INTERNET), List.of("/bin/sh", "-c", line));
  }
}
