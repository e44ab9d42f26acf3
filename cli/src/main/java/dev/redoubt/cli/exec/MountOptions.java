// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.sandbox.SandboxSettings.Writes;
import dev.redoubt.sandbox.SandboxMounts;
import dev.redoubt.sandbox.wall.Enclosure;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/// `--sandbox-mount SRC[:DST][:rw]`: what a server sees of this machine besides its workspace.
public final class MountOptions {

  private static final String NAME = "--sandbox-mount";

  private MountOptions() {}

  /// Returns the option.
  public static OptionSpec spec() {
    return OptionSpec.builder(NAME)
        .paramLabel("SRC[:DST][:rw]")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .description(
            "Show the server this file or folder too, read-only but for :rw; again for another.")
        .build();
  }

  static List<Enclosure.Mount> of(Call call, Premises premises) {
    SandboxMounts mounts =
        new SandboxMounts(
            premises.backend(),
            premises.workspace(),
            call.world().home().toAbsolutePath(),
            call.globals().dataDir().toAbsolutePath());
    for (String text : call.texts(NAME)) {
      SandboxMounts.Wanted wanted = wanted(call, text);
      Optional<String> objection =
          wanted.mode() == Enclosure.Mount.Mode.WRITABLE && premises.writes() == Writes.STAGED
              ? Optional.of("what is written there would not be staged")
              : mounts.add(wanted);
      if (objection.isPresent()) {
        throw new UsageException("%s \"%s\": %s".formatted(NAME, text, objection.get()));
      }
    }
    return mounts.all();
  }

  private static SandboxMounts.Wanted wanted(Call call, String text) {
    boolean writable = text.endsWith(":rw");
    String plain = writable || text.endsWith(":ro") ? text.substring(0, text.length() - 3) : text;
    int colon = plain.indexOf(':');
    String source = colon < 0 ? plain : plain.substring(0, colon);
    String target = colon < 0 ? "" : plain.substring(colon + 1);
    if (source.isEmpty() || (colon >= 0 && !target.startsWith("/")) || target.indexOf(':') >= 0) {
      throw new UsageException(
          "%s \"%s\" is not SRC[:DST][:rw] with an absolute DST".formatted(NAME, text));
    }
    try {
      return new SandboxMounts.Wanted(
          call.resolve(source).toAbsolutePath(),
          target.isEmpty() ? Optional.empty() : Optional.of(Path.of(target)),
          writable ? Enclosure.Mount.Mode.WRITABLE : Enclosure.Mount.Mode.READ_ONLY);
    } catch (InvalidPathException e) {
      throw new UsageException("%s \"%s\" is no path".formatted(NAME, text));
    }
  }
}
