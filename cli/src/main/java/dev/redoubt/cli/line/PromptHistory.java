// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.secrets.Redaction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// What was typed in one workspace before. Secrets are masked before anything is kept, and a line
/// that begins with a blank is not kept. History is a comfort: what cannot be read or written is
/// left out.
final class PromptHistory {

  private static final int MOST = 1_000;
  private static final int LARGEST = 4 << 20;
  private static final int LONGEST = 16 << 10;

  private final Path file;

  private PromptHistory(Path file) {
    this.file = file;
  }

  /// @param dataDir where Redoubt keeps its data
  static PromptHistory of(Path dataDir, Path workspace) {
    return new PromptHistory(dataDir.resolve("history").resolve(name(workspace)));
  }

  private static String name(Path workspace) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(workspace.toString().getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Returns the lines, oldest first.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!Files.isRegularFile(file)) {
      return lines;
    }
    boolean tooLarge;
    try (SeekableByteChannel in = Files.newByteChannel(file)) {
      tooLarge = in.size() > LARGEST;
      in.position(Math.max(0, in.size() - LARGEST));
      new String(Channels.newInputStream(in).readNBytes(LARGEST), UTF_8)
          .lines()
          // The first one begins somewhere in the middle.
          .skip(tooLarge ? 1 : 0)
          .filter(line -> !line.isEmpty())
          .forEach(line -> lines.add(unfolded(line)));
    } catch (IOException e) {
      return List.of();
    }
    if (tooLarge || lines.size() > 2 * MOST) {
      shorten(lines.subList(Math.max(0, lines.size() - MOST), lines.size()));
    }
    return List.copyOf(lines.subList(Math.max(0, lines.size() - MOST), lines.size()));
  }

  /// Keeps `line` and returns it as it is kept; empty when it is not.
  String keep(String line) {
    if (line.isBlank() || line.startsWith(" ") || line.length() > LONGEST) {
      return "";
    }
    String masked = Redaction.text(line);
    try {
      makeFolder();
      try (SeekableByteChannel out =
          Files.newByteChannel(
              file,
              Set.of(
                  StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
              OwnerOnly.file(file))) {
        out.write(ByteBuffer.wrap((folded(masked) + "\n").getBytes(UTF_8)));
      }
    } catch (IOException e) {
      // Said in the type comment.
    }
    return masked;
  }

  private void makeFolder() throws IOException {
    Path folder = file.getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      Files.createDirectories(folder, OwnerOnly.folder(folder));
    }
  }

  private void shorten(List<String> kept) {
    ArrayDeque<String> last = new ArrayDeque<>();
    int bytes = 0;
    for (String line : kept.reversed()) {
      String text = folded(line) + "\n";
      bytes += text.getBytes(UTF_8).length;
      if (bytes > LARGEST / 2) {
        break;
      }
      last.addFirst(text);
    }
    try {
      Path staged = Files.createTempFile(file.getParent(), ".staged-", ".tmp");
      try {
        Files.write(staged, String.join("", last).getBytes(UTF_8));
        Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(staged);
      }
    } catch (IOException e) {
      // It stays longer than it has to.
    }
  }

  private static String folded(String line) {
    return line.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "");
  }

  private static String unfolded(String line) {
    StringBuilder text = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length()) {
        i++;
        text.append(line.charAt(i) == 'n' ? '\n' : line.charAt(i));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
