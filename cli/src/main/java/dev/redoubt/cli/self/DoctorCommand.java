// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.self;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.advisory.database.AdvisoryFile;
import dev.redoubt.cli.BuildIdentity;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.GlobalOptions;
import dev.redoubt.cli.config.Settings;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt doctor`: says what of this installation works and what to do about the rest.
public final class DoctorCommand implements Command {

  /// One thing that was looked at.
  ///
  /// @param state what was found
  /// @param subject what was looked at
  /// @param detail the value, and what to do when it is not fine
  private record Check(State state, String subject, String detail) {}

  private enum State {
    /// Works.
    OK("ok  "),
    /// Works with less.
    NOTE("note"),
    /// Does not work.
    BAD("bad ");

    private final String label;

    State(String label) {
      this.label = label;
    }
  }

  @Override
  public CommandSpec spec() {
    return CommandSpec.create();
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt doctor", "redoubt doctor --data-dir /srv/redoubt");
  }

  @Override
  public int run(Call call) {
    List<Check> checks = new ArrayList<>();
    checks.add(new Check(State.OK, "build", BuildIdentity.current().toString()));
    checks.add(java());
    checks.add(startUpCache());
    checks.add(dataDir(call.globals().dataDir()));
    checks.add(configuration(call));
    checks.addAll(advisories(call.globals().dataDir()));
    for (Check check : checks) {
      call.world().out().println(check.state.label + "  " + check.subject + ": " + check.detail);
    }
    return checks.stream().anyMatch(check -> check.state == State.BAD) ? ExitCode.NO : ExitCode.OK;
  }

  private static Check java() {
    Runtime.Version version = Runtime.version();
    return version.feature() >= 25
        ? new Check(
            State.OK, "java", "%s from %s".formatted(version, System.getProperty("java.home")))
        : new Check(State.BAD, "java", "%s is older than 25: install a JDK 25".formatted(version));
  }

  private static Check startUpCache() {
    String cache = System.getProperty("redoubt.cache", "");
    return cache.isEmpty()
        ? new Check(
            State.NOTE,
            "start-up cache",
            "none, commands start slower: build again with ./build package")
        : new Check(State.OK, "start-up cache", cache);
  }

  private static Check dataDir(Path dataDir) {
    Path existing = dataDir.toAbsolutePath();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
      return new Check(
          State.BAD,
          "data folder",
          "\"%s\" cannot be written: choose another with --data-dir".formatted(dataDir));
    }
    try {
      long free = Files.getFileStore(existing).getUsableSpace() >> 20;
      return free < 500
          ? new Check(State.NOTE, "data folder", "%s, only %,d MB free".formatted(dataDir, free))
          : new Check(State.OK, "data folder", "%s, %,d MB free".formatted(dataDir, free));
    } catch (IOException e) {
      return new Check(State.NOTE, "data folder", "%s, free space unknown".formatted(dataDir));
    }
  }

  private static Check configuration(Call call) {
    try {
      Settings.of(call);
      Path file = call.globals().config().orElseGet(() -> GlobalOptions.userConfig(call.world()));
      return new Check(
          State.OK,
          "configuration",
          Files.exists(file) ? file.toString() : "none, defaults are used");
    } catch (RedoubtException e) {
      return new Check(State.BAD, "configuration", String.valueOf(e.getMessage()));
    }
  }

  private static List<Check> advisories(Path dataDir) {
    List<Check> checks = new ArrayList<>();
    for (Path file : AdvisoryDatabase.files(AdvisoryDatabase.folder(dataDir))) {
      try {
        AdvisoryFile advisories = AdvisoryFile.open(file);
        checks.add(
            new Check(
                State.OK,
                "advisories",
                "%s, %,d records".formatted(advisories.ecosystem(), advisories.active())));
      } catch (RedoubtException e) {
        checks.add(new Check(State.BAD, "advisories", String.valueOf(e.getMessage())));
      }
    }
    if (checks.isEmpty()) {
      checks.add(
          new Check(State.NOTE, "advisories", "none: run redoubt db sync or redoubt db import"));
    }
    return checks;
  }
}
