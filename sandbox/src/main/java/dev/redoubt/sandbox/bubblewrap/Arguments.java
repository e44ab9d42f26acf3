// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.bubblewrap;

import dev.redoubt.sandbox.masks.Mask;
import dev.redoubt.sandbox.masks.Mask.Kind;
import dev.redoubt.sandbox.masks.Masks;
import dev.redoubt.sandbox.masks.Visible;
import dev.redoubt.sandbox.wall.Enclosure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What bwrap is told, one argument after the other. The order is the order of the mounts: a later
/// one lies over an earlier one.
final class Arguments {

  private final List<String> all = new ArrayList<>();

  List<String> all() {
    return all;
  }

  /// Returns them as `--args` reads them.
  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String argument : all) {
      bytes.writeBytes(argument.getBytes(StandardCharsets.UTF_8));
      bytes.write(0);
    }
    return bytes.toByteArray();
  }

  Arguments add(String... arguments) {
    all.addAll(List.of(arguments));
    return this;
  }

  /// Adds namespaces, and that nothing outlives whoever started it or holds any right.
  Arguments isolation() {
    return add("--unshare-all", "--unshare-user", "--hostname", "sandbox")
        .add("--die-with-parent", "--new-session", "--cap-drop", "ALL");
  }

  /// Adds the machine as it is seen, read-only.
  ///
  /// @param start whether descriptor 7 is the program that commands pass through
  Arguments machine(Enclosure enclosure, Visible visible, boolean start) {
    add("--ro-bind", "/", "/");
    for (Path folder : visible.emptied()) {
      if (isTemporary(folder)) {
        space(folder.toString(), enclosure.limits().temporaryBytes());
      } else {
        add("--perms", "0555", "--size", "1048576", "--tmpfs", folder.toString());
      }
    }
    add("--dev", "/dev");
    space("/dev/shm", enclosure.limits().temporaryBytes());
    if (start) {
      add("--perms", "0555", "--ro-bind-data", "7", SecondLayer.PLACE);
    }
    // The settings of the kernel belong to root by their owner, not by a right that was dropped.
    add("--remount-ro", "/dev", "--proc", "/proc", "--remount-ro", "/proc");
    for (Path tool : visible.tools()) {
      // One that went away since the session began is only not seen.
      add("--ro-bind-try", tool.toString(), tool.toString());
    }
    for (Path folder : visible.covered()) {
      add("--perms", "0555", "--size", "1048576", "--tmpfs", folder.toString());
    }
    if (!enclosure.workspace().startsWith(enclosure.home().resolve(".cache"))) {
      space(enclosure.home().resolve(".cache").toString(), enclosure.limits().temporaryBytes());
    }
    return this;
  }

  private Arguments space(String folder, long bytes) {
    return add("--perms", "1777", "--size", String.valueOf(bytes), "--tmpfs", folder);
  }

  private static boolean isTemporary(Path folder) {
    return folder.equals(Path.of("/tmp")) || folder.equals(Path.of("/var/tmp"));
  }

  /// Adds the workspace, and over it and the rest what is masked.
  Arguments masked(Enclosure enclosure, Masks masks) {
    Path workspace = enclosure.workspace();
    masks.elsewhere().stream().filter(Arguments::isOpenToThisUser).forEach(this::emptied);
    for (Enclosure.Mount mount : enclosure.mounts()) {
      add(
          mount.mode() == Enclosure.Mount.Mode.WRITABLE ? "--bind" : "--ro-bind",
          mount.source().toString(),
          mount.target().toString());
    }
    add("--bind", workspace.toString(), workspace.toString());
    Map<Path, Mask> places = new TreeMap<>();
    for (Mask mask : masks.workspace()) {
      if (mask.kind() != Kind.LINK) {
        places.merge(mask.path(), mask, Arguments::stricter);
      }
    }
    for (Mask folder : masks.onTheWay(workspace)) {
      places.merge(folder.path(), folder, Arguments::stricter);
    }
    places.values().forEach(this::mask);
    return this;
  }

  /* Each mount costs time, and what this user cannot touch no command of theirs can. */
  private static boolean isOpenToThisUser(Mask mask) {
    Path path = mask.path();
    return Files.isReadable(path) || Files.isWritable(path) || Files.isExecutable(path);
  }

  /* Outside the workspace it is enough that nothing is seen: what is written there is nowhere. */
  private void emptied(Mask mask) {
    if (mask.kind() == Kind.FOLDER) {
      add("--perms", "0000", "--size", "4096", "--tmpfs", mask.path().toString());
    } else {
      mask(mask);
    }
  }

  private static Mask stricter(Mask one, Mask other) {
    return one.closing().compareTo(other.closing()) >= 0 ? one : other;
  }

  private void mask(Mask mask) {
    String path = mask.path().toString();
    boolean folder = mask.kind() == Kind.FOLDER;
    switch (mask.closing()) {
      case OPEN -> {}
      case PINNED -> add(folder ? "--bind" : "--ro-bind", path, path);
      case READ_ONLY -> add("--ro-bind", path, path);
      case HIDDEN -> {
        if (folder) {
          add("--perms", "0000", "--tmpfs", path, "--remount-ro", path);
        } else {
          add("--ro-bind", "/dev/null", path);
        }
      }
    }
  }

  /// Adds that nothing appears in the folders that are seen empty but for what was mounted in them:
  /// the folders on the way there could be written.
  Arguments sealed(Visible visible) {
    for (Path folder : visible.emptied()) {
      if (!isTemporary(folder)
          && isHolding(folder)
          && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        add("--remount-ro", folder.toString());
      }
    }
    for (Path folder : visible.covered()) {
      add("--remount-ro", folder.toString());
    }
    return this;
  }

  private boolean isHolding(Path folder) {
    String below = folder + "/";
    return all.stream().anyMatch(argument -> argument.startsWith(below));
  }

  /// Adds every variable the command gets.
  Arguments environment(Map<String, String> environment) {
    new TreeMap<>(environment).forEach((name, value) -> add("--setenv", name, value));
    return this;
  }
}
