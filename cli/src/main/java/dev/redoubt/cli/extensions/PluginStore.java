// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import static java.util.Objects.requireNonNull;

import dev.redoubt.advisory.files.AtomicFile;
import dev.redoubt.cli.sandbox.Table;
import dev.redoubt.document.Json;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Content;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The plugins that a person added: a copy of each under `DATA/plugins/NAME`, and beside it
/// `NAME.json` with the digest of what was approved. A copy that is not what was approved counts
/// for nothing until it is added again.
final class PluginStore {

  private static final Limits LIMITS = new Limits(64 << 10, 5, 100);

  private final Path folder;

  private PluginStore(Path folder) {
    this.folder = requireNonNull(folder, "folder");
  }

  /// Returns the store in `dataDir`, whether or not it exists.
  static PluginStore of(Path dataDir) {
    return new PluginStore(dataDir.toAbsolutePath().resolve("plugins"));
  }

  /// A plugin that was approved.
  ///
  /// @param digest of its content
  /// @param source the folder it was copied from
  /// @param problem why it does not count; empty when it does
  record Added(
      String name, String version, String digest, String source, Path folder, String problem) {
    Added {
      requireNonNull(name, "name");
      requireNonNull(version, "version");
      requireNonNull(digest, "digest");
      requireNonNull(source, "source");
      requireNonNull(folder, "folder");
      requireNonNull(problem, "problem");
    }

    /// Returns whether it is as it was approved.
    boolean counts() {
      return problem.isEmpty();
    }
  }

  /// Returns every plugin, by name.
  ///
  /// @throws RedoubtException UNREADABLE if they cannot be listed
  List<Added> all() {
    List<Added> all = new ArrayList<>();
    try (DirectoryStream<Path> records = Files.newDirectoryStream(folder, "*.json")) {
      for (Path record : records) {
        String file = String.valueOf(record.getFileName());
        all.add(read(file.substring(0, file.length() - ".json".length()), record));
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "the plugins in \"%s\" cannot be listed".formatted(folder), e);
    }
    all.sort((one, other) -> one.name().compareTo(other.name()));
    return all;
  }

  /// Returns the plugin `name`.
  Optional<Added> named(String name) {
    return all().stream().filter(added -> added.name().equals(name)).findFirst();
  }

  /// A plugin that counts.
  ///
  /// @param tables its manifest, with its hooks and modes
  /// @param scripts what the scripts of its hooks say, by name
  record Plugin(Added added, Table tables, Map<String, String> scripts) {
    Plugin {
      requireNonNull(added, "added");
      requireNonNull(tables, "tables");
      scripts = Map.copyOf(scripts);
    }
  }

  /// Returns what a plugin that counts brings besides skills and commands, from the very content
  /// that was approved.
  ///
  /// @throws RedoubtException USAGE or UNREADABLE if it changed meanwhile or is malformed
  static Plugin load(Added added) {
    PluginFiles files = content(added);
    PluginManifest manifest = PluginManifest.of(added.folder(), files);
    return new Plugin(added, manifest.tables(), PluginParts.check(manifest, files));
  }

  /// Returns the files of a plugin that counts, which are those that were approved.
  ///
  /// @throws RedoubtException UNREADABLE if they changed meanwhile
  static PluginFiles content(Added added) {
    PluginFiles files = PluginFiles.read(added.folder());
    if (!files.digest().equals(added.digest())) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "the plugin %s is not what was approved any more".formatted(added.name()),
          null);
    }
    return files;
  }

  private Added read(String name, Path record) {
    Path copy = folder.resolve(name);
    try (InputStream in = Files.newInputStream(record, LinkOption.NOFOLLOW_LINKS)) {
      Node read = Json.readStrict(in.readNBytes((int) LIMITS.bytes() + 1), LIMITS);
      String digest = read.text("digest").orElse("");
      Added added =
          new Added(
              name,
              read.text("version").orElse(""),
              digest,
              read.text("source").orElse(""),
              copy,
              "");
      return PluginManifest.isName(name) ? checked(added) : with(added, "its name is none");
    } catch (IOException e) {
      return new Added(name, "", "", "", copy, "what was approved cannot be read");
    }
  }

  private static Added checked(Added added) {
    try {
      return PluginFiles.read(added.folder()).digest().equals(added.digest())
          ? added
          : with(added, "it is not what was approved any more");
    } catch (RedoubtException e) {
      return with(added, RedoubtException.reason(e));
    }
  }

  private static Added with(Added added, String problem) {
    return new Added(
        added.name(), added.version(), added.digest(), added.source(), added.folder(), problem);
  }

  /// Keeps `files` as the plugin of `manifest`, in place of one of that name.
  ///
  /// @param source where they come from
  /// @throws RedoubtException UNWRITABLE if they cannot be kept; the plugin then does not count
  void keep(PluginManifest manifest, PluginFiles files, Path source) {
    Path copy = folder.resolve(manifest.name());
    Path record = folder.resolve(manifest.name() + ".json");
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(record);
      deleteAll(copy);
      for (Map.Entry<String, Content> file : files.all().entrySet()) {
        Path target = copy.resolve(file.getKey()).normalize();
        if (!target.startsWith(copy)) {
          throw new IOException("\"%s\" leads out of the plugin".formatted(file.getKey()));
        }
        Files.createDirectories(requireNonNull(target.getParent()));
        write(target, file.getValue().bytes());
      }
      Node.Obj approved =
          new Payload()
              .text("version", manifest.version())
              .text("digest", files.digest())
              .text("source", source.toString())
              .object();
      write(record, JsonText.of(approved).getBytes(StandardCharsets.UTF_8));
    } catch (IOException | UncheckedIOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "the plugin %s cannot be kept: %s"
              .formatted(manifest.name(), String.valueOf(e.getMessage())),
          e);
    }
  }

  private static void write(Path file, byte[] bytes) {
    try (AtomicFile staged = AtomicFile.stage(file, List.of(ByteBuffer.wrap(bytes)))) {
      staged.publish();
    }
  }

  /// Forgets the plugin `name` and deletes its copy; what does not count first.
  ///
  /// @throws RedoubtException UNWRITABLE if it cannot be deleted
  void remove(String name) {
    try {
      Files.deleteIfExists(folder.resolve(name + ".json"));
      if (PluginManifest.isName(name)) {
        deleteAll(folder.resolve(name));
      }
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "the plugin %s cannot be deleted: %s".formatted(name, RedoubtException.reason(e)),
          e);
    }
  }

  private static void deleteAll(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path at, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(at);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
