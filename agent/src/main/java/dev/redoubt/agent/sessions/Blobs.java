// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Outputs;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Content;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.secrets.Redaction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is too large for the log of a session, in files that are named by the SHA-256 of their
/// content and that only their owner can read. Safe to share.
///
/// Secrets in texts are masked, as in the log.
public final class Blobs implements Outputs {

  private static final String REFERENCE = "$blob";
  private static final String OUTPUT = "out-";
  private static final int REFERENCE_DIGITS = 12;
  private static final int LARGEST = 64 << 20;

  private final Path folder;

  Blobs(Path folder) {
    this.folder = requireNonNull(folder, "folder");
  }

  /// Keeps `text` and returns a reference, which is the beginning of its name.
  ///
  /// @throws RedoubtException UNWRITABLE if that fails
  @Override
  public String keep(String text) {
    return OUTPUT + keep(masked(text)).substring(0, REFERENCE_DIGITS);
  }

  @Override
  public Optional<String> text(String reference) {
    if (!reference.matches(OUTPUT + "[0-9a-f]{" + REFERENCE_DIGITS + "}")) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, reference.substring(OUTPUT.length()) + "*")) {
      for (Path file : files) {
        return content(String.valueOf(file.getFileName())).map(Blobs::decoded);
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Content masked(String text) {
    return Content.of(Redaction.text(text));
  }

  private static String decoded(Content content) {
    return new String(content.bytes(), UTF_8);
  }

  String keep(Content content) {
    String name = content.sha256();
    Path file = folder.resolve(name);
    if (Files.exists(file)) {
      return name;
    }
    try {
      OwnFiles.makeFolder(folder);
      Path staged = Files.createTempFile(folder, ".staged-", ".tmp", OwnFiles.file());
      try {
        try (FileChannel channel = FileChannel.open(staged, StandardOpenOption.WRITE)) {
          ByteBuffer rest = ByteBuffer.wrap(content.bytes());
          while (rest.hasRemaining()) {
            channel.write(rest);
          }
          channel.force(true);
        }
        Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(staged);
      }
      return name;
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "cannot write to \"%s\": %s".formatted(folder, RedoubtException.reason(e)),
          e);
    }
  }

  Optional<Content> content(String name) {
    if (!isName(name)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(folder.resolve(name))) {
      Content content = Content.of(in.readNBytes(LARGEST));
      return content.sha256().equals(name) ? Optional.of(content) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isName(String name) {
    if (name.length() != 64) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  /// Returns `value` with every text in it of more than `longest` characters kept here and a
  /// reference in its place.
  Node.Obj reduced(Node.Obj value, int longest) {
    Map<String, Node> fields = LinkedHashMap.newLinkedHashMap(value.fields().size());
    value.fields().forEach((name, field) -> fields.put(name, reduced(field, longest)));
    return new Node.Obj(fields, 1);
  }

  private Node reduced(Node value, int longest) {
    return switch (value) {
      case Node.Obj object -> reduced(object, longest);
      case Node.Arr(List<Node> items, int line) ->
          new Node.Arr(items.stream().map(item -> reduced(item, longest)).toList(), line);
      case Node.Text(String text, int _) ->
          text.length() <= longest
              ? value
              : new Payload().text(REFERENCE, keep(masked(text))).object();
      case Node.Num _, Node.Bool _, Node.Nothing _ -> value;
    };
  }

  /// Returns `value` with every reference replaced by the text it stands for.
  Node filled(Node value) {
    return switch (value) {
      case Node.Obj(Map<String, Node> fields, int line) -> {
        if (fields.size() == 1 && fields.get(REFERENCE) instanceof Node.Text(String name, int _)) {
          yield new Node.Text(
              content(name).map(Blobs::decoded).orElse("[a text that is gone]"), line);
        }
        Map<String, Node> whole = LinkedHashMap.newLinkedHashMap(fields.size());
        fields.forEach((name, field) -> whole.put(name, filled(field)));
        yield new Node.Obj(whole, line);
      }
      case Node.Arr(List<Node> items, int line) -> {
        List<Node> whole = new ArrayList<>(items.size());
        items.forEach(item -> whole.add(filled(item)));
        yield new Node.Arr(whole, line);
      }
      case Node.Text _, Node.Num _, Node.Bool _, Node.Nothing _ -> value;
    };
  }
}
