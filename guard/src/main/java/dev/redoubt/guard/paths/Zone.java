// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import java.util.List;

/// Where a path that is not sensitive lies.
enum Zone {
  /// In the workspace.
  WORKSPACE,
  /// The workspace itself.
  WORKSPACE_ROOT,
  /// A folder the workspace lies in.
  ABOVE_WORKSPACE,
  /// `/dev/null` and the standard streams.
  STREAM,
  /// A folder for temporary files.
  TEMPORARY,
  /// A part of the system that everybody may read.
  SYSTEM,
  /// Anywhere else.
  OUTSIDE;

  /// Returns where `names` lie, for a workspace that can be reached as any of `roots`.
  static Zone of(List<String> names, List<List<String>> roots) {
    boolean above = false;
    for (List<String> root : roots) {
      if (!isTooWide(root) && Names.within(root, names)) {
        return names.size() == root.size() ? WORKSPACE_ROOT : WORKSPACE;
      }
      above |= Names.within(names, root);
    }
    if (above) {
      return ABOVE_WORKSPACE;
    }
    if (isStream(names)) {
      return STREAM;
    }
    if (isTemporary(names)) {
      return TEMPORARY;
    }
    return isSystem(names) ? SYSTEM : OUTSIDE;
  }

  /* A folder that holds the system or everybody's homes is no boundary at all. */
  private static boolean isTooWide(List<String> root) {
    if (root.isEmpty()) {
      return true;
    }
    return root.size() == 1
        && switch (root.getFirst()) {
          case "home", "Users", "etc", "usr", "bin", "sbin", "lib", "lib64", "var", "boot" -> true;
          case "dev", "proc", "sys", "run", "private", "System", "Library", "nix" -> true;
          default -> false;
        };
  }

  private static boolean isStream(List<String> names) {
    if (names.size() < 2 || !names.getFirst().equals("dev")) {
      return false;
    }
    return switch (names.get(1)) {
      case "null", "stdin", "stdout", "stderr", "full" -> names.size() == 2;
      case "fd" -> names.size() == 3 && List.of("0", "1", "2").contains(names.get(2));
      default -> false;
    };
  }

  private static boolean isTemporary(List<String> names) {
    if (names.isEmpty()) {
      return false;
    }
    return switch (names.getFirst()) {
      case "tmp" -> true;
      case "dev" -> names.size() > 1 && names.get(1).equals("shm");
      case "var" ->
          names.size() > 1 && (names.get(1).equals("tmp") || names.get(1).equals("folders"));
      case "private" ->
          names.size() > 1
              && (names.get(1).equals("tmp")
                  || (names.size() > 2
                      && names.get(1).equals("var")
                      && (names.get(2).equals("tmp") || names.get(2).equals("folders"))));
      default -> false;
    };
  }

  private static boolean isSystem(List<String> names) {
    if (names.isEmpty()) {
      return false;
    }
    return switch (names.getFirst()) {
      case "usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32", "opt" -> true;
      case "nix" -> names.size() > 1 && names.get(1).equals("store");
      case "System" -> names.size() > 1 && names.get(1).equals("Library");
      case "etc" -> isPublicSetting(names);
      case "proc" -> isPublicCounter(names);
      case "sys" -> Names.within(List.of("sys", "devices", "system", "cpu"), names);
      case "run" -> Names.within(List.of("run", "systemd", "resolve"), names);
      case "dev" ->
          names.size() == 2 && (names.get(1).equals("urandom") || names.get(1).equals("random"));
      default -> false;
    };
  }

  private static boolean isPublicSetting(List<String> names) {
    if (names.size() < 2) {
      return false;
    }
    return switch (names.get(1)) {
      case "os-release", "lsb-release", "hosts", "hostname", "resolv.conf", "nsswitch.conf" -> true;
      case "services", "protocols", "shells", "timezone", "localtime", "debian_version" -> true;
      case "alpine-release", "redhat-release", "fedora-release", "issue", "motd" -> true;
      case "mime.types", "locale.gen", "locale.conf", "manpath.config", "terminfo" -> true;
      case "alternatives", "ca-certificates", "ld.so.conf", "ld.so.conf.d", "fonts" -> true;
      case "ssl" -> names.size() > 2 && names.get(2).equals("certs");
      case "pki" -> names.size() > 2 && names.get(2).equals("ca-trust");
      default -> false;
    };
  }

  private static boolean isPublicCounter(List<String> names) {
    if (names.size() == 2) {
      return switch (names.get(1)) {
        case "cpuinfo", "meminfo", "version", "loadavg", "uptime", "stat", "filesystems" -> true;
        default -> false;
      };
    }
    return names.equals(List.of("proc", "self", "status"))
        || names.equals(List.of("proc", "self", "cgroup"));
  }
}
