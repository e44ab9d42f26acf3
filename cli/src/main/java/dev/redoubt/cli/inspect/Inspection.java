// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.inspect;

import dev.redoubt.cli.ExitCode;
import dev.redoubt.model.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What was found out about servers, and what is wrong with them, worst first.
public record Inspection(List<InspectedServer> servers, List<Flaw> flaws) {

  public Inspection {
    servers = List.copyOf(servers);
    flaws = flaws.stream().sorted(Comparator.comparing(Flaw::severity)).distinct().toList();
  }

  /// Returns the inspection of one server, with what detectors say of what it offers.
  ///
  /// @param known what is wrong with it besides
  public static Inspection of(InspectedServer server, List<Flaw> known) {
    List<Flaw> flaws = new ArrayList<>(known);
    flaws.addAll(ToldFlaws.of(server));
    return new Inspection(List.of(server), flaws);
  }

  /// Returns how many things are as bad as `severity`.
  long count(Severity severity) {
    return flaws.stream().filter(flaw -> flaw.severity() == severity).count();
  }

  /// Returns whether something is critical.
  public boolean isBad() {
    return count(Severity.CRITICAL) > 0;
  }

  /// Returns the exit code: no when something is critical, else `otherwise`.
  public int exitCode(int otherwise) {
    return isBad() ? ExitCode.NO : otherwise;
  }
}
