// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.context;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// The system prompt of a session. The same for the same project, so that caches of providers hit:
/// nothing in it changes with the time.
public final class Instructions {

  private static final int LARGEST = 64 << 10;

  private Instructions() {}

  /// Where a session works.
  ///
  /// @param workspace the folder that may be written
  /// @param system in the manner of `Linux`
  /// @param mode in the manner of `code`
  public record Surroundings(Path workspace, String system, String mode) {
    public Surroundings {
      requireNonNull(workspace, "workspace");
      requireNonNull(system, "system");
      requireNonNull(mode, "mode");
    }
  }

  /// Returns the system prompt.
  ///
  /// @param files what the owner and the project say, the nearest last
  public static String text(Surroundings where, List<InstructionFile> files) {
    StringBuilder text = new StringBuilder(resource("system.md"));
    text.append("\nThe workspace is ")
        .append(where.workspace())
        .append(" on ")
        .append(where.system())
        .append("; relative paths start there. The mode is ")
        .append(where.mode())
        .append(".\n");
    for (InstructionFile file : files) {
      text.append("\n# Instructions from ")
          .append(file.name())
          .append("\n\n")
          .append(file.text().strip())
          .append('\n');
    }
    if (files.size() > 1) {
      text.append("\nWhere instructions disagree, the later ones stand.\n");
    }
    return text.toString();
  }

  private static String resource(String name) {
    try (InputStream in =
        requireNonNull(Instructions.class.getResourceAsStream(name), "the prompt is packaged")) {
      return new String(in.readNBytes(LARGEST), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
