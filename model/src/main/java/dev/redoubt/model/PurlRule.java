// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the definition of one purl type asks for: whether there is a namespace, which components
/// are written in lower case, and which qualifiers must be there.
///
/// A type without a definition takes anything. What only one type needs (names of PyPI, the host of
/// a git repository) is in the methods below, by the name of the type.
record PurlRule(Namespace namespace, Set<Lower> lower, Set<String> requiredQualifiers) {

  /// Whether a purl of the type has a namespace.
  enum Namespace {
    REQUIRED,
    OPTIONAL,
    PROHIBITED
  }

  /// The components that are the same in either case.
  enum Lower {
    NAMESPACE,
    NAME,
    VERSION
  }

  private static final Set<Lower> AS_WRITTEN = Set.of();
  private static final Set<Lower> BOTH = Set.of(Lower.NAMESPACE, Lower.NAME);
  private static final Set<Lower> ONLY_NAMESPACE = Set.of(Lower.NAMESPACE);
  private static final Set<Lower> ONLY_NAME = Set.of(Lower.NAME);

  private static final PurlRule ANYTHING = new PurlRule(Namespace.OPTIONAL, AS_WRITTEN, Set.of());
  private static final Map<String, PurlRule> BY_TYPE = rules();

  PurlRule {
    lower = Set.copyOf(lower);
    requiredQualifiers = Set.copyOf(requiredQualifiers);
  }

  static PurlRule of(String type) {
    return BY_TYPE.getOrDefault(type, ANYTHING);
  }

  private static Map<String, PurlRule> rules() {
    Map<String, PurlRule> rules = new HashMap<>();
    add(rules, Namespace.REQUIRED, BOTH, "alpm apk bitbucket composer deb github");
    add(rules, Namespace.REQUIRED, ONLY_NAMESPACE, "qpkg rpm");
    add(rules, Namespace.REQUIRED, AS_WRITTEN, "git maven swift");
    add(rules, Namespace.REQUIRED, Set.of(Lower.VERSION), "huggingface");
    add(rules, Namespace.REQUIRED, Set.of(Lower.values()), "vscode-extension");
    /* The definition of golang asks for a namespace; modules of one element ("gioui.org") and
    "stdlib" have none, and refusing them would lose packages. */
    add(rules, Namespace.OPTIONAL, BOTH, "brew golang hex luarocks npm gitlab githubactions");
    add(rules, Namespace.OPTIONAL, ONLY_NAMESPACE, "yocto");
    add(rules, Namespace.PROHIBITED, ONLY_NAME, "bitnami chrome-extension oci otp pub");
    add(rules, Namespace.PROHIBITED, Set.of(Lower.NAME, Lower.VERSION), "pypi");
    add(
        rules,
        Namespace.PROHIBITED,
        AS_WRITTEN,
        "bazel cargo cocoapods conda cran gem hackage mlflow nuget opam vcpkg");
    rules.put("julia", new PurlRule(Namespace.PROHIBITED, AS_WRITTEN, Set.of("uuid")));
    rules.put("swid", new PurlRule(Namespace.OPTIONAL, AS_WRITTEN, Set.of("tag_id")));
    return rules;
  }

  private static void add(
      Map<String, PurlRule> rules, Namespace namespace, Set<Lower> lower, String types) {
    for (String type : types.split(" ", -1)) {
      rules.put(type, new PurlRule(namespace, lower, Set.of()));
    }
  }

  /// Where a package is: the namespace and the name in it.
  record Place(@Nullable String namespace, String name) {}

  /// Returns whether slashes in names of the type separate segments.
  static boolean isPathName(String type) {
    return type.equals("git");
  }

  /* A git name is the whole path on the host. Of golang and npm the name is the last segment, yet
  many generators write the namespace into it. */
  static Place place(String type, @Nullable String namespace, String name) {
    boolean split =
        switch (type) {
          case "git" -> true;
          case "golang", "npm" -> name.indexOf('/') >= 0;
          default -> false;
        };
    if (!split) {
      return new Place(namespace, name);
    }
    String path = requireNonNull(PurlText.path(namespace == null ? name : namespace + "/" + name));
    int cut = isPathName(type) ? path.indexOf('/') : path.lastIndexOf('/');
    return cut < 0
        ? new Place(null, path)
        : new Place(path.substring(0, cut), path.substring(cut + 1));
  }

