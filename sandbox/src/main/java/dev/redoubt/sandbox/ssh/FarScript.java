// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.wall.CommandLines;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.EnvironmentRules;
import dev.redoubt.sandbox.wall.WallException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the far side runs for one command. Sent as a file, so neither its words nor its variables
/// are seen by other users there or read by a login shell.
final class FarScript {

  /* What holds for the operator's machine and not for another one. */
  private static final Set<String> OF_THIS_MACHINE =
      Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "PWD", "COLUMNS", "LINES", "ANDROID_HOME");

  private static final String MARK = "REDOUBT_COMMAND";

  private final Enclosure enclosure;
  private final String remoteFolder;

  FarScript(Enclosure enclosure, String remoteFolder) {
    this.enclosure = enclosure;
    this.remoteFolder = remoteFolder;
  }

  /// @param id of the command, by which everything it starts is found
  /// @throws WallException if it lies outside of the work, or cannot be passed on as it is
  byte[] of(Action.Run run, String id) throws WallException {
    String folder = folder(run.folder());
    List<String> argv = CommandLines.argv(run);
    if (argv.getFirst().startsWith("-")) {
      throw WallException.refused(
          "\"%s\" would be taken for an option".formatted(argv.getFirst()), "");
    }
    List<String> words = new ArrayList<>();
    environment(run, folder, id).forEach((name, value) -> words.add(name + "=" + value));
    words.addAll(List.of("sh", "-c", "exec \"$@\"", "sh"));
    words.addAll(argv);
    try {
      return """
      ulimit -c 0 2>/dev/null
      ulimit -f %d 2>/dev/null
      cd %s || exit 126
      exec env -i "PATH=$PATH" "HOME=$HOME" "USER=$USER" "LOGNAME=$LOGNAME" SHELL=/bin/sh %s
      # end
      """
          .formatted(
              Math.max(1, enclosure.limits().fileBytes() / 512),
              ShellWords.quoted(folder),
              ShellWords.quoted(words))
          .getBytes(UTF_8);
    } catch (IllegalArgumentException e) {
      throw WallException.refused(String.valueOf(e.getMessage()), "");
    }
  }

  private String folder(Path folder) throws WallException {
    Path plain = folder.normalize();
    if (!plain.startsWith(enclosure.workspace())) {
      throw WallException.refused(
          "\"%s\" does not lie in the workspace, so the far machine does not have it"
              .formatted(folder),
          "run it in the workspace");
    }
    String below = enclosure.workspace().relativize(plain).toString();
    return below.isEmpty() ? remoteFolder : remoteFolder + "/" + below;
  }

  /* The proxy listens on this machine, where the far one cannot reach it. */
  private Map<String, String> environment(Action.Run run, String folder, String id)
      throws WallException {
    Map<String, String> environment = new TreeMap<>(enclosure.environment());
    environment.keySet().removeAll(OF_THIS_MACHINE);
    environment.keySet().removeAll(EnvironmentRules.TOOL_FOLDERS);
    environment.putAll(EnvironmentRules.git());
    environment.put("PWD", folder);
    environment.putAll(run.environment());
    environment.put(MARK, id);
    for (String name : environment.keySet()) {
      if (name.isEmpty() || name.indexOf('=') >= 0 || name.startsWith("-")) {
        throw WallException.refused("\"%s\" is no name of a variable".formatted(name), "");
      }
    }
    return environment;
  }
}
