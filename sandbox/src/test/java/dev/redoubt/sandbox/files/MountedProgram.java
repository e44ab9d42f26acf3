// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.FileFacts.Facts;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.paths.PathJudge;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// Says what it sees of files that somebody mounted: a process of its own, among these mounts.
final class MountedProgram {

  private MountedProgram() {}

  /// Prints a line for each path, and one more when the workspace has a small disk.
  ///
  /// @param arguments the home, the workspace, and paths in it
  public static void main(String[] arguments) throws IOException {
    Path home = Path.of(arguments[0]);
    Path work = Path.of(arguments[1]);
    for (int i = 2; i < arguments.length; i++) {
      Path path = work.resolve(arguments[i]);
      HostFileFacts files = new HostFileFacts();
      Facts facts = files.of(path.toString());
      String rule =
          new PathJudge(files)
              .judge(
                  new Effect.File(Access.READ, Place.at(path.toString())),
                  new Situation(work.toString(), Trust.TRUSTED, Wall.NONE, home.toString()))
              .rule();
      System.out.printf("%s %s %s %s%n", arguments[i], facts.kind(), rule, facts.aliases());
    }
    write(work);
  }

  /* A workspace on a disk that is full. */
  private static void write(Path work) throws IOException {
    Path small = work.resolve("small");
    if (!Files.isDirectory(small)) {
      return;
    }
    try (GuardedFiles files = GuardedFiles.below(work);
        SeekableByteChannel file = files.write(small.resolve("a"))) {
      for (int i = 0; i < 1_000; i++) {
        file.write(java.nio.ByteBuffer.allocate(1024));
      }
      System.out.println("everything was written");
    } catch (IOException e) {
      System.out.println("full: " + e.getMessage());
    }
  }
}
