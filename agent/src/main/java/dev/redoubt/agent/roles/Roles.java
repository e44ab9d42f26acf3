// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.roles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Finds the roles there are, each in a file of its own.
///
/// The person's own folders come first, then `.claude/agents` and `.redoubt/agents` of the
/// workspace, of which a later one of the same name takes the place of an earlier. Those of plugins
/// have names of their own. A file of the checkout counts only when the guard permits exactly its
/// content. At most 100 files of a folder and 64 KB of each; links are not followed.
public final class Roles {

  private static final int LARGEST = 64 << 10;
  private static final int MOST = 100;
  private static final String ENDING = ".md";

  private final Gate gate;
  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  private Roles(Gate gate) {
    this.gate = requireNonNull(gate, "gate");
  }

  /// What was found.
  ///
  /// @param notes about what was left out, for a person
  public record Found(List<Role> roles, List<String> notes) {
    public Found {
      roles = List.copyOf(roles);
      notes = List.copyOf(notes);
    }

    /// Returns the role of that name.
    public Optional<Role> named(String name) {
      return roles.stream().filter(role -> role.name().equals(name)).findFirst();
    }
  }

  /// The files of a plugin, whose content the person approved.
  ///
  /// @param plugin its name, without `:`
  /// @param files by their names in the plugin
  public record Bundle(String plugin, SortedMap<String, Content> files) {
    public Bundle {
      requireNonNull(plugin, "plugin");
      files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
  }

  /// Looks for them.
  ///
  /// @param own the person's folders, whether or not they exist
  /// @param bundles of plugins that count
  /// @param workspace a real path
  /// @param gate is asked about every file of the checkout
  public static Found find(List<Path> own, List<Bundle> bundles, Path workspace, Gate gate)
      throws InterruptedException {
    Roles looking = new Roles(gate);
    for (Path folder : own) {
      for (Path file : looking.files(folder)) {
        Optional<Content> content = looking.read(file);
        if (content.isPresent()) {
          looking.take(file, content.get(), new Role.Source(file.toString(), Role.Owner.USER));
        }
      }
    }
    bundles.forEach(looking::take);
    for (String name : List.of(".claude/agents", ".redoubt/agents")) {
      for (Path file : looking.files(workspace.resolve(name))) {
        looking.judge(file, workspace.relativize(file).toString());
      }
    }
    return new Found(List.copyOf(looking.roles.values()), looking.notes);
  }

  private List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return files;
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path file : stream) {
        if (files.size() == MOST) {
          notes.add("%s has more than %d files".formatted(folder, MOST));
          break;
        }
        files.add(file);
      }
    } catch (IOException e) {
      notes.add("%s cannot be listed".formatted(folder));
    }
    files.sort(null);
    return files;
  }

  private void judge(Path file, String shown) throws InterruptedException {
    Optional<Content> content = read(file);
    if (content.isEmpty()) {
      return;
    }
    Action.LoadConfig load =
        new Action.LoadConfig(Action.ConfigKind.SKILL, file, content.get().sha256());
    switch (gate.judge(load)) {
      case Verdict.Permitted(Permit permit) -> {
        permit.spend();
        take(file, content.get(), new Role.Source(shown, Role.Owner.CHECKOUT));
      }
      case Verdict.Refused(var _, var decision) ->
          notes.add(
              "%s was not loaded: %s  (%s)".formatted(shown, decision.reason(), decision.rule()));
    }
  }

  private void take(Bundle bundle) {
    bundle
        .files()
        .forEach((name, content) -> {
          String shown = "plugin %s: %s".formatted(bundle.plugin(), name);
          read(Path.of(name), content, new Role.Source(shown, Role.Owner.PLUGIN))
              .ifPresent(role -> put(named(bundle.plugin() + ":" + role.name(), role)));
        });
  }

  private static Role named(String name, Role role) {
    return new Role(
        name, role.description(), role.tools(), role.model(), role.text(), role.source());
  }

  private void take(Path file, Content content, Role.Source source) {
    read(file, content, source).ifPresent(this::put);
  }

  private void put(Role role) {
    roles.remove(role.name());
    roles.put(role.name(), role);
  }

  private Optional<Role> read(Path file, Content content, Role.Source source) {
    if (content.size() > LARGEST) {
      notes.add("%s is over %d KB".formatted(source.file(), LARGEST >> 10));
      return Optional.empty();
    }
    String name = String.valueOf(file.getFileName());
    String fallback = name.substring(0, name.length() - ENDING.length());
    Optional<Role> role = RoleFile.read(new String(content.bytes(), UTF_8), fallback, source);
    if (role.isEmpty()) {
      notes.add(
          "%s describes no agent: it needs front matter with a description"
              .formatted(source.file()));
    }
    return role;
  }

  private Optional<Content> read(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(Content.of(in.readNBytes(LARGEST + 1)));
    } catch (IOException e) {
      notes.add("%s cannot be read".formatted(file));
      return Optional.empty();
    }
  }
}
