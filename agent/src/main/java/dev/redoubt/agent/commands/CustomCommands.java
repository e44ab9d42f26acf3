// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.commands;

import dev.redoubt.agent.extensions.ExtensionFiles;
import dev.redoubt.agent.extensions.Page;
import dev.redoubt.agent.extensions.Root;
import dev.redoubt.guard.Action.ConfigKind;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Gate;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The custom commands of a workspace.
///
/// Each is a Markdown file; one in a folder has the folder's name before its own, `docs/api.md` is
/// `docs:api`. Of two with one name the first stands, so a checkout never replaces what the person
/// has. At most 200, of 64 KB each, 3 folders deep.
///
/// @param all in the order of their roots, sorted within one
/// @param notes what was left out and why, for a person
public record CustomCommands(List<CustomCommand> all, List<String> notes) {

  private static final int MOST = 200;
  private static final int LARGEST = 64 << 10;
  private static final int DEEPEST = 3;
  private static final String ENDING = ".md";

  public CustomCommands {
    all = List.copyOf(all);
    notes = List.copyOf(notes);
  }

  /// Returns what lies in `roots`, the first going before the later ones.
  ///
  /// @param gate is asked about every command of a checkout
  /// @throws InterruptedException if nobody can be asked any more
  public static CustomCommands find(List<Root> roots, Gate gate) throws InterruptedException {
    ExtensionFiles files = new ExtensionFiles(gate);
    Map<String, CustomCommand> found = new LinkedHashMap<>();
    for (Root root : roots) {
      look(files, root, new Place(root.folder(), "", 0), found);
    }
    return new CustomCommands(List.copyOf(found.values()), files.notes());
  }

  /// Returns the command `name`, without its slash.
  public Optional<CustomCommand> named(String name) {
    return all.stream().filter(command -> command.name().equals(name)).findFirst();
  }

  /// A folder of commands.
  private record Place(Path folder, String before, int depth) {}

  private static void look(
      ExtensionFiles files, Root root, Place place, Map<String, CustomCommand> found)
      throws InterruptedException {
    for (Path child : files.children(root, place.folder())) {
      String name = String.valueOf(child.getFileName());
      if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        if (place.depth() < DEEPEST) {
          look(
              files, root, new Place(child, place.before() + name + ":", place.depth() + 1), found);
        }
      } else if (name.endsWith(ENDING)) {
        String whole = place.before() + name.substring(0, name.length() - ENDING.length());
        take(files, root, child, whole, found);
      }
    }
  }

  private static void take(
      ExtensionFiles files, Root root, Path file, String name, Map<String, CustomCommand> found)
      throws InterruptedException {
    if (!CustomCommand.isName(name)) {
      files.note("%s is left out: \"/%s\" is no name of a command".formatted(file, name));
      return;
    }
    CustomCommand first = found.get(name);
    if (first != null) {
      files.note(
          "the command /%s of %s is left out: there is one in %s"
              .formatted(name, root.shown(), first.place()));
      return;
    }
    if (found.size() == MOST) {
      files.note("%s is left out: there are %d commands".formatted(file, MOST));
      return;
    }
    Optional<Content> content = files.read(file, LARGEST);
    if (content.isEmpty() || !files.permits(root, ConfigKind.SKILL, file, content.get())) {
      return;
    }
    Optional<String> text = ExtensionFiles.text(content.get());
    if (text.isEmpty()) {
      files.note("%s is no text and left out".formatted(file));
      return;
    }
    Page page = Page.of(text.get());
    page.warnings().forEach(warning -> files.note("/%s: %s".formatted(name, warning)));
    if (page.body().isEmpty()) {
      files.note("%s is left out: it says nothing".formatted(file));
      return;
    }
    found.put(
        name,
        new CustomCommand(
            name,
            page.field("description").or(page::firstLine).orElse(""),
            page.field("argument-hint").orElse(""),
            root.shown(),
            page.body()));
  }
}
