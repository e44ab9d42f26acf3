// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.trust;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.trust.GitSettings;
import dev.redoubt.guard.trust.Survey;
import dev.redoubt.guard.trust.Switches;
import dev.redoubt.guard.trust.Switches.Shape;
import dev.redoubt.guard.trust.Switches.Switch;
import dev.redoubt.guard.trust.TrustItem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Looks at what a checkout would switch on. Reads only, and within limits.
///
/// A link inside the checkout is read through; one that leads out is recorded with its target and
/// not followed, and no folder is entered through a link. What cannot be read, or is over a limit,
/// becomes a problem, never a silent gap.
final class CheckoutReader {

  private static final int MOST_FILES = 5_000;
  private static final int DEEPEST = 12;
  private static final long LARGEST_FILE = 16L << 20;
  private static final long MOST_BYTES = 128L << 20;

  private final Path root;
  private final List<TrustItem> items = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private int files;
  private long bytes;

  private CheckoutReader(Path root) {
    this.root = root;
  }

  /// Returns what the checkout at `root`, a real path, would switch on.
  static Survey survey(Path root) {
    CheckoutReader reader = new CheckoutReader(root);
    for (Switch place : Switches.all()) {
      reader.look(place);
    }
    return new Survey(reader.items, reader.problems);
  }

  private void look(Switch place) {
    Path path = root.resolve(place.path());
    switch (place.shape()) {
      case FILE, GIT_CONFIG -> file(place, path);
      case TREE -> tree(place, path, 0);
      case PREFIX -> prefixed(place, path);
    }
  }

  private void prefixed(Switch place, Path path) {
    Path folder = requireNonNull(path.getParent());
    String start = String.valueOf(path.getFileName());
    for (Path child : children(folder)) {
      if (String.valueOf(child.getFileName()).startsWith(start)) {
        file(place, child);
      }
    }
  }

  private void tree(Switch place, Path path, int depth) {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || !isInside(path)) {
      file(place, path);
      return;
    }
    if (depth == DEEPEST) {
      problem(path, "is nested too deep");
      return;
    }
    for (Path child : children(path)) {
      tree(place, child, depth + 1);
    }
  }

  /* A folder above may be a link, for the first of a tree at least. */
  private boolean isInside(Path folder) {
    try {
      return folder.toRealPath().startsWith(root);
    } catch (IOException e) {
      return false;
    }
  }

  private List<Path> children(Path folder) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path child : stream) {
        if (children.size() == MOST_FILES) {
          problem(folder, "has too many files");
          break;
        }
        children.add(child);
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      problem(folder, "cannot be listed: " + e.getClass().getSimpleName());
    }
    children.sort(null);
    return children;
  }

  private void file(Switch place, Path path) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (isSample(place, path)) {
        return;
      }
      Path real = path.toRealPath();
      if (!real.startsWith(root)) {
        linkOut(place, path, attributes, real);
      } else if (Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
        regular(place, path, real);
      } else if (!Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
        problem(path, "is no regular file");
      } else if (attributes.isSymbolicLink()) {
        problem(path, "is a link to a folder");
      }
    } catch (NoSuchFileException e) {
      if (Files.isSymbolicLink(path)) {
        problem(path, "is a link to nothing");
      }
    } catch (IOException e) {
      if (!isBelowFile(path)) {
        problem(path, "cannot be read: " + e.getClass().getSimpleName());
      }
    }
  }

  private static boolean isBelowFile(Path path) {
    return Files.isRegularFile(requireNonNull(path.getParent()));
  }

  /* Git brings its examples along and never runs them. */
  private static boolean isSample(Switch place, Path path) {
    return place.path().equals(".git/hooks") && path.toString().endsWith(".sample");
  }

  private void linkOut(Switch place, Path path, BasicFileAttributes attributes, Path real) {
    String how = attributes.isSymbolicLink() ? "a link" : "reached through a link";
    add(
        place,
        path,
        sha256("link\n" + real),
        place.what() + "; " + how + " out of the checkout, which is not followed");
  }

  private void regular(Switch place, Path path, Path real) throws IOException {
    if (++files > MOST_FILES) {
      if (files == MOST_FILES + 1) {
        problems.add("the checkout has more than " + MOST_FILES + " files that switch things on");
      }
      return;
    }
    if (place.shape() == Shape.GIT_CONFIG) {
      gitConfig(place, path, real);
      return;
    }
    MessageDigest digest = sha256();
    long size = 0;
    try (InputStream in = Files.newInputStream(real)) {
      byte[] buffer = new byte[1 << 14];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        size += read;
        bytes += read;
        if (size > LARGEST_FILE || bytes > MOST_BYTES) {
          problem(path, "is too large to look at");
          return;
        }
        digest.update(buffer, 0, read);
      }
    }
    add(place, path, HexFormat.of().formatHex(digest.digest()), place.what());
  }

  private void gitConfig(Switch place, Path path, Path real) throws IOException {
    byte[] content;
    try (InputStream in = Files.newInputStream(real)) {
      content = in.readNBytes((1 << 20) + 1);
    }
    if (content.length > 1 << 20) {
      problem(path, "is too large to look at");
      return;
    }
    List<String> lines = GitSettings.executing(new String(content, StandardCharsets.UTF_8));
    if (!lines.isEmpty()) {
      add(
          place,
          path,
          sha256(String.join("\n", lines)),
          place.what() + ": " + String.join(", ", lines.subList(0, Math.min(5, lines.size()))));
    }
  }

  private void add(Switch place, Path path, String sha256, String what) {
    items.add(new TrustItem(place.kind(), relative(path), sha256, what));
  }

  private void problem(Path path, String why) {
    problems.add(relative(path) + " " + why);
  }

  private String relative(Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }

  static String sha256(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
