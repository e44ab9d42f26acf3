// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.python;

import dev.redoubt.model.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The lines of a requirements or constraints file, by the grammar of pip.
///
/// Comments, continued lines and options that do not name a package are understood and left out.
/// Environment variables are never expanded.
///
/// @param lines in the order of the file
/// @param generated whether a comment says that a tool wrote the file
record RequirementsFile(List<Line> lines, boolean generated) {

  RequirementsFile {
    lines = List.copyOf(lines);
  }

  /// One logical line; its number is that of the first physical line, counted from 1.
  sealed interface Line {
    int line();
  }

  /// A requirement with a name.
  ///
  /// @param via what pip-compile or uv says it is needed by: names of packages, or in the manner of
  ///   `-r requirements.in` the files of the project
  record Wanted(Requirement requirement, List<Hash> hashes, List<String> via, int line)
      implements Line {
    Wanted {
      hashes = List.copyOf(hashes);
      via = List.copyOf(via);
    }
  }

  /// A link without a name of its own.
  record Linked(Link link, List<Hash> hashes, int line) implements Line {
    Linked {
      hashes = List.copyOf(hashes);
    }
  }

  /// A folder or archive on this machine.
  record Local(String path, int line) implements Line {}

  /// Another file that counts as part of this one, or constrains it.
  record Include(String target, Kind kind, int line) implements Line {}

  /// What a file does to an installation.
  enum Kind {
    /// Its packages are installed.
    REQUIREMENTS,
    /// Its versions hold for what is installed anyway.
    CONSTRAINTS
  }

  /// A line that is nothing pip knows.
  record Malformed(String text, int line) implements Line {}

  static RequirementsFile parse(String text) {
    Parser parser = new Parser();
    String[] physical = text.split("\r\n|\n|\r", -1);
    for (int i = 0; i < physical.length; i++) {
      parser.physical(physical[i], i + 1);
    }
    parser.end();
    return new RequirementsFile(parser.lines, parser.generated);
  }

  private static final class Parser {

    /* Options that take no part in what is installed; -i and -f stand before a URL. */
    private static final Set<String> IGNORED =
        Set.of(
            "-i",
            "--index-url",
            "--pypi-url",
            "--extra-index-url",
            "--no-index",
            "-f",
            "--find-links",
            "--no-binary",
            "--only-binary",
            "--prefer-binary",
            "--require-hashes",
            "--pre",
            "--trusted-host",
            "--use-feature",
            "--always-unzip",
            "-Z",
            "--no-build-isolation",
            "--config-settings",
            "--global-option",
            "--install-option",
            "--no-deps",
            "--use-pep517",
            "--no-use-wheel",
            "--use-wheel",
            "--process-dependency-links",
            "--allow-external",
            "--allow-all-external",
            "--allow-unverified",
            "--exists-action",
            "--src",
            "--user",
            "--upgrade",
            "-U",
            "--no-cache-dir",
            "--timeout",
            "--default-timeout",
            "--retries");

    private static final int MOST_VIA = 500;

    private final List<Line> lines = new ArrayList<>();
    private final StringBuilder pending = new StringBuilder();
    private int start;
    private boolean generated;
    private boolean inVia;

    void physical(String raw, int line) {
      String stripped = raw.strip();
      if (stripped.startsWith("#")) {
        end();
        comment(stripped.substring(1).strip());
        return;
      }
      if (pending.isEmpty()) {
        start = line;
      }
      if (raw.endsWith("\\")) {
        pending.append(raw, 0, raw.length() - 1);
      } else {
        pending.append(raw);
        end();
      }
    }

    void end() {
      if (pending.isEmpty()) {
        return;
      }
      String logical = pending.toString();
      pending.setLength(0);
      inVia = false;
      int hash = commentStart(logical);
      String content = (hash < 0 ? logical : logical.substring(0, hash)).strip();
      if (!content.isEmpty()) {
        if (content.startsWith("-")) {
          option(content).ifPresent(lines::add);
        } else {
          lines.add(required(content));
        }
      }
      if (hash >= 0) {
        comment(logical.substring(hash + 1).strip());
      }
    }

    private static int commentStart(String logical) {
      for (int i = logical.indexOf('#'); i >= 0; i = logical.indexOf('#', i + 1)) {
        if (i == 0 || Character.isWhitespace(logical.charAt(i - 1))) {
          return i;
        }
      }
      return -1;
    }

