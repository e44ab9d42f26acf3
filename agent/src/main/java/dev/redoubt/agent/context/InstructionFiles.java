// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.context;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Finds the instructions of a project and of its owner.
///
/// In each folder from the root of the checkout down to the workspace the first of AGENTS.md,
/// CLAUDE.md and GEMINI.md counts; the nearest comes last. What lies in a checkout is obeyed by a
/// model, so it is taken over only when the guard permits it, and above the workspace only from
/// folders that are trusted themselves, for trust pins what lies in a folder. At most 32 KB of a
/// file and 96 KB in all; what is longer is cut, and said.
public final class InstructionFiles {

  private static final List<String> NAMES = List.of("AGENTS.md", "CLAUDE.md", "GEMINI.md");
  private static final int LARGEST = 32 << 10;
  private static final int MOST = 96 << 10;
  private static final int DEEPEST = 40;

  private final Gate gate;
  private final List<InstructionFile> files = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int room = MOST;

  private InstructionFiles(Gate gate) {
    this.gate = requireNonNull(gate, "gate");
  }

  /// What was found.
  ///
  /// @param notes about what was left out, for a person
  public record Found(List<InstructionFile> files, List<String> notes) {
    public Found {
      files = List.copyOf(files);
      notes = List.copyOf(notes);
    }
  }

  /// Looks for them.
  ///
  /// @param own the owner's file, whether or not it exists
  /// @param workspace a real path
  /// @param gate is asked about every file of the checkout
  /// @param isTrusted whether a folder above the workspace is trusted as it is now; the gate speaks
  ///   for the workspace only
  public static Found find(Path own, Path workspace, Gate gate, Predicate<Path> isTrusted)
      throws InterruptedException {
    InstructionFiles looking = new InstructionFiles(gate);
    looking.read(own).ifPresent(content -> looking.take("your own " + own.getFileName(), content));
    for (Path folder : folders(workspace)) {
      looking.look(folder, workspace, isTrusted);
    }
    return new Found(looking.files, looking.notes);
  }

  /* From the root of the checkout, else only the workspace. */
  private static List<Path> folders(Path workspace) {
    List<Path> folders = new ArrayList<>();
    int depth = 0;
    for (Path folder = workspace; folder != null && depth < DEEPEST; folder = folder.getParent()) {
      if (!hasOwnerOf(workspace, folder)) {
        return List.of(workspace);
      }
      folders.addFirst(folder);
      Path repository = folder.resolve(".git");
      if (Files.exists(repository, LinkOption.NOFOLLOW_LINKS)) {
        return hasOwnerOf(workspace, repository) ? folders : List.of(workspace);
      }
      depth++;
    }
    return List.of(workspace);
  }

  /* As git does it: somebody else's folder around the workspace is not part of its checkout. */
  private static boolean hasOwnerOf(Path workspace, Path place) {
    try {
      return Files.getOwner(place, LinkOption.NOFOLLOW_LINKS)
          .equals(Files.getOwner(workspace, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private void look(Path folder, Path workspace, Predicate<Path> isTrusted)
      throws InterruptedException {
    for (String name : NAMES) {
      Path file = folder.resolve(name);
      Optional<Content> content = read(file);
      if (content.isEmpty()) {
        continue;
      }
      String shown = workspace.relativize(file).toString();
      if (!folder.equals(workspace) && !isTrusted.test(folder)) {
        notes.add(
            "%s was not loaded: %s is not trusted as it is now: redoubt trust add %s"
                .formatted(shown, folder, folder));
        return;
      }
      Action.LoadConfig load =
          new Action.LoadConfig(Action.ConfigKind.INSTRUCTIONS, file, content.get().sha256());
      switch (gate.judge(load)) {
        case Verdict.Permitted(Permit permit) -> {
          permit.spend();
          take(shown, content.get());
        }
        case Verdict.Refused(var _, var decision) ->
            notes.add(
                "%s was not loaded: %s  (%s)".formatted(shown, decision.reason(), decision.rule()));
      }
      return;
    }
  }

  private void take(String name, Content content) {
    int length = Math.min(Math.min(content.size(), LARGEST), room);
    String text = new String(content.bytes(), 0, length, UTF_8);
    if (length < content.size()) {
      notes.add("%s was cut after %d KB".formatted(name, length >> 10));
      text += "\n[cut]";
    }
    room -= length;
    if (!text.isBlank()) {
      files.add(new InstructionFile(name, text));
    }
  }

  /* A link is not followed: it could lead to what nobody meant to show. */
  private Optional<Content> read(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(Content.of(in.readNBytes(LARGEST + 1)));
    } catch (IOException e) {
      notes.add("%s cannot be read".formatted(file.getFileName()));
      return Optional.empty();
    }
  }
}
