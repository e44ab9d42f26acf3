// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.skills;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.extensions.ExtensionFiles;
import dev.redoubt.agent.extensions.Page;
import dev.redoubt.agent.extensions.Root;
import dev.redoubt.guard.Action.ConfigKind;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The skills of a session.
///
/// A skill is a folder with a `SKILL.md`. Of two with one name the first stands, so what the person
/// has is never replaced by what a checkout brings. Everything is read when the session begins and
/// kept: what a model is given later is what was permitted. At most 200 skills; 64 KB of a
/// `SKILL.md` and of each file beside it, of which at most 100 are named and 512 KB are kept.
///
/// @param all in the order of their roots, sorted within one
/// @param notes what was left out and why, for a person
public record Skills(List<Skill> all, List<String> notes) {

  private static final int MOST = 200;
  private static final int LARGEST = 64 << 10;
  private static final int MOST_FILES = 100;
  private static final int MOST_KEPT = 512 << 10;
  private static final int DEEPEST = 4;
  private static final int LONGEST_DESCRIPTION = 1024;
  private static final String FILE = "SKILL.md";

  public Skills {
    all = List.copyOf(all);
    notes = List.copyOf(notes);
  }

  /// Returns what lies in `roots`, the first going before the later ones.
  ///
  /// @param gate is asked about every skill of a checkout
  /// @throws InterruptedException if nobody can be asked any more
  public static Skills find(List<Root> roots, Gate gate) throws InterruptedException {
    ExtensionFiles files = new ExtensionFiles(gate);
    Map<String, Skill> found = new LinkedHashMap<>();
    for (Root root : roots) {
      for (Path folder : files.children(root, root.folder())) {
        Optional<Skill> skill = skill(files, root, folder);
        if (skill.isEmpty()) {
          continue;
        }
        if (found.size() == MOST) {
          files.note("there are more than %d skills; the rest is left out".formatted(MOST));
          return new Skills(List.copyOf(found.values()), files.notes());
        }
        Skill first = found.putIfAbsent(skill.get().name(), skill.get());
        if (first != null && !first.body().equals(skill.get().body())) {
          files.note(
              "the skill %s of %s is left out: there is one in %s"
                  .formatted(first.name(), root.shown(), first.place()));
        }
      }
    }
    return new Skills(List.copyOf(found.values()), files.notes());
  }

  /// Returns the skill `name`.
  public Optional<Skill> named(String name) {
    return all.stream().filter(skill -> skill.name().equals(name)).findFirst();
  }

  private static Optional<Skill> skill(ExtensionFiles files, Root root, Path folder)
      throws InterruptedException {
    Optional<Path> real = folder(files, root, folder);
    if (real.isEmpty()) {
      return Optional.empty();
    }
    Path file = real.get().resolve(FILE);
    Optional<Content> content = files.read(file, LARGEST);
    if (content.isEmpty() || !files.permits(root, ConfigKind.SKILL, file, content.get())) {
      return Optional.empty();
    }
    Optional<String> text = ExtensionFiles.text(content.get());
    if (text.isEmpty()) {
      files.note("%s is no text and left out".formatted(file));
      return Optional.empty();
    }
    List<String> warnings = new ArrayList<>();
    Page page = Page.of(text.get());
    warnings.addAll(page.warnings());
    Optional<String> name = name(page, String.valueOf(folder.getFileName()), warnings);
    if (name.isEmpty()) {
      files.note("%s is left out: neither it nor its folder has a name of a skill".formatted(file));
      return Optional.empty();
    }
    String description = description(page, warnings);
    List<Skill.Bundled> beside = new Beside(files, root, real.get()).all();
    return Optional.of(
        new Skill(name.get(), description, root.shown(), page.body(), beside, warnings));
  }

  /* People link their skills from one tool's folder to another's; a checkout leads nowhere. */
  private static Optional<Path> folder(ExtensionFiles files, Root root, Path folder) {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(folder);
    }
    if (!Files.isSymbolicLink(folder)) {
      return Optional.empty();
    }
    try {
      if (root.owner() == Root.Owner.PERSON && Files.isDirectory(folder)) {
        return Optional.of(folder.toRealPath());
      }
    } catch (IOException e) {
      // Said below.
    }
    files.note("%s is a link, which is not followed".formatted(folder));
    return Optional.empty();
  }

  private static Optional<String> name(Page page, String folder, List<String> warnings) {
    Optional<String> name = page.field("name");
    if (name.isEmpty()) {
      warnings.add("it has no name; its folder's is taken");
    } else if (!Skill.isName(name.get())) {
      warnings.add("its name is none (1 to 64 of a-z, 0-9 and -); its folder's is taken");
    } else {
      if (!name.get().equals(folder)) {
        warnings.add("its name is not that of its folder, \"%s\"".formatted(folder));
      }
      return name;
    }
    return Optional.of(folder).filter(Skill::isName);
  }

  private static String description(Page page, List<String> warnings) {
    Optional<String> description = page.field("description");
    if (description.isEmpty()) {
      warnings.add("it has no description; its first line is taken");
    }
    String text = description.or(page::firstLine).orElse("(it says nothing)");
    if (text.length() > LONGEST_DESCRIPTION) {
      warnings.add("its description is over %d characters".formatted(LONGEST_DESCRIPTION));
      return text.substring(0, LONGEST_DESCRIPTION - 1) + "…";
    }
    return text;
  }

  /// What lies beside a `SKILL.md`.
  private static final class Beside {

    private final ExtensionFiles files;
    private final Root root;
    private final Path folder;
    private final List<Skill.Bundled> all = new ArrayList<>();
    private int kept;

    Beside(ExtensionFiles files, Root root, Path folder) {
      this.files = requireNonNull(files, "files");
      this.root = requireNonNull(root, "root");
      this.folder = requireNonNull(folder, "folder");
    }

    List<Skill.Bundled> all() {
      look(folder, 0);
      return all;
    }

    private void look(Path at, int depth) {
      for (Path child : files.children(root, at)) {
        if (all.size() == MOST_FILES) {
          return;
        }
        if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
          if (depth < DEEPEST) {
            look(child, depth + 1);
          }
        } else if (!child.equals(folder.resolve(FILE))) {
          take(child);
        }
      }
    }

    private void take(Path file) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        files.note("%s is a link, which is not followed".formatted(file));
        return;
      }
      Optional<String> text = Optional.empty();
      if (size(file) <= Math.min(LARGEST, MOST_KEPT - kept)) {
        Optional<Content> content = files.read(file, LARGEST);
        kept += content.map(Content::size).orElse(0);
        text = content.flatMap(ExtensionFiles::text);
      }
      String name = folder.relativize(file).toString().replace('\\', '/');
      all.add(new Skill.Bundled(name, text));
    }

    private static long size(Path file) {
      try {
        return Files.size(file);
      } catch (IOException e) {
        return Long.MAX_VALUE;
      }
    }
  }
}
