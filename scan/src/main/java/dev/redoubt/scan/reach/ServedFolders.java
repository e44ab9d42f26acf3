// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reach;

import dev.redoubt.model.Component;
import dev.redoubt.model.Endpoint;
import dev.redoubt.model.Location;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Finds the packages a server runs: the one its launcher names, or those that the lock file of its
/// project folder installs when the server is started from source.
final class ServedFolders {

  /* The interpreters and task runners that start a server from the folder it lives in, and the purl type
  of the packages they load there. */
  private static final Map<String, String> STARTERS =
      Map.ofEntries(
          Map.entry("node", "npm"),
          Map.entry("bun", "npm"),
          Map.entry("deno", "npm"),
          Map.entry("tsx", "npm"),
          Map.entry("ts-node", "npm"),
          Map.entry("npm", "npm"),
          Map.entry("pnpm", "npm"),
          Map.entry("yarn", "npm"),
          Map.entry("python", "pypi"),
          Map.entry("python3", "pypi"),
          Map.entry("uv", "pypi"),
          Map.entry("poetry", "pypi"),
          Map.entry("pdm", "pypi"),
          Map.entry("pipenv", "pypi"),
          Map.entry("go", "golang"),
          Map.entry("cargo", "cargo"),
          Map.entry("mvn", "maven"),
          Map.entry("gradle", "maven"),
          Map.entry("dotnet", "nuget"),
          Map.entry("ruby", "gem"),
          Map.entry("bundle", "gem"),
          Map.entry("php", "composer"),
          Map.entry("composer", "composer"),
          Map.entry("mix", "hex"),
          Map.entry("elixir", "hex"),
          Map.entry("dart", "pub"));

  private final Map<String, List<Component>> byPackage = new HashMap<>();
  private final Map<String, List<Component>> byFolderAndType = new HashMap<>();

  ServedFolders(List<Component> components) {
    for (Component component : components) {
      byPackage.computeIfAbsent(key(component.purl()), _ -> new ArrayList<>()).add(component);
      if (component.scope() != Scope.DEV) {
        for (Location location : component.locations()) {
          byFolderAndType
              .computeIfAbsent(
                  component.purl().type() + " " + folder(location.path()), _ -> new ArrayList<>())
              .add(component);
        }
      }
    }
  }

  /// Returns the packages that `server` runs, as far as the inventory says.
  Set<Component> runBy(McpServer server) {
    Set<Component> run = new LinkedHashSet<>();
    Purl launched = server.launched();
    if (launched != null) {
      for (Component component : byPackage.getOrDefault(key(launched), List.of())) {
        String version = launched.version();
        if (version == null || Objects.equals(version, component.purl().version())) {
          run.add(component);
        }
      }
    } else if (server.endpoint() instanceof Endpoint.Local local
        && !server.location().path().startsWith("~/")) {
      run.addAll(startedFromSource(server, local));
    }
    return run;
  }

  private List<Component> startedFromSource(McpServer server, Endpoint.Local local) {
    String type = STARTERS.get(program(local.command()));
    if (type == null) {
      return List.of();
    }
    String project = projectFolder(server.location().path());
    String directory = local.workingDirectory();
    String base = directory == null ? project : join(project, directory);
    for (String argument : local.args()) {
      if (!argument.startsWith("-") && (argument.contains("/") || argument.contains("."))) {
        List<Component> found = nearest(type, join(base, argument));
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return nearest(type, base);
  }

  /* The lock file that governs a folder lies in it or above it. */
  private List<Component> nearest(String type, String path) {
    String folder = path;
    while (true) {
      List<Component> found = byFolderAndType.get(type + " " + folder);
      if (found != null) {
        return found;
      }
      if (folder.isEmpty()) {
        return List.of();
      }
      folder = folder(folder);
    }
  }

  private static String program(String command) {
    String name =
        command.substring(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1);
    return name.toLowerCase(Locale.ROOT).replaceFirst("\\.(exe|cmd|bat)$", "");
  }

  /* Clients keep a project's configuration in a dot folder of the project, or at its top. */
  private static String projectFolder(String configuration) {
    String folder = folder(configuration);
    String name = folder.substring(folder.lastIndexOf('/') + 1);
    return name.startsWith(".") ? folder(folder) : folder;
  }

  private static String join(String base, String relative) {
    String cleaned = relative.replace('\\', '/').replace("${workspaceFolder}/", "");
    if (cleaned.startsWith("/") || cleaned.contains(":")) {
      return base;
    }
    List<String> segments =
        new ArrayList<>(base.isEmpty() ? List.of() : List.of(base.split("/", -1)));
    for (String segment : cleaned.split("/", -1)) {
      if (segment.equals("..")) {
        if (!segments.isEmpty()) {
          segments.removeLast();
        }
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.add(segment);
      }
    }
    return String.join("/", segments);
  }

  private static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static String key(Purl purl) {
    return purl.type() + " " + purl.namespace() + " " + purl.name();
  }
}
