// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.commands;

import dev.redoubt.model.Purl;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns the way a launcher is told a package into a package URL.
final class PackageSpec {

  /* A version that names one release. "1", "^1.2", "latest" and the like do not. */
  private static final Pattern NPM_EXACT =
      Pattern.compile("[v=]?(\\d+\\.\\d+\\.\\d+(?:[-+][\\w.+-]+)?)");
  private static final Pattern NPM =
      Pattern.compile("(?:(@[A-Za-z0-9~_][\\w.~-]*)/)?([A-Za-z0-9~_][\\w.~-]*)(?:@(.*))?");
  private static final Pattern PYPI =
      Pattern.compile(
          "([A-Za-z0-9](?:[\\w.-]*[A-Za-z0-9])?)\\s*(?:\\[[^\\]]*])?\\s*(?:(===?|@|[~<>!]=?)\\s*(.*))?");
  private static final Pattern PYPI_EXACT = Pattern.compile("v?\\d+(?:\\.\\d+)*[\\w.+!-]*");
  private static final Pattern GIT =
      Pattern.compile(
          "(?:git\\+)?(?:https?|ssh|git)://(?:[^@/]+@)?([^/:]+)[/:]([^/#@]+)/([^/#@]+?)(?:\\.git)?"
              + "(?:[@#]([^#&]+))?(?:[#&].*)?");
  private static final Pattern GITHUB =
      Pattern.compile("(?:github:)?([\\w.-]+)/([\\w.-]+?)(?:\\.git)?(?:#(.+))?");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  private PackageSpec() {}

  /// What a launcher is asked to fetch.
  ///
  /// @param pinned whether it names one release that cannot change
  record Spec(Purl purl, boolean pinned) {}

  static Optional<Spec> npm(String spec) {
    if (isLocal(spec)) {
      return Optional.empty();
    }
    if (spec.startsWith("npm:")) {
      return npm(spec.substring(4));
    }
    int alias = spec.indexOf("@npm:");
    if (alias > 0) {
      return npm(spec.substring(alias + 5));
    }
    Matcher github = GITHUB.matcher(spec);
    if (!spec.startsWith("@") && github.matches()) {
      return Optional.of(atCommit("github", github.group(1), github.group(2), github.group(3)));
    }
    if (spec.contains("://")) {
      return fromAddress(spec);
    }
    Matcher matcher = NPM.matcher(spec);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String written = versionOnly(matcher.group(3));
    Matcher exact = NPM_EXACT.matcher(written);
    String version = exact.matches() ? exact.group(1) : null;
    return Optional.of(
        new Spec(Purl.of("npm", matcher.group(1), matcher.group(2), version), version != null));
  }

