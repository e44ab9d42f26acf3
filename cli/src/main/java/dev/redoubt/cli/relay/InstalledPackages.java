// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.model.Purl;
import dev.redoubt.sandbox.processes.OperatorProgram;
import dev.redoubt.scan.commands.PackageLaunch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where launchers keep what they run. Looks at files, and asks the engine of a container what an
/// image is; starts nothing of what it looks at.
final class InstalledPackages {

  private static final Limits LIMITS = new Limits(8 << 20, 60, 200_000);

  private static final String MODULES = "node_modules";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path folder;
  private final Path home;
  private final Map<String, String> environment;

  /// @param folder where the launcher is started
  InstalledPackages(Path folder, Path home, Map<String, String> environment) {
    this.folder = requireNonNull(folder, "folder");
    this.home = requireNonNull(home, "home");
    this.environment = Map.copyOf(environment);
  }

  /// Returns every place on this machine from which `named` may be run, as parts.
  List<LaunchedPart> of(PackageLaunch launch, PackageLaunch.Named named) {
    return switch (named.purl().type()) {
      case "npm" -> npm(launch, named);
      case "pypi" -> pypi(named);
      case "docker", "oci" -> image(launch, named);
      default -> List.of();
    };
  }

  private List<LaunchedPart> npm(PackageLaunch launch, PackageLaunch.Named named) {
    String name = named.purl().packageText().replaceFirst("^pkg:npm/", "").replace("%40", "@");
    List<LaunchedPart> parts = new ArrayList<>();
    int modules = launch.operand().lastIndexOf(MODULES + "/");
    if (named.pin() == PackageLaunch.Pin.INSTALLED && modules >= 0) {
      Path place = folder.resolve(launch.operand().substring(0, modules + MODULES.length()));
      npm(named.purl(), place.normalize(), name).ifPresent(parts::add);
      return parts;
    }
    for (Path above = folder; above != null; above = above.getParent()) {
      npm(named.purl(), above.resolve(MODULES), name).ifPresent(parts::add);
    }
    List<String> words = launch.packages().stream().map(PackageLaunch.Named::written).toList();
    npm(named.purl(), npxFolder(words).resolve(MODULES), name).ifPresent(parts::add);
    return parts;
  }

