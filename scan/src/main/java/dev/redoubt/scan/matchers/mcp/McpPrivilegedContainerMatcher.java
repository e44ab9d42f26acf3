// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.mcp;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.Matches;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.commands.CommandLine;
import dev.redoubt.scan.commands.ContainerRun;
import dev.redoubt.scan.commands.ShellScript;
import dev.redoubt.scan.commands.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Reports every MCP server in a container that shares the machine it runs on.
///
/// High: `--privileged`, strong capabilities, the process table of the host. Medium: its network or
/// another of its namespaces, or a security profile switched off.
public final class McpPrivilegedContainerMatcher implements Matcher {

  private static final PluginId ID = new PluginId("mcp-privileged-container");
  private static final Set<String> STRONG_CAPABILITIES =
      Set.of("ALL", "SYS_ADMIN", "SYS_PTRACE", "SYS_MODULE", "SYS_RAWIO", "DAC_READ_SEARCH");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public Matches match(Inventory inventory) {
    List<Finding> findings = new ArrayList<>();
    for (McpServer server : inventory.servers()) {
      List<String> high = new ArrayList<>();
      List<String> medium = new ArrayList<>();
      for (ShellScript.Step step : CommandLine.of(orNothing(server)).commands()) {
        ContainerRun.of(step.words()).ifPresent(run -> judge(run, high, medium));
      }
      if (server.settings().enabled() && !(high.isEmpty() && medium.isEmpty())) {
        findings.add(
            ServerFinding.of(
                ID,
                high.isEmpty() ? Severity.MEDIUM : Severity.HIGH,
                server,
                "runs in a container that shares the machine",
                Stream.concat(high.stream(), medium.stream()).toList()));
      }
    }
    return Matches.of(findings);
  }

  private static List<Word> orNothing(McpServer server) {
    return ServerFinding.words(server);
  }

  private static void judge(ContainerRun run, List<String> high, List<String> medium) {
    if (run.isOn("--privileged")) {
      high.add("--privileged");
    }
    for (Word capability : run.values("--cap-add")) {
      String name = capability.text().toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
      if (STRONG_CAPABILITIES.contains(name)) {
        high.add("--cap-add " + capability.text());
      }
    }
    for (Word option : run.values("--security-opt")) {
      if (option
          .text()
          .matches("(?i)(?:seccomp|apparmor|label|systempaths)[=:](?:unconfined|disabled?)")) {
        medium.add("--security-opt " + option.text());
      }
    }
    shared(run, "--pid", high);
    shared(run, "--ipc", medium);
    shared(run, "--userns", medium);
    shared(run, "--uts", medium);
    shared(run, "--cgroupns", medium);
    shared(run, "--net", medium);
    shared(run, "--network", medium);
  }

  private static void shared(ContainerRun run, String flag, List<String> found) {
    if (run.values(flag).stream().anyMatch(value -> value.text().equals("host"))) {
      found.add(flag + " host");
    }
  }
}