  static Optional<Spec> pypi(String spec) {
    if (isLocal(spec)) {
      return Optional.empty();
    }
    int direct = spec.indexOf("://");
    if (direct >= 0) {
      int at = spec.indexOf(" @ ");
      return fromAddress(at > 0 && at < direct ? spec.substring(at + 3).strip() : spec);
    }
    Matcher matcher = PYPI.matcher(spec.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String operator = matcher.group(2) == null ? "" : matcher.group(2);
    String written = matcher.group(3) == null ? "" : matcher.group(3).strip();
    boolean exact =
        (operator.startsWith("==") || operator.equals("@"))
            && PYPI_EXACT.matcher(written).matches()
            && !written.endsWith(".*");
    String name = matcher.group(1).toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    return Optional.of(new Spec(Purl.of("pypi", null, name, exact ? written : null), exact));
  }

  static Optional<Spec> jsr(String spec) {
    Matcher matcher = NPM.matcher(spec);
    if (!matcher.matches() || matcher.group(1) == null) {
      return Optional.empty();
    }
    String written = versionOnly(matcher.group(3));
    Matcher exact = NPM_EXACT.matcher(written);
    String version = exact.matches() ? exact.group(1) : null;
    return Optional.of(
        new Spec(Purl.of("jsr", matcher.group(1), matcher.group(2), version), version != null));
  }

  static Optional<Spec> go(String spec) {
    int at = spec.lastIndexOf('@');
    String module = at < 0 ? spec : spec.substring(0, at);
    int slash = module.lastIndexOf('/');
    if (slash < 0 || isLocal(spec) || module.indexOf('.') < 0 || module.endsWith(".go")) {
      return Optional.empty();
    }
    String version =
        at >= 0 && spec.substring(at + 1).matches("v\\d+\\.\\d+\\.\\d+.*")
            ? spec.substring(at + 1)
            : null;
    return Optional.of(
        new Spec(
            Purl.of("golang", module.substring(0, slash), module.substring(slash + 1), version),
            version != null));
  }

  static Optional<Spec> nuget(String spec, @Nullable String version) {
    int at = spec.indexOf('@');
    String name = at < 0 ? spec : spec.substring(0, at);
    String written = at < 0 ? version : spec.substring(at + 1);
    if (!name.matches("[\\w.-]+")) {
      return Optional.empty();
    }
    boolean exact = written != null && written.matches("\\d+(\\.\\d+){1,3}([-+].*)?");
    return Optional.of(new Spec(Purl.of("nuget", null, name, exact ? written : null), exact));
  }

  /// Returns the image `reference`. A digest pins it; of a tag, `latest` included, only its owner
  /// decides what it names, so a tag is kept as the version but pins nothing.
  static Optional<Spec> image(String reference) {
    if (!reference.matches("[\\w.:/@-]+")) {
      return Optional.empty();
    }
    int at = reference.indexOf('@');
    String digest = at < 0 ? null : reference.substring(at + 1);
    String rest = at < 0 ? reference : reference.substring(0, at);
    int slash = rest.lastIndexOf('/');
    int colon = rest.indexOf(':', slash + 1);
    String tag = colon < 0 ? null : rest.substring(colon + 1);
    String path = colon < 0 ? rest : rest.substring(0, colon);
    int first = path.indexOf('/');
    String host = first < 0 ? "" : path.substring(0, first);
    boolean hosted = host.contains(".") || host.contains(":") || host.equals("localhost");
    String repository = hosted ? path.substring(first + 1) : path;
    int last = repository.lastIndexOf('/');
    String name = repository.substring(last + 1).toLowerCase(Locale.ROOT);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    boolean hub = !hosted || host.equals("docker.io") || host.equals("index.docker.io");
    Purl purl =
        new Purl(
            "docker",
            last < 0 ? null : repository.substring(0, last).toLowerCase(Locale.ROOT),
            name,
            digest != null ? digest : "latest".equals(tag) ? null : tag,
            hub ? Map.of() : Map.of("repository_url", host),
            null);
    return Optional.of(new Spec(purl, digest != null));
  }

  static Optional<Spec> fromAddress(String spec) {
    Matcher git = GIT.matcher(spec);
    boolean isGit = spec.startsWith("git") || spec.contains(".git");
    if (git.matches() && (isGit || git.group(1).equals("github.com"))) {
      String ref = git.group(4);
      return switch (git.group(1)) {
        case "github.com" -> Optional.of(atCommit("github", git.group(2), git.group(3), ref));
        case "bitbucket.org" -> Optional.of(atCommit("bitbucket", git.group(2), git.group(3), ref));
        default -> Optional.of(generic(spec, git.group(3), "vcs_url", ref));
      };
    }
    String path = spec.replaceAll("[?#].*", "");
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.isEmpty() || name.indexOf('$') >= 0
        ? Optional.empty()
        : Optional.of(generic(spec, name, "download_url", null));
  }

  private static Spec atCommit(String type, String owner, String name, @Nullable String ref) {
    return new Spec(
        Purl.of(type, owner.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT), ref),
        ref != null && COMMIT.matcher(ref).matches());
  }

  private static Spec generic(String address, String name, String kind, @Nullable String ref) {
    return new Spec(
        new Purl("generic", null, name, ref, Map.of(kind, address), null),
        ref != null && COMMIT.matcher(ref).matches());
  }

  /* Deno names a module inside the package behind the version: "@scope/name@1.0.0/module". */
  private static String versionOnly(@Nullable String written) {
    return written == null ? "" : written.replaceFirst("/.*", "");
  }

  private static boolean isLocal(String spec) {
    return spec.isEmpty()
        || spec.startsWith(".")
        || spec.startsWith("/")
        || spec.startsWith("~")
        || spec.startsWith("file:")
        || spec.matches("[A-Za-z]:[/\\\\].*");
  }
}
