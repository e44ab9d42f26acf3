// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.bench;

import dev.redoubt.testkit.mcp.EchoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What `redoubt proxy` adds to a call of a tool: the same calls go to an echo server directly and
/// through the packaged launcher, in turn, with evidence on.
///
/// Latency is that of a closed loop: a number of calls is always in flight, and each answer brings
/// the next one. With a hold of zero the server answers at once, so that both sides run as fast as
/// the machine lets them; with one of some milliseconds calls are in flight because the server
/// takes its time, as servers do.
final class RelayLatency {

  private static final List<Integer> LEVELS = List.of(1, 10, 50, 100, 250, 500);

  private RelayLatency() {}

  /// Measures and prints a table.
  ///
  /// @param arguments LAUNCHER CALLS ROUNDS HOLD, the last in milliseconds
  public static void main(String[] arguments) throws IOException {
    int calls = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    int hold = Integer.parseInt(arguments[3]);
    List<String> server = EchoServer.command(hold);
    List<String> proxied = new ArrayList<>(List.of(arguments[0], "proxy", "--name", "echo", "--"));
    proxied.addAll(server);
    Path home = Files.createTempDirectory("relay-latency").toRealPath();
    try (EchoLine direct = new EchoLine(server, Files.createDirectory(home.resolve("direct")));
        EchoLine proxy = new EchoLine(proxied, Files.createDirectory(home.resolve("proxied")))) {
      for (EchoLine line : List.of(direct, proxy)) {
        for (int inFlight : LEVELS) {
          line.measure(inFlight, few(calls, inFlight, hold));
        }
      }
      System.out.printf(
          Locale.ROOT,
          "hold %d ms, %d rounds of %d calls each; milliseconds; added = proxied - direct%n",
          hold,
          rounds,
          calls);
      System.out.println(
          "in flight |  direct p50   p95   p99 | proxied p50   p95   p99 |"
              + "   added p50   p95   p99 | calls/s direct proxied | cpu us a call");
      for (int inFlight : LEVELS) {
        row(direct, proxy, new Load(inFlight, few(calls, inFlight, hold), rounds));
      }
      System.out.printf(Locale.ROOT, "largest resident set %d MiB%n", proxy.used().mebibytes());
    }
  }

  private record Load(int inFlight, int calls, int rounds) {}

  /* A call after the other would take all day when each is held. */
  private static int few(int calls, int inFlight, int hold) {
    return hold == 0 && inFlight > 1 ? calls : Math.min(calls, Math.max(100, 100 * inFlight));
  }

  private static void row(EchoLine direct, EchoLine proxy, Load load) throws IOException {
    Samples one = new Samples();
    Samples other = new Samples();
    long before = proxy.used().millis();
    for (int round = 0; round < load.rounds(); round++) {
      one.add(direct.measure(load.inFlight(), load.calls()));
      other.add(proxy.measure(load.inFlight(), load.calls()));
    }
    double micros = 1_000.0 * (proxy.used().millis() - before) / load.calls() / load.rounds();
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%9d |", load.inFlight()));
    line.append(
        String.format(Locale.ROOT, "%12.2f %5.2f %5.2f |", one.at(50), one.at(95), one.at(99)));
    line.append(
        String.format(
            Locale.ROOT, "%12.2f %5.2f %5.2f |", other.at(50), other.at(95), other.at(99)));
    line.append(
        String.format(
            Locale.ROOT,
            "%12.2f %5.2f %5.2f |",
            other.at(50) - one.at(50),
            other.at(95) - one.at(95),
            other.at(99) - one.at(99)));
    line.append(
        String.format(Locale.ROOT, "%15d %7d | %6.1f", one.perSecond(), other.perSecond(), micros));
    if (one.refused + other.refused > 0) {
      line.append(" REFUSED ").append(other.refused);
    }
    System.out.println(line);
  }

  private static final class Samples {

    private long[] all = {};
    private long wall;
    private int refused;

    void add(EchoLine.Round round) {
      int before = all.length;
      all = Arrays.copyOf(all, before + round.nanos().length);
      System.arraycopy(round.nanos(), 0, all, before, round.nanos().length);
      Arrays.sort(all);
      wall += round.wall();
      refused += round.refused();
    }

    /// In milliseconds.
    double at(int percent) {
      int index = Math.min(all.length - 1, all.length * percent / 100);
      return all[index] / 1e6;
    }

    long perSecond() {
      return Math.round(all.length * 1e9 / wall);
    }
  }
}