    /* "# via a, b", or "# via" and then a comment for each. */
    private void comment(String comment) {
      generated |= comment.contains("generated by");
      boolean opens = comment.equals("via") || comment.startsWith("via ");
      if (!opens && !inVia) {
        return;
      }
      inVia = true;
      if (!lines.isEmpty()
          && lines.getLast() instanceof Wanted(Requirement it, List<Hash> hashes, var via, int at)
          && via.size() < MOST_VIA) {
        List<String> all = new ArrayList<>(via);
        for (String item : (opens ? comment.substring(3) : comment).split(",", -1)) {
          if (!item.isBlank()) {
            all.add(item.strip());
          }
        }
        lines.set(lines.size() - 1, new Wanted(it, hashes, all, at));
      }
    }

    private Optional<Line> option(String content) {
      int end = 0;
      while (end < content.length()
          && content.charAt(end) != '='
          && !Character.isWhitespace(content.charAt(end))) {
        end++;
      }
      String name = content.substring(0, end);
      String value = unquoted(content.substring(Math.min(content.length(), end)).strip());
      if (!name.startsWith("--") && name.length() > 2) {
        value = name.substring(2) + content.substring(end);
        name = name.substring(0, 2);
      } else if (value.startsWith("=")) {
        value = unquoted(value.substring(1).strip());
      }
      return switch (value.isEmpty() && !IGNORED.contains(name) ? "" : name) {
        case "-r", "--requirement", "--requirements" ->
            Optional.of(new Include(value, Kind.REQUIREMENTS, start));
        case "-c", "--constraint", "--constraints" ->
            Optional.of(new Include(value, Kind.CONSTRAINTS, start));
        case "-e", "--editable" -> Optional.of(editable(value));
        default ->
            IGNORED.contains(name) ? Optional.empty() : Optional.of(new Malformed(content, start));
      };
    }

    private Line editable(String value) {
      if (value.isEmpty()) {
        return new Malformed("-e", start);
      }
      if (Link.isLink(value)) {
        return linked(value, List.of());
      }
      Optional<Requirement> named = Requirement.parse(value);
      return named.isPresent() && named.get().url() != null
          ? new Wanted(named.get(), List.of(), List.of(), start)
          : new Local(value, start);
    }

    private Line required(String content) {
      List<Hash> hashes = new ArrayList<>();
      String text = content;
      int options = optionStart(content);
      if (options >= 0) {
        text = content.substring(0, options).strip();
        readHashes(content.substring(options), hashes);
      }
      if (Link.isLink(text)) {
        return linked(text, hashes);
      }
      if (isPath(text)) {
        return new Local(text, start);
      }
      String name = text;
      return Requirement.parse(text)
          .<Line>map(it -> new Wanted(it, hashes, List.of(), start))
          .orElseGet(() -> new Malformed(name, start));
    }

    private Line linked(String text, List<Hash> hashes) {
      String place = Requirement.beforeMarker(text);
      if (Link.isLocal(place)) {
        return new Local(place, start);
      }
      Link link = Link.parse(place);
      List<Hash> all = new ArrayList<>(link.hashes());
      all.addAll(hashes);
      return new Linked(link, all, start);
    }

    /* A path starts with a dot or a slash, or has a slash or an archive's ending before anything
    that could follow a name. */
    private static boolean isPath(String text) {
      int end = 0;
      while (end < text.length() && " \t[;=<>!~@(".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      String word = text.substring(0, end);
      return text.startsWith(".")
          || text.startsWith("~/")
          || word.indexOf('/') >= 0
          || word.indexOf('\\') >= 0
          || Link.isArchive(word);
    }

    private static int optionStart(String content) {
      for (int i = 1; i < content.length() - 1; i++) {
        if (content.charAt(i) == '-'
            && Character.isWhitespace(content.charAt(i - 1))
            && !Character.isWhitespace(content.charAt(i + 1))) {
          return i;
        }
      }
      return -1;
    }

    private static void readHashes(String options, List<Hash> hashes) {
      String[] words = options.strip().split("\\s+", -1);
      for (int i = 0; i < words.length; i++) {
        if (words[i].startsWith("--hash=")) {
          PypiName.hash(unquoted(words[i].substring(7))).ifPresent(hashes::add);
        } else if (words[i].equals("--hash") && i + 1 < words.length) {
          PypiName.hash(unquoted(words[i + 1])).ifPresent(hashes::add);
        }
      }
    }

    private static String unquoted(String value) {
      boolean quoted =
          value.length() > 1
              && (value.charAt(0) == '"' || value.charAt(0) == '\'')
              && value.charAt(value.length() - 1) == value.charAt(0);
      return quoted ? value.substring(1, value.length() - 1) : value;
    }
  }
}
