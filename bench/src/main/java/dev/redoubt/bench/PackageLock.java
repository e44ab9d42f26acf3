// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.bench;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// A package-lock.json of version 3 as npm writes it: sorted, pretty-printed, with integrity,
/// edges, dev flags and packages installed twice.
///
/// One package in thirty is asked for by the project itself, four in ten of those for development
/// only; one in twelve is a second version below the package that needs it.
final class PackageLock {

  private static final int DIRECT = 30;
  private static final int NESTED = 12;

  private final Random random;
  private final Names names;
  private final List<Installed> packages = new ArrayList<>();

  private PackageLock(Random random) {
    this.random = random;
    this.names = new Names(random);
  }

  /// A name and version that the lock file must hold.
  record Pinned(String name, String version) {}

  private record Installed(
      String name,
      String version,
      String folder,
      boolean direct,
      boolean dev,
      Map<String, String> needs) {}

  /// Returns the text of a lock file with `count` packages, those of `pinned` among them.
  static String text(int count, List<Pinned> pinned, long seed) {
    PackageLock lock = new PackageLock(new Random(seed));
    for (int i = 0; i < count; i++) {
      lock.install(i, i < pinned.size() ? pinned.get(i) : lock.invented());
    }
    return lock.print();
  }

  private Pinned invented() {
    return new Pinned(names.npm(), names.version());
  }

  /* A package is needed by an earlier one, or by the project; so nothing is left over. */
  private void install(int index, Pinned next) {
    boolean direct = index < 10 || random.nextInt(DIRECT) == 0;
    if (direct) {
      boolean dev = random.nextInt(10) < 4;
      packages.add(new Installed(next.name(), next.version(), "", true, dev, new TreeMap<>()));
      return;
    }
    Installed parent = packages.get(random.nextInt(packages.size()));
    Installed other = packages.get(random.nextInt(packages.size()));
    boolean nested =
        random.nextInt(NESTED) == 0
            && parent.folder.isEmpty()
            && other.folder.isEmpty()
            && !other.name.equals(parent.name)
            && !parent.needs.containsKey(other.name);
    String name = nested ? other.name : next.name();
    String folder = nested ? "node_modules/" + parent.name + "/" : "";
    parent.needs.put(name, "^" + next.version());
    packages.add(new Installed(name, next.version(), folder, false, parent.dev, new TreeMap<>()));
    for (int extra = random.nextInt(3); extra > 0; extra--) {
      Installed known = packages.get(random.nextInt(packages.size()));
      if (known.folder.isEmpty()
          && known.dev == parent.dev
          && !parent.needs.containsKey(known.name)) {
        parent.needs.put(known.name, "^" + known.version);
      }
    }
  }

  private String print() {
    StringBuilder out = new StringBuilder(packages.size() * 500);
    out.append("{\n  \"name\": \"generated\",\n  \"version\": \"1.0.0\",\n");
    out.append("  \"lockfileVersion\": 3,\n  \"requires\": true,\n  \"packages\": {\n");
    out.append("    \"\": {\n      \"name\": \"generated\",\n      \"version\": \"1.0.0\"");
    map(out, "dependencies", asked(false));
    map(out, "devDependencies", asked(true));
    out.append("\n    }");
    Map<String, Installed> sorted = new TreeMap<>();
    packages.forEach(one -> sorted.put(one.folder + "node_modules/" + one.name, one));
    sorted.forEach((key, one) -> entry(out, key, one));
    return out.append("\n  }\n}\n").toString();
  }

  private Map<String, String> asked(boolean dev) {
    Map<String, String> asked = new TreeMap<>();
    for (Installed one : packages) {
      if (one.direct && one.dev == dev) {
        asked.put(one.name, "^" + one.version);
      }
    }
    return asked;
  }

  private void entry(StringBuilder out, String key, Installed one) {
    out.append(",\n    \"").append(key).append("\": {\n");
    out.append("      \"version\": \"").append(one.version).append("\",\n");
    out.append("      \"resolved\": \"https://registry.example/").append(one.name);
    out.append("/-/").append(one.name.substring(one.name.indexOf('/') + 1));
    out.append('-').append(one.version).append(".tgz\",\n");
    out.append("      \"integrity\": \"sha512-").append(digest()).append('"');
    if (one.dev) {
      out.append(",\n      \"dev\": true");
    }
    out.append(",\n      \"license\": \"MIT\"");
    map(out, "dependencies", one.needs);
    if (random.nextInt(3) == 0) {
      out.append(",\n      \"engines\": {\n        \"node\": \">=18\"\n      }");
    }
    out.append("\n    }");
  }

  private String digest() {
    byte[] digest = new byte[64];
    random.nextBytes(digest);
    return Base64.getEncoder().encodeToString(digest);
  }

  private static void map(StringBuilder out, String field, Map<String, String> values) {
    if (values.isEmpty()) {
      return;
    }
    out.append(",\n      \"").append(field).append("\": {");
    String separator = "\n";
    for (Map.Entry<String, String> value : values.entrySet()) {
      out.append(separator).append("        \"").append(value.getKey());
      out.append("\": \"").append(value.getValue()).append('"');
      separator = ",\n";
    }
    out.append("\n      }");
  }
}
