// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.policy.Origin;
import dev.redoubt.guard.policy.PolicyFile;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/// The person's own rules: adds to their configuration what they said yes to for good.
final class OwnRules {

  private final Path file;
  private final Clock clock;

  /// @param file the person's configuration, which need not exist
  OwnRules(Path file, Clock clock) {
    this.file = requireNonNull(file, "file");
    this.clock = requireNonNull(clock, "clock");
  }

  Path file() {
    return file;
  }

  /// What would be added, and where.
  ///
  /// @param before the bytes it is added to
  record Addition(Path file, String text, String before) {}

  /// Returns what makes the short rules `proposals` hold for good. Nothing is written.
  ///
  /// @throws RedoubtException if the configuration cannot be read, or would not be understood with
  ///   it
  Addition addition(List<String> proposals) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), clock.getZone());
    StringBuilder text = new StringBuilder();
    for (String proposal : proposals) {
      text.append('\n').append(rule(proposal, today));
    }
    String before = read();
    String whole = before + (before.isEmpty() || before.endsWith("\n") ? "" : "\n") + text;
    PolicyFile.read(whole.getBytes(UTF_8), file.toString(), Origin.USER, today);
    return new Addition(file, whole.substring(before.length()), before);
  }

  /// Writes `addition`.
  ///
  /// @throws RedoubtException if the file is no longer what it was, or cannot be written
  void add(Addition addition) {
    if (!read().equals(addition.before())) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE, "\"%s\" has changed meanwhile: answer again".formatted(file));
    }
    try {
      Path real = Files.exists(file) ? file.toRealPath() : file;
      Path folder = requireNonNull(real.toAbsolutePath().getParent(), "a file lies in a folder");
      Files.createDirectories(folder);
      Path staged = Files.createTempFile(folder, ".redoubt-", ".tmp", OwnerOnly.file(folder));
      try {
        Files.write(staged, (addition.before() + addition.text()).getBytes(UTF_8));
        if (OwnerOnly.isKnown(real) && Files.exists(real)) {
          Files.setPosixFilePermissions(staged, Files.getPosixFilePermissions(real));
        }
        Files.move(staged, real, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(staged);
      }
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "cannot write \"%s\": %s".formatted(file, RedoubtException.reason(e)),
          e);
    }
  }

  private String read() {
    if (!Files.exists(file)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(PolicyFile.LARGEST + 1);
      String text = new String(bytes, UTF_8);
      if (bytes.length > PolicyFile.LARGEST || !Arrays.equals(text.getBytes(UTF_8), bytes)) {
        throw new RedoubtException(
            ErrorCode.UNREADABLE, "\"%s\" is too large or no UTF-8".formatted(file));
      }
      return text;
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read \"%s\": %s".formatted(file, RedoubtException.reason(e)),
          e);
    }
  }

  private static String rule(String proposal, LocalDate today) {
    int colon = proposal.indexOf(':');
    String action = proposal.substring(0, colon);
    String rest = proposal.substring(colon + 1);
    String what =
        switch (action) {
          case "run" -> key("command", rest);
          case "net" -> key("host", rest);
          case "tool" -> pair("server", "tool", rest, '/');
          case "model" -> pair("provider", "residency", rest, '/');
          case "load" -> pair("kind", "path", rest, ':');
          case "start-server" -> key("server", rest);
          default -> key("path", rest);
        };
    return "[[guard.rules]]\n"
        + key("effect", "allow")
        + key("action", action)
        + what
        + key("reason", "approved at the prompt on " + today);
  }

  private static String pair(String first, String second, String rest, char between) {
    int at = rest.indexOf(between);
    return at < 0
        ? key(first, rest)
        : key(first, rest.substring(0, at)) + key(second, rest.substring(at + 1));
  }

  /* A basic string of TOML; a proposal holds no control character. */
  private static String key(String name, String value) {
    return name + " = \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n";
  }
}