  @Nullable String namespace(String type, @Nullable String namespace) {
    if (namespace == null) {
      return null;
    }
    return switch (type) {
      case "cpan" -> namespace.toUpperCase(Locale.ROOT);
      default -> lower(Lower.NAMESPACE, namespace);
    };
  }

  String name(String type, Place place, Map<String, String> qualifiers) {
    String name = place.name();
    return switch (type) {
      case "pypi" -> pypiName(name);
      case "pub" -> lowerCase(name).replace('-', '_');
      case "git" -> isCaseBlindHost(place.namespace()) ? lowerCase(name) : name;
      case "mlflow" -> isDatabricks(qualifiers) ? lowerCase(name) : name;
      default -> lower(Lower.NAME, name);
    };
  }

  @Nullable String version(@Nullable String version) {
    return version == null ? null : lower(Lower.VERSION, version);
  }

  /// Throws unless the normalised components keep to the rule.
  void check(String type, Place place, @Nullable String version, Map<String, String> qualifiers) {
    boolean present = place.namespace() != null;
    if (namespace == Namespace.REQUIRED && !present) {
      throw new PurlException("the namespace is missing, which " + type + " asks for");
    }
    if (namespace == Namespace.PROHIBITED && present) {
      throw new PurlException("it has a namespace, which " + type + " does not know");
    }
    for (String key : requiredQualifiers) {
      if (!qualifiers.containsKey(key)) {
        throw new PurlException("the qualifier " + key + " is missing");
      }
    }
    String complaint =
        switch (type) {
          case "chrome-extension" -> chromeComplaint(place.name(), version);
          case "cocoapods" -> podComplaint(place.name());
          case "cpan" -> place.name().contains("::") ? "the name is that of a module" : null;
          default -> null;
        };
    if (complaint != null) {
      throw new PurlException(complaint);
    }
  }

  private String lower(Lower component, String text) {
    return lower.contains(component) ? lowerCase(text) : text;
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /* PEP 503: lower case, and each run of dash, underscore and dot is one dash. */
  private static String pypiName(String name) {
    String lower = lowerCase(name);
    int first = firstToReplace(lower);
    if (first < 0) {
      return lower;
    }
    StringBuilder normal = new StringBuilder(lower.length());
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (!isSeparator(c)) {
        normal.append(c);
      } else if (i == 0 || !isSeparator(lower.charAt(i - 1))) {
        normal.append('-');
      }
    }
    return normal.toString();
  }

  private static int firstToReplace(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_' || c == '.' || (c == '-' && i > 0 && name.charAt(i - 1) == '-')) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isSeparator(char c) {
    return c == '-' || c == '_' || c == '.';
  }

  private static boolean isCaseBlindHost(@Nullable String host) {
    return host != null
        && switch (lowerCase(host)) {
          case "github", "github.com", "bitbucket.org" -> true;
          default -> false;
        };
  }

  /* Databricks does not tell models apart by case, Azure ML does; of any other server it is unknown. */
  private static boolean isDatabricks(Map<String, String> qualifiers) {
    return lowerCase(qualifiers.getOrDefault("repository_url", "")).contains("databricks");
  }

  private static @Nullable String chromeComplaint(String name, @Nullable String version) {
    if (name.length() != 32 || !name.chars().allMatch(c -> c >= 'a' && c <= 'p')) {
      return "the name is not 32 letters of a to p";
    }
    return version == null || isChromeVersion(version)
        ? null
        : "the version is not one to four numbers";
  }

  private static boolean isChromeVersion(String version) {
    int numbers = 1;
    boolean digitBefore = false;
    for (int i = 0; i < version.length(); i++) {
      char c = version.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && (c != '.' || !digitBefore || ++numbers > 4)) {
        return false;
      }
      digitBefore = digit;
    }
    return digitBefore;
  }

  private static @Nullable String podComplaint(String name) {
    boolean bad =
        name.startsWith(".") || name.chars().anyMatch(c -> c == '+' || Character.isWhitespace(c));
    return bad ? "the name has a plus, white space or a leading dot" : null;
  }
}
