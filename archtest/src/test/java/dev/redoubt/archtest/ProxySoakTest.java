// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.mcp.EchoServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Many calls through the packaged proxy leave as much behind as a few: the live objects, the
/// descriptors and the threads are those of the beginning.
@EnabledOnOs(OS.LINUX)
class ProxySoakTest {

  /* 100,000 in the profile "deep"; a multiple of 200. */
  private static final int CALLS = Integer.getInteger("redoubt.calls", 1_000);
  private static final int IN_FLIGHT = 20;
  private static final long MORE_HEAP = 4 << 20;
  /* The JVM's own come and go. */
  private static final int MORE_THREADS = 16;
  private static final int MORE_DESCRIPTORS = 8;

  @TempDir private Path world;

  /// What the proxy holds.
  ///
  /// @param heap bytes of live objects
  /// @param resident MiB
  private record Held(int calls, long heap, long resident, int descriptors, int threads) {}

  /* An answer that never comes would be waited for without an end. */
  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void manyCallsLeaveNothingBehind() throws Exception {
    Packaged redoubt = Packaged.below(world);
    List<String> words =
        new ArrayList<>(List.of("proxy", "--name", "echo", "--deny", "tool:echo/barred", "--"));
    words.addAll(EchoServer.command(0));
    Path errors = world.resolve("errors.txt");
    Process process = redoubt.piped(words).redirectError(errors.toFile()).start();
    List<Held> held = new ArrayList<>();
    try (BufferedReader in =
            new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        OutputStream out = process.getOutputStream()) {
      out.write((ProxySession.GREETING + "\n").getBytes(UTF_8));
      out.flush();
      assertThat(in.readLine()).as(Files.readString(errors)).contains("\"protocolVersion\"");
      out.write((ProxySession.GREETED + "\n").getBytes(UTF_8));
      int refused = 0;
      for (int done = 0; done < CALLS; done += IN_FLIGHT) {
        if (done == CALLS / 10 || done == CALLS / 2) {
          held.add(held(process, done));
        }
        refused += some(in, out, done);
      }
      held.add(held(process, CALLS));
      assertThat(refused).isEqualTo(CALLS / IN_FLIGHT * 2);
    } finally {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
    Files.writeString(
        Code.ROOT.resolve("archtest/target/proxy-soak-" + CALLS + ".txt"), held + "\n");

    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    Held first = held.getFirst();
    Held last = held.getLast();
    assertThat(last.heap()).as("%s", held).isLessThan(first.heap() + MORE_HEAP);
    assertThat(last.descriptors())
        .as("%s", held)
        .isLessThan(first.descriptors() + MORE_DESCRIPTORS);
    assertThat(last.threads()).as("%s", held).isLessThan(first.threads() + MORE_THREADS);
    assertThat(redoubt.run(Map.of(), "evidence", "verify").exitCode()).isZero();
  }

  /* No two are alike, one is denied and one is no message. Returns how many were refused. */
  private static int some(BufferedReader in, OutputStream out, int from) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < IN_FLIGHT; i++) {
      int id = from + i + 2;
      String call =
          ProxySession.call(
              id, i == 0 ? "barred" : "echo", "{\"text\":\"number %d\"}".formatted(id));
      if (i % 3 == 1) {
        call = call.replace("\"id\":" + id, "\"id\":\"n" + id + "\"");
      }
      lines.append(i == 2 ? call.replace("\"id\":", "\"id\":0,\"id\":") : call).append('\n');
    }
    out.write(lines.toString().getBytes(UTF_8));
    out.flush();
    int refused = 0;
    for (int i = 0; i < IN_FLIGHT; i++) {
      refused += in.readLine().contains("\"error\"") ? 1 : 0;
    }
    return refused;
  }

  private static Held held(Process process, int calls) throws Exception {
    Path about = Path.of("/proc", String.valueOf(process.pid()));
    int descriptors;
    try (Stream<Path> files = Files.list(about.resolve("fd"))) {
      descriptors = (int) files.count();
    }
    String status = Files.readString(about.resolve("status"));
    return new Held(
        calls,
        live(process),
        number(status, "VmRSS:") >> 10,
        descriptors,
        (int) number(status, "Threads:"));
  }

  private static long number(String status, String key) {
    return status
        .lines()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }

  /* The histogram counts what is left after a collection; its last line is the sum. */
  private static long live(Process process) throws Exception {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(process.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), UTF_8).strip();
    String last = said.substring(said.lastIndexOf('\n') + 1);
    assertThat(last).as(said).startsWith("Total");
    return Long.parseLong(last.strip().split(" +", -1)[2]);
  }
}
