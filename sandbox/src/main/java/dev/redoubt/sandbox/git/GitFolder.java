// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Tells the folders of git by what they hold, and follows the files by which one leads to another.
///
/// Source: gitrepository-layout(5), and what git takes for a repository: a `HEAD`, and beside it
/// `objects` and `refs` or the file that says where these are.
public final class GitFolder {

  /// The file that says where the settings and hooks of a linked working tree are.
  public static final String COMMON = "commondir";

  private static final String LEADS = "gitdir:";
  private static final int LONGEST = 64 << 10;

  private GitFolder() {}

  /// Returns whether git would take a folder for its own that holds what `holds` says. Rather yes
  /// than no: what the names stand for is not looked at.
  public static boolean is(Predicate<String> holds) {
    return holds.test("HEAD")
        && (holds.test(COMMON) || (holds.test("objects") && holds.test("refs")));
  }

  /// Returns where the `.git` at `dotGit` leads: itself if it is a folder, what its text says if it
  /// is a file. Empty where git would find nothing.
  ///
  /// @throws IOException if it cannot be read
  public static Optional<Path> at(Path dotGit) throws IOException {
    if (Files.isDirectory(dotGit)) {
      return Optional.of(dotGit);
    }
    String text = text(dotGit);
    return text.startsWith(LEADS)
        ? below(dotGit, text.substring(LEADS.length()))
        : Optional.empty();
  }

  /// Returns the folder with the settings and hooks of `folder`: itself, unless it belongs to a
  /// linked working tree.
  ///
  /// @throws IOException if it cannot be read
  public static Path common(Path folder) throws IOException {
    Path file = folder.resolve(COMMON);
    return below(file, text(file)).orElse(folder);
  }

  /// Returns `tree` and the folders of git that belong to it, as far as they can be told.
  public static List<Path> around(Path tree) {
    List<Path> folders = new ArrayList<>(List.of(tree));
    try {
      var leads = at(tree.resolve(".git"));
      if (leads.isPresent()) {
        folders.add(leads.get());
        folders.add(common(leads.get()));
      }
    } catch (IOException e) {
      // Then git does not find them either.
      return folders;
    }
    return folders;
  }

  private static Optional<Path> below(Path file, String text) throws IOException {
    String target = text.strip();
    Path folder = file.getParent();
    if (target.isEmpty() || folder == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(folder.resolve(target).normalize());
    } catch (InvalidPathException e) {
      throw new IOException("\"%s\" leads nowhere that can be named".formatted(file), e);
    }
  }

  private static String text(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
    }
  }
}
