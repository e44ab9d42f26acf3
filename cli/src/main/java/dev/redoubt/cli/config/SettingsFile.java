// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.config;

import dev.redoubt.cli.Nearest;
import dev.redoubt.cli.config.Settings.AdvisorySettings;
import dev.redoubt.cli.config.Settings.Sync;
import dev.redoubt.cli.config.Settings.TreeSettings;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.guard.policy.PolicyFile;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Purl;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.model.Subject;
import dev.redoubt.scan.thresholds.Ignore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/// Reads one configuration file and checks every key of it.
final class SettingsFile {

  /// Whose file it is.
  enum Trust {
    /// The user's own.
    OWN,
    /// Found in the current folder, which may be somebody else's checkout.
    FOLDER
  }

  private static final Limits LIMITS = new Limits(1 << 20, 20, 50_000);
  /* What the table "guard" says is read by the guard, with its own errors. */
  private static final List<String> TOP = PolicyFile.TABLES;
  private static final List<String> SCAN =
      List.of("extractors", "matchers", "max-file-size", "exclude", "ignores");
  private static final List<String> ADVISORIES = List.of("sync", "osv-url", "kev-url", "epss-url");
  private static final List<String> IGNORE =
      List.of("id", "package", "server", "file", "reason", "expires");

  private final String name;
  private final Trust trust;
  private final Set<String> off = new HashSet<>();
  private final List<Gap> gaps = new ArrayList<>();

  private SettingsFile(String name, Trust trust) {
    this.name = name;
    this.trust = trust;
  }

