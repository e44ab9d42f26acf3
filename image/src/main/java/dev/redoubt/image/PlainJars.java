// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassHierarchyResolver;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Writes out, in the packaged jars of the program itself, what the JVM would put together at each
/// start. See [PlainClass].
public final class PlainJars {

  private PlainJars() {}

  /// Rewrites each `redoubt*.jar` in the folder `arguments[0]` in which there is something to
  /// replace. Their classes and those of the other jars have to be on this program's class path. A
  /// failure leaves the jar as it was. The same jar always becomes the same bytes.
  public static void main(String[] arguments) throws IOException {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(Path.of(arguments[0]), "redoubt*.jar")) {
      for (Path jar : jars) {
        rewrite(jar);
      }
    }
  }

  static void rewrite(Path jar) throws IOException {
    ClassHierarchyResolver hierarchy =
        ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader()).cached();
    List<Content> contents = new ArrayList<>();
    boolean changed = false;
    try (ZipFile old = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(old.entries())) {
        byte[] before = content(old, entry);
        byte[] after =
            entry.getName().endsWith(".class") ? PlainClass.of(before, hierarchy) : before;
        changed |= !Arrays.equals(before, after);
        contents.add(new Content(entry, after));
      }
    }
    if (changed) {
      write(jar, contents);
    }
  }

  private static byte[] content(ZipFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readNBytes(Integer.MAX_VALUE);
    }
  }

  private static void write(Path jar, List<Content> contents) throws IOException {
    Path fresh = Files.createTempFile(jar.getParent(), "plain", ".tmp");
    try {
      try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(fresh));
          ZipOutputStream out = new ZipOutputStream(file)) {
        for (Content content : contents) {
          ZipEntry entry = new ZipEntry(content.entry().getName());
          entry.setTimeLocal(content.entry().getTimeLocal());
          out.putNextEntry(entry);
          out.write(content.bytes());
          out.closeEntry();
        }
      }
      Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(jar));
      Files.move(fresh, jar, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Content(ZipEntry entry, byte[] bytes) {}
}
