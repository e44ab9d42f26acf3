// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import dev.redoubt.scan.api.MachinePaths;
import dev.redoubt.scan.api.MachinePaths.Place;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the agents of one user keep their configurations and instructions, on one system.
///
/// Reads no environment and no file by itself. A configuration folder that the environment moved
/// inside the home is shown where it is; one outside the home, and the folder of a single client,
/// is shown where it would be by default, so that every machine path of a report starts with `~/`.
public final class AgentPlaces {

  /// The systems whose conventions are known.
  public enum OperatingSystem {
    LINUX,
    MACOS,
    WINDOWS
  }

  /* Folders of one client that a variable moves. */
  private static final Map<String, String> MOVED_BY =
      Map.of(
          ".codex", "CODEX_HOME",
          ".claude", "CLAUDE_CONFIG_DIR",
          ".copilot", "COPILOT_HOME",
          ".continue", "CONTINUE_GLOBAL_DIR");

  private final Path home;
  private final Map<String, String> environment;
  private final OperatingSystem system;
  private final List<Place> places = new ArrayList<>();

  private AgentPlaces(Path home, Map<String, String> environment, OperatingSystem system) {
    this.home = home;
    this.environment = environment;
    this.system = system;
  }

  /// Returns the places below `home`, an absolute folder, as `environment` moves them.
  public static MachinePaths of(
      Path home, Map<String, String> environment, OperatingSystem system) {
    AgentPlaces reader = new AgentPlaces(home, environment, system);
    McpClients.machinePaths().forEach(reader::add);
    InstructionKinds.machinePaths().forEach(reader::add);
    return new MachinePaths(reader.places.stream().distinct().toList());
  }

  /// Returns the places that `written` names, as [McpClient#machine()] writes them.
  static MachinePaths of(
      Path home, Map<String, String> environment, OperatingSystem system, List<String> written) {
    AgentPlaces reader = new AgentPlaces(home, environment, system);
    written.forEach(reader::add);
    return new MachinePaths(reader.places.stream().distinct().toList());
  }

  private void add(String written) {
    if (written.startsWith("~/")) {
      inHome(written.substring(2));
      return;
    }
    int colon = written.indexOf(':');
    String rest = written.substring(colon + 1);
    switch (written.substring(0, colon)) {
      case "app" -> below(applicationFolder(), rest);
      case "xdg" -> below(configurationFolder(), rest);
      case "linux" -> onlyOn(OperatingSystem.LINUX, rest);
      case "mac" -> onlyOn(OperatingSystem.MACOS, rest);
      case "windows" -> onlyOn(OperatingSystem.WINDOWS, rest);
      default -> throw new IllegalStateException("unknown folder in " + written);
    }
  }

  private void onlyOn(OperatingSystem wanted, String rest) {
    if (system == wanted) {
      below(applicationFolder(), rest);
    }
  }

  private void inHome(String relative) {
    int slash = relative.indexOf('/');
    String first = slash < 0 ? relative : relative.substring(0, slash);
    String variable = MOVED_BY.get(first);
    Optional<Path> moved = variable == null || slash < 0 ? Optional.empty() : folder(variable);
    if (moved.isPresent()) {
      String inside = relative.substring(slash + 1);
      places.add(new Place(moved.get(), "~/" + first + "/", inside));
    } else {
      places.add(new Place(home, "~/", relative));
    }
  }

  private void below(Folder folder, String rest) {
    if (folder.path.startsWith(home)) {
      String inside = home.relativize(folder.path).toString().replace('\\', '/');
      places.add(new Place(home, "~/", inside.isEmpty() ? rest : inside + "/" + rest));
    } else {
      places.add(new Place(folder.path, folder.shownAs, rest));
    }
  }

  private Folder applicationFolder() {
    return switch (system) {
      case LINUX -> configurationFolder();
      case MACOS ->
          new Folder(home.resolve("Library/Application Support"), "~/Library/Application Support/");
      case WINDOWS ->
          new Folder(
              folder("APPDATA").orElse(home.resolve("AppData/Roaming")), "~/AppData/Roaming/");
    };
  }

  private Folder configurationFolder() {
    return new Folder(folder("XDG_CONFIG_HOME").orElse(home.resolve(".config")), "~/.config/");
  }

  /* A relative folder in such a variable is to be ignored, by the XDG specification. */
  private Optional<Path> folder(String variable) {
    @Nullable String value = environment.get(variable);
    if (value == null || value.isBlank()) {
      return Optional.empty();
    }
    try {
      Path path = home.getFileSystem().getPath(value).normalize();
      return path.isAbsolute() ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private record Folder(Path path, String shownAs) {}
}