  /* npm keeps what npx fetches for the same words in the same folder, named by their digest. */
  private Path npxFolder(List<String> words) {
    String cache = environment.getOrDefault("npm_config_cache", "");
    Path folderOfNpm = cache.isEmpty() ? home.resolve(".npm") : home.resolve(cache);
    try {
      String sorted = String.join("\n", words.stream().sorted().toList());
      byte[] digest =
          MessageDigest.getInstance("SHA-512").digest(sorted.getBytes(StandardCharsets.UTF_8));
      return folderOfNpm.resolve("_npx").resolve(HexFormat.of().formatHex(digest, 0, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
  }

  private static Optional<LaunchedPart> npm(Purl purl, Path modules, String name) {
    Path place = modules.resolve(name);
    Path manifest = place.resolve("package.json");
    if (!Files.isRegularFile(manifest)) {
      return Optional.empty();
    }
    String version = read(manifest).flatMap(node -> node.text("version")).orElse("");
    Map<String, Node> content = new LinkedHashMap<>();
    content.put("version", new Node.Text(version, 1));
    content.put("files", FolderDigests.of(place));
    Path lock = modules.resolve(".package-lock.json");
    if (Files.isRegularFile(lock)) {
      content.put("dependencies", integrities(lock));
    }
    return Optional.of(part(purl, version, place, content));
  }

  /* Version and integrity of each package beside it. */
  private static Node integrities(Path lock) {
    Map<String, Node> held = new LinkedHashMap<>();
    read(lock)
        .flatMap(node -> node.get("packages"))
        .map(Node::fields)
        .orElse(Map.of())
        .forEach((path, node) -> {
          String version = node.text("version").orElse("");
          String integrity = node.text("integrity").orElse("");
          held.put(path, new Node.Text((version + " " + integrity).strip(), 1));
        });
    return held.isEmpty() ? new Node.Text(FolderDigests.ofFile(lock), 1) : new Node.Obj(held, 1);
  }

  /* An image without a digest in its name is whatever the engine has under that name now. */
  private List<LaunchedPart> image(PackageLaunch launch, PackageLaunch.Named named) {
    String id = named.written();
    if (!id.contains("@sha256:")) {
      id = idOfImage(launch.launcher(), named.written());
    }
    return id.isEmpty()
        ? List.of()
        : List.of(
            new LaunchedPart(
                named.purl().withVersion(null).toString(),
                Optional.of(named.purl()),
                Optional.of(new Node.Obj(Map.of("image", new Node.Text(id, 1)), 1))));
  }

  private String idOfImage(String engine, String name) {
    if (name.startsWith("-")) {
      return "";
    }
    try {
      OperatorProgram.Result result =
          OperatorProgram.run(
              List.of(engine, "image", "inspect", "--format", "{{.Id}}", name),
              environment,
              folder,
              "",
              PATIENCE);
      return result.code() == 0 ? result.output().strip() : "";
    } catch (IOException e) {
      return ""; // There is no engine, and the server cannot start either.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private List<LaunchedPart> pypi(PackageLaunch.Named named) {
    String name = named.purl().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    Path share = data.isEmpty() ? home.resolve(".local/share") : home.resolve(data);
    List<LaunchedPart> parts = new ArrayList<>();
    for (Path tool :
        List.of(
            share.resolve("uv/tools").resolve(name),
            share.resolve("pipx/venvs").resolve(name),
            home.resolve(".local/pipx/venvs").resolve(name))) {
      for (Path packages : sitePackages(tool)) {
        distribution(named.purl(), packages, name).ifPresent(parts::add);
      }
    }
    return parts;
  }

  /// Returns the folders in which a Python environment keeps packages.
  static List<Path> sitePackages(Path environment) {
    return listed(environment.resolve("lib"), "python*").stream()
        .map(python -> python.resolve("site-packages"))
        .filter(Files::isDirectory)
        .toList();
  }

  /* RECORD holds the digest of each file of a distribution. */
  private static Optional<LaunchedPart> distribution(Purl purl, Path packages, String name) {
    for (Path entry : listed(packages, "*.dist-info")) {
      String stem = entry.getFileName().toString().replaceFirst("\\.dist-info$", "");
      int dash = stem.indexOf('-');
      boolean same =
          dash > 0
              && stem.substring(0, dash)
                  .toLowerCase(Locale.ROOT)
                  .replaceAll("[-_.]+", "-")
                  .equals(name);
      if (same) {
        String version = stem.substring(dash + 1);
        Map<String, Node> content = new LinkedHashMap<>();
        content.put("version", new Node.Text(version, 1));
        Map<String, Node> files = new LinkedHashMap<>(FolderDigests.of(entry).fields());
        Path module = packages.resolve(stem.substring(0, dash).toLowerCase(Locale.ROOT));
        if (Files.isDirectory(module)) {
          FolderDigests.of(module)
              .fields()
              .forEach((path, digest) -> files.put(module.getFileName() + "/" + path, digest));
        }
        content.put("files", new Node.Obj(files, 1));
        return Optional.of(part(purl, version, entry, content));
      }
    }
    return Optional.empty();
  }

  private static LaunchedPart part(
      Purl purl, String version, Path place, Map<String, Node> content) {
    Purl exact = version.isEmpty() ? purl : purl.withVersion(version);
    String name = "%s in %s".formatted(purl.withVersion(null), place.getParent());
    return new LaunchedPart(name, Optional.of(exact), Optional.of(new Node.Obj(content, 1)));
  }

  private static List<Path> listed(Path folder, String glob) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
      entries.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      return List.of(); // Nothing is installed there.
    }
    found.sort(Comparator.comparing(Path::toString));
    return found;
  }

  private static Optional<Node> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(Json.read(in.readNBytes((int) LIMITS.bytes() + 1), LIMITS));
    } catch (IOException e) {
      return Optional.empty(); // The digests of the files say it all the same.
    }
  }
}
