// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.bubblewrap;

import dev.redoubt.sandbox.kernel.SeccompFilter;
import dev.redoubt.sandbox.kernel.SetGroup;
import dev.redoubt.sandbox.kernel.Sockets;
import dev.redoubt.sandbox.kernel.StartPlan;
import dev.redoubt.sandbox.kernel.StartProgram;
import dev.redoubt.sandbox.network.LoopbackRelay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What runs inside the wall before a command that has a way out: a relay from the loopback to the
/// socket of the egress proxy. The command itself is started behind the filter of system calls,
/// which lets it open no socket but those for TCP.
///
/// Arguments: the port, the socket, the file with the variables of the command, a [SetGroup], the
/// program and its arguments. Ends as the program ends; with 126 when it was not started.
public final class Inside {

  static final int NOT_STARTED = 126;
  private static final int MAX_ENVIRONMENT = 4 << 20;
  private static final int FIXED = 4;
  /* The folder is new and empty in every sandbox. */
  private static final Path PROGRAM = Path.of("/tmp/.redoubt-start");
  private static final Path REPORT = Path.of("/tmp/.redoubt-report");

  private Inside() {}

  /// Runs it.
  public static void main(String[] arguments) throws InterruptedException {
    int code;
    try {
      code = run(List.of(arguments));
    } catch (IOException | RuntimeException e) {
      code = NOT_STARTED;
    }
    Runtime.getRuntime().halt(code);
  }

  private static int run(List<String> arguments) throws IOException, InterruptedException {
    Optional<SeccompFilter> filter =
        SeccompFilter.forThisMachine(Sockets.TCP)
            .map(found -> found.with(SetGroup.valueOf(arguments.get(FIXED - 1))));
    if (filter.isEmpty()) {
      return NOT_STARTED;
    }
    int port = Integer.parseInt(arguments.getFirst());
    ProcessBuilder command =
        new ProcessBuilder(arguments.subList(FIXED, arguments.size())).inheritIO();
    command.environment().putAll(variables(Path.of(arguments.get(2))));
    try (LoopbackRelay _ = LoopbackRelay.start(port, Path.of(arguments.get(1)));
        StartProgram start = StartProgram.write(plan(filter.get()), PROGRAM)) {
      int code = start.start(command, Optional.of(REPORT), Optional.empty()).waitFor();
      return start.report(REPORT).failure().isPresent() ? NOT_STARTED : code;
    }
  }

  private static StartPlan plan(SeccompFilter filter) {
    return StartPlan.of(
            new StartPlan.Keeper.Kernel(ProcessHandle.current().pid()),
            new StartPlan.Report.File(),
            List.of())
        .behind(Optional.empty(), Optional.of(filter));
  }

  /// Returns `variables` as the file that [#main] is given holds them.
  static byte[] written(Map<String, String> variables) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(variables)
        .forEach((name, value) -> text.append(name).append('=').append(value).append('\0'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> variables(Path file) throws IOException {
    String text;
    try (InputStream in = Files.newInputStream(file)) {
      text = new String(in.readNBytes(MAX_ENVIRONMENT), StandardCharsets.UTF_8);
    }
    Map<String, String> variables = new TreeMap<>();
    int from = 0;
    for (int end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0', from)) {
      int equals = text.indexOf('=', from);
      variables.put(text.substring(from, equals), text.substring(equals + 1, end));
      from = end + 1;
    }
    return variables;
  }
}