  static Settings read(Path file, String name, Trust trust) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes((int) LIMITS.bytes() + 1);
      return new SettingsFile(name, trust).settings(Toml.read(bytes, LIMITS));
    } catch (DocumentException e) {
      throw new RedoubtException(
          ErrorCode.USAGE,
          "%s%s %s".formatted(name, e.line() == null ? "" : ":" + e.line(), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read the configuration \"%s\": %s".formatted(file, RedoubtException.reason(e)),
          e);
    }
  }

  private Settings settings(Node root) {
    checkKeys(root, TOP, "");
    Node scan = root.get("scan").orElse(new Node.Nothing(1));
    checkKeys(scan, SCAN, "scan.");
    switchOff(scan, "extractors");
    switchOff(scan, "matchers");
    List<Ignore> ignores = new ArrayList<>();
    for (Node entry : scan.items("ignores")) {
      ignores.add(ignore(entry));
    }
    Node advisories = root.get("advisories").orElse(new Node.Nothing(1));
    checkKeys(advisories, ADVISORIES, "advisories.");
    AdvisorySettings sources = advisorySettings(advisories);
    if (trust == Trust.FOLDER && !advisories.fields().isEmpty()) {
      gap(
          advisories,
          "what it says about advisories is not followed: only your own configuration decides what"
              + " connects",
          "put [advisories] into your own configuration");
      sources = AdvisorySettings.DEFAULT;
    }
    return new Settings(
        off,
        new TreeSettings(maxFileBytes(scan), excluded(scan), List.of()),
        ignores,
        sources,
        gaps);
  }

  private List<String> excluded(Node scan) {
    List<String> globs = new ArrayList<>();
    for (Node item : scan.items("exclude")) {
      String glob = item.scalar().orElse("");
      try {
        FileSystems.getDefault().getPathMatcher("glob:" + glob);
      } catch (PatternSyntaxException e) {
        throw wrong(
            item.line(), "scan.exclude \"%s\" is no glob: %s".formatted(glob, e.getDescription()));
      }
      if (glob.isEmpty() || glob.startsWith("/")) {
        throw wrong(
            item.line(), "scan.exclude \"%s\" is not relative to what is scanned".formatted(glob));
      }
      globs.add(glob);
    }
    return globs;
  }

  private void switchOff(Node scan, String kind) {
    for (Map.Entry<String, Node> entry : scan.fields(kind).entrySet()) {
      if (!(entry.getValue() instanceof Node.Bool(boolean on, int line))) {
        throw wrong(
            entry.getValue().line(),
            "scan.%s.%s is not true or false".formatted(kind, entry.getKey()));
      } else if (!on) {
        off.add(entry.getKey());
        if (trust == Trust.FOLDER) {
          gaps.add(
              new Gap(
                  name,
                  line,
                  "%s is switched off by this file".formatted(entry.getKey()),
                  "remove the line to look at it again"));
        }
      }
    }
  }

  private Ignore ignore(Node entry) {
    checkKeys(entry, IGNORE, "scan.ignores.");
    String id = required(entry, "id");
    String reason = required(entry, "reason");
    LocalDate expires = day(entry);
    return new Ignore(id, subject(entry), reason, expires, name);
  }

  private Subject subject(Node entry) {
    Optional<String> purl = entry.text("package");
    Optional<String> server = entry.text("server");
    Optional<String> file = entry.text("file");
    if (purl.isPresent()) {
      try {
        return new Subject.OfComponent(Purl.parse(purl.get()));
      } catch (IllegalArgumentException e) {
        throw wrong(
            entry.line(), "package \"%s\" is no purl: %s".formatted(purl.get(), e.getMessage()));
      }
    }
    if (server.isPresent()) {
      return new Subject.OfServer(server.get(), file.orElse(""));
    }
    return new Subject.OfFile(
        file.orElseThrow(() ->
            wrong(
                entry.line(),
                "an ignore names what it is about: package = \"pkg:…\", server or file")));
  }

  private LocalDate day(Node entry) {
    String text = required(entry, "expires");
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong(
          entry.line(), "expires \"%s\" is no day in the manner of 2027-01-31".formatted(text));
    }
  }

  private String required(Node entry, String key) {
    return entry
        .scalar(key)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> wrong(entry.line(), "an ignore needs \"%s\"".formatted(key)));
  }

  private AdvisorySettings advisorySettings(Node advisories) {
    String sync = advisories.text("sync").orElse("ask");
    Sync mode =
        switch (sync.toLowerCase(Locale.ROOT)) {
          case "ask" -> Sync.ASK;
          case "auto" -> Sync.AUTO;
          case "never" -> Sync.NEVER;
          default ->
              throw wrong(
                  advisories.line(),
                  "advisories.sync \"%s\" is not ask, auto or never".formatted(sync));
        };
    return new AdvisorySettings(
        mode,
        advisories.text("osv-url").orElse(""),
        advisories.text("kev-url").orElse(""),
        advisories.text("epss-url").orElse(""));
  }

  private long maxFileBytes(Node scan) {
    Optional<String> text = scan.scalar("max-file-size");
    if (text.isEmpty()) {
      return TreeSettings.DEFAULT.maxFileBytes();
    }
    String value = text.get().replace("_", "").replace(" ", "").toUpperCase(Locale.ROOT);
    long unit = value.endsWith("MB") ? 1L << 20 : value.endsWith("KB") ? 1L << 10 : 1;
    try {
      long size = Long.parseLong(value.replaceFirst("[MK]?B?$", ""));
      if (size > 0 && size <= (1L << 30) / unit) {
        return size * unit;
      }
    } catch (NumberFormatException e) {
      // Said below, with the value.
    }
    throw wrong(
        scan.line(),
        "scan.max-file-size \"%s\" is no size from 1 to 1024MB, in the manner of 64MB"
            .formatted(text.get()));
  }

  private void checkKeys(Node table, List<String> valid, String prefix) {
    for (Map.Entry<String, Node> entry : table.fields().entrySet()) {
      if (!valid.contains(entry.getKey())) {
        String nearest =
            Nearest.to(entry.getKey(), valid)
                .map(key -> "did you mean \"%s%s\"?".formatted(prefix, key))
                .orElse("valid here: " + String.join(", ", valid));
        throw wrong(
            entry.getValue().line(),
            "there is no key \"%s%s\"; %s".formatted(prefix, entry.getKey(), nearest));
      }
    }
  }

  private void gap(Node at, String reason, String hint) {
    gaps.add(new Gap(name, at.line(), reason, hint));
  }

  private RedoubtException wrong(int line, String message) {
    return new RedoubtException(ErrorCode.USAGE, "%s:%d: %s".formatted(name, line, message));
  }
}
