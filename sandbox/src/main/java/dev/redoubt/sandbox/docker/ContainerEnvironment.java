// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import dev.redoubt.sandbox.wall.EnvironmentRules;
import dev.redoubt.sandbox.wall.WallException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Brings variables into a container without showing them to other users of this machine and
/// without letting them reach the client that carries them.
///
/// On the way each has a harmless name: what is called `LD_PRELOAD` inside never has that name
/// outside. A line for bash gives them their own names, immediately before the command takes its
/// place.
///
/// @param carried what the client carries, by the names of the way
/// @param given the part of the line for bash that gives them their names
record ContainerEnvironment(Map<String, String> carried, String given) {

  private static final String COMMAND = "exec -- \"$@\"";

  /* An older engine learns the size of a terminal some time after the command was started. */
  private static final String KNOW_THE_SIZE =
      "shopt -s checkwinsize; LINES=; for ((REDOUBT_VALUE_N = 0; REDOUBT_VALUE_N < 500;"
          + " REDOUBT_VALUE_N++)); do (:); [ -n \"$LINES\" ] && break; done; unset REDOUBT_VALUE_N;"
          + " ";

  private static final String WAY = "REDOUBT_VALUE_";

  /* What says where something lies on this machine says nothing in a container. */
  private static final Set<String> PLACES = Set.of("PATH", "HOME", "SHELL", "ANDROID_HOME");

  private static final Set<String> OF_BASH =
      Set.of("BASHOPTS", "BASH_VERSINFO", "EUID", "PPID", "SHELLOPTS", "UID");

  ContainerEnvironment {
    carried = Map.copyOf(carried);
  }

  /// Returns what of an operator's `environment` means something in a container. The home there is
  /// its private temporary folder.
  static Map<String, String> meaningful(Map<String, String> environment) {
    Map<String, String> kept = new TreeMap<>(environment);
    kept.keySet().removeAll(PLACES);
    kept.keySet().removeAll(EnvironmentRules.TOOL_FOLDERS);
    kept.put("HOME", "/tmp");
    return kept;
  }

  /// Returns how `environment` is brought in.
  ///
  /// @throws WallException if bash cannot set one of the names
  static ContainerEnvironment of(Map<String, String> environment) throws WallException {
    Map<String, String> carried = new TreeMap<>();
    List<String> given = new ArrayList<>();
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      if (!isName(name) || OF_BASH.contains(name) || name.startsWith(WAY)) {
        throw WallException.refused(
            "a variable called \"%s\" cannot be brought into a container".formatted(name), "");
      }
      String way = WAY + carried.size();
      carried.put(way, variable.getValue());
      given.add("export %s=\"$%s\"; unset %s; ".formatted(name, way, way));
    }
    return new ContainerEnvironment(carried, String.join("", given));
  }

  /// Returns the line for bash, which runs what comes after it.
  String script() {
    return given + COMMAND;
  }

  /// Returns the line for a bash that has a terminal: nothing runs before its size is known, or a
  /// second or two have passed.
  String scriptOnTerminal() {
    return given + KNOW_THE_SIZE + COMMAND;
  }

  /// Returns whether `name` is one that every shell can set.
  static boolean isName(String name) {
    if (name.isEmpty() || (name.charAt(0) >= '0' && name.charAt(0) <= '9')) {
      return false;
    }
    return name.chars()
        .allMatch(c ->
            c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
  }
}
