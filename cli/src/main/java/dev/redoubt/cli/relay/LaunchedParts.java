// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.cli.Call;
import dev.redoubt.document.Node;
import dev.redoubt.scan.commands.CommandLine;
import dev.redoubt.scan.commands.PackageLaunch;
import dev.redoubt.scan.commands.ShellScript;
import dev.redoubt.scan.commands.Word;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the command of a server runs, as far as files on this machine tell. Starts none of it.
final class LaunchedParts {

  /* Their own files come from the system, and change with it. */
  private static final Set<String> INTERPRETERS =
      Set.of(
          "node", "nodejs", "deno", "bun", "tsx", "ts-node", "python", "python3", "ruby", "perl",
          "php", "java", "sh", "bash", "dash", "zsh", "dotnet", "npx", "npm", "pnpm", "pnpx",
          "yarn", "bunx", "uv", "uvx", "pipx", "docker", "podman", "nerdctl", "finch", "go", "dnx",
          "env");

  private static final Set<String> PRELOADS =
      Set.of("-r", "--require", "--import", "--loader", "--experimental-loader");

  private final Call call;
  private final Path folder;
  private final List<LaunchedPart> parts = new ArrayList<>();

  private LaunchedParts(Call call, Path folder) {
    this.call = call;
    this.folder = folder;
  }

  /// Returns the parts of `argv`.
  ///
  /// @param folder where it is started
  static List<LaunchedPart> of(Call call, List<String> argv, Path folder) {
    LaunchedParts found = new LaunchedParts(call, folder);
    List<Word> words = argv.stream().map(word -> new Word(word, 1)).toList();
    for (ShellScript.Step step : CommandLine.of(words).commands()) {
      found.add(step.words());
    }
    Map<String, LaunchedPart> named = new LinkedHashMap<>();
    found.parts.forEach(part -> named.putIfAbsent(part.name(), part));
    return List.copyOf(named.values());
  }

  private void add(List<Word> words) {
    InstalledPackages installed =
        new InstalledPackages(folder, call.world().home(), call.world().environment());
    Optional<PackageLaunch> launch = PackageLaunch.of(words);
    for (PackageLaunch.Named named : launch.map(PackageLaunch::packages).orElse(List.of())) {
      List<LaunchedPart> places = installed.of(launch.get(), named);
      parts.addAll(places);
      if (places.isEmpty()) {
        parts.add(
            new LaunchedPart(named.purl().toString(), Optional.of(named.purl()), Optional.empty()));
      }
    }
    boolean fetches =
        launch.stream()
            .flatMap(each -> each.packages().stream())
            .anyMatch(named -> named.pin() != PackageLaunch.Pin.INSTALLED);
    if (!fetches) {
      files(words);
    }
  }

  private void files(List<Word> words) {
    String program = words.getFirst().program();
    boolean interpreter = INTERPRETERS.contains(program) || program.matches("python[0-9.]+");
    if (!interpreter) {
      program(words.getFirst().text()).ifPresent(this::file);
      return;
    }
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i).text();
      if (word.equals("-m") && program.startsWith("python") && i + 1 < words.size()) {
        module(words.getFirst().text(), words.get(i + 1).text());
        return;
      }
      Optional<Path> script = path(word).filter(Files::isRegularFile);
      if (!word.startsWith("-") && script.isPresent()) {
        file(script.get());
        if (!PRELOADS.contains(words.get(i - 1).text())) {
          return;
        }
      }
    }
  }

  private void module(String python, String name) {
    String path = name.replace('.', '/');
    List<Path> roots = new ArrayList<>(List.of(folder));
    program(python)
        .flatMap(file -> Optional.ofNullable(file.getParent()).map(Path::getParent))
        .ifPresent(root -> roots.addAll(InstalledPackages.sitePackages(root)));
    String environment = call.world().variable("VIRTUAL_ENV", "");
    if (!environment.isEmpty()) {
      path(environment).ifPresent(root -> roots.addAll(InstalledPackages.sitePackages(root)));
    }
    for (Path root : roots) {
      Path module = root.resolve(path);
      if (Files.isDirectory(module)) {
        put(module.toString(), "files", FolderDigests.of(module));
        return;
      }
      if (Files.isRegularFile(root.resolve(path + ".py"))) {
        file(root.resolve(path + ".py"));
        return;
      }
    }
  }

  private Optional<Path> program(String word) {
    if (word.contains("/")) {
      return path(word).filter(Files::isRegularFile);
    }
    for (String place : call.world().variable("PATH", "").split(":", -1)) {
      Optional<Path> file =
          path(place).map(above -> above.resolve(word)).filter(Files::isRegularFile);
      if (!place.isEmpty() && file.isPresent()) {
        return file;
      }
    }
    return Optional.empty();
  }

  private Optional<Path> path(String word) {
    try {
      return Optional.of(folder.resolve(word).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private void file(Path file) {
    put(file.toString(), "sha256", new Node.Text(FolderDigests.ofFile(file), 1));
  }

  private void put(String name, String key, Node value) {
    parts.add(
        new LaunchedPart(name, Optional.empty(), Optional.of(new Node.Obj(Map.of(key, value), 1))));
  }
}
