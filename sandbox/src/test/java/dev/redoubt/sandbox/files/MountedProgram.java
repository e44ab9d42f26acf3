// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import dev.redoubt.guard.Content;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.FileFacts.Facts;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.paths.PathJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

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
    writeInPlace(work);
  }

  private static void writeInPlace(Path work) throws IOException {
    for (String name : new String[] {"mounted", "frozen/file"}) {
      Path path = work.resolve(name);
      if (!Files.exists(path)) {
        continue;
      }
      Object before = Files.getAttribute(path, "unix:fileKey");
      try (GuardedFiles files = GuardedFiles.below(work)) {
        files.write(path, Content.of("new"));
      }
      try (Stream<Path> beside = Files.list(path.getParent())) {
        System.out.printf(
            "%s: %s, the same file: %s, beside it: %d%n",
            name,
            Files.readString(path),
            before.equals(Files.getAttribute(path, "unix:fileKey")),
            beside.filter(found -> found.toString().contains(".redoubt")).count());
      }
    }
  }

  /* A workspace on a disk that is full. */
  private static void write(Path work) throws IOException {
    Path small = work.resolve("small");
    if (!Files.isDirectory(small)) {
      return;
    }
    Path file = small.resolve("a");
    try (GuardedFiles files = GuardedFiles.below(work)) {
      files.write(file, Content.of("what was there before"));
      files.write(file, Content.of(new byte[1_000 << 10]));
      System.out.println("everything was written");
    } catch (IOException e) {
      System.out.printf("full: %s, and there is: %s%n", e.getMessage(), Files.readString(file));
    }
  }
}
