// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.extensions;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Action.ConfigKind;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the files of extensions: within limits, through no link, and from a checkout only what the
/// guard permits. For one thread.
public final class ExtensionFiles {

  private static final int MOST = 500;

  /* Each question is an event: a checkout must not fill the log before anybody trusts it. */
  private static final int MOST_REFUSED = 8;

  private final Gate gate;
  private final List<String> notes = new ArrayList<>();
  private final Map<Root, Integer> refused = new HashMap<>();

  /// @param gate is asked about every file of a checkout
  public ExtensionFiles(Gate gate) {
    this.gate = requireNonNull(gate, "gate");
  }

  /// Returns what was left out so far and why, for a person.
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /// Takes note of what was left out.
  public void note(String note) {
    notes.add(note);
  }

  /// Returns whether the guard lets `content` of `path` be taken over from `root`. What is refused
  /// is noted, once for all files of a root; after eight refusals the rest of a root is refused
  /// unasked.
  ///
  /// @throws InterruptedException if nobody can be asked any more
  public boolean permits(Root root, ConfigKind kind, Path path, Content content)
      throws InterruptedException {
    if (root.owner() != Root.Owner.CHECKOUT) {
      return true;
    }
    int before = refused.getOrDefault(root, 0);
    if (before >= MOST_REFUSED) {
      return false;
    }
    return switch (gate.judge(new Action.LoadConfig(kind, path, content.sha256()))) {
      case Verdict.Permitted(Permit permit) -> {
        permit.spend();
        yield true;
      }
      case Verdict.Refused(var _, var decision) -> {
        refused.put(root, before + 1);
        String note =
            "what lies in %s was not loaded: %s  (%s)"
                .formatted(root.shown(), decision.reason(), decision.rule());
        if (notes.stream().noneMatch(said -> said.startsWith(start(root)))) {
          notes.add(note);
        }
        yield false;
      }
    };
  }

  private static String start(Root root) {
    return "what lies in %s was not loaded:".formatted(root.shown());
  }

  /// Returns the names in `folder`, sorted; none when it is no folder. A link to a folder is
  /// followed for the person only, one on the way to a folder of a checkout neither.
  public List<Path> children(Root root, Path folder) {
    if (!mayBeListed(root, folder)) {
      return List.of();
    }
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path child : stream) {
        if (children.size() == MOST) {
          notes.add("%s holds more than %d names; the rest is left out".formatted(folder, MOST));
          break;
        }
        children.add(child);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      notes.add("%s cannot be listed".formatted(folder));
      return List.of();
    }
    children.sort(null);
    return children;
  }

  /* Trust pins what lies in the checkout itself, so what a link leads to is nobody's. */
  private boolean mayBeListed(Root root, Path folder) {
    return switch (root.owner()) {
      case PERSON -> true;
      case PLUGIN -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
      case CHECKOUT -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && isReal(folder);
    };
  }

  private boolean isReal(Path folder) {
    try {
      if (folder.toRealPath().equals(folder)) {
        return true;
      }
      notes.add("%s is reached through a link, which is not followed".formatted(folder));
    } catch (IOException e) {
      notes.add("%s cannot be listed".formatted(folder));
    }
    return false;
  }

  /// Returns the bytes of the regular file at `path`; empty when there is none. One that is a link,
  /// over `largest` or cannot be read is noted.
  public Optional<Content> read(Path path, int largest) {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.isSymbolicLink(path)) {
        notes.add("%s is a link, which is not followed".formatted(path));
      }
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(largest + 1);
      if (bytes.length > largest) {
        notes.add("%s is over %d KB and left out".formatted(path, largest >> 10));
        return Optional.empty();
      }
      return Optional.of(Content.of(bytes));
    } catch (IOException e) {
      notes.add("%s cannot be read".formatted(path));
      return Optional.empty();
    }
  }

  /// Returns `content` as text; empty when it is not UTF-8 or holds NUL.
  public static Optional<String> text(Content content) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content.bytes())).toString();
      return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
