// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;

/// The control groups of this machine, which come and go while they are listed.
final class ControlGroups {

  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final int DEEPEST = 8;

  private ControlGroups() {}

  /// Returns the groups that are there whose own name `wanted` takes.
  static List<Path> named(Predicate<String> wanted) throws IOException {
    List<Path> groups = new ArrayList<>();
    if (!Files.isDirectory(ROOT)) {
      return groups;
    }
    Files.walkFileTree(
        ROOT,
        EnumSet.noneOf(FileVisitOption.class),
        DEEPEST,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path group, BasicFileAttributes attributes) {
            if (wanted.test(group.getFileName().toString())) {
              groups.add(group);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path gone, IOException e) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path group, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return groups;
  }
}
