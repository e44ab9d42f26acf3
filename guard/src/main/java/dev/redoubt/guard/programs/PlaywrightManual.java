// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.List;
import java.util.Set;

/// `playwright test`. Recording, opening pages, installing browsers and showing reports are
/// questions.
///
/// Source: the command-line reference of Playwright 1.50.
///
/// @param reporters those that come with it and serve nothing; another name is a module
record PlaywrightManual(Set<String> reporters) implements Manual {

  private static final Table TABLE =
      BundleShelf.bundles()
          .configured("playwright")
          .flags("-xh --help --list --headed --no-deps --pass-with-no-tests --quiet --forbid-only")
          .flags("--fully-parallel --last-failed --fail-on-flaky-tests --ignore-snapshots")
          .following("--only-changed")
          .values("-gj --grep --grep-invert -G --workers --max-failures --project --repeat-each")
          .values("--retries --shard --timeout --global-timeout --trace --browser")
          .values(Meaning.READS, "--tsconfig --test-list")
          .values(Meaning.CONFIG, "-c --config")
          .values(Meaning.OUTPUT, "--output")
          .values(Meaning.CHANGES, "--reporter --ui-host --ui-port")
          .following(Meaning.CHANGES, "-u --update-snapshots")
          .flags(Meaning.CHANGES, "--debug --ui")
          .operands(Operands.READ)
          .build();

  @Override
  public Set<String> names() {
    return Set.of("playwright");
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return Reading.harmless("shows the version of playwright", List.of());
    }
    List<Arg> arguments = Named.without(call.arguments(), Set.of("--reporter"), reporters);
    String verb = arguments.isEmpty() ? "" : Builds.texts(arguments).getFirst();
    if (!verb.equals("test")) {
      return Reading.unknown("playwright " + verb + " is not judged", List.of());
    }
    Arguments read = TABLE.read(arguments.subList(1, arguments.size()));
    return Builds.withoutAddresses(
        call, Builds.here(TableReading.of("playwright test", TABLE, read)));
  }
}
