// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.pins;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.client.ToolDescriptor;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is kept about one server: every tool as it was described when it was first met or approved,
/// and what was said differently since and waits for an approval.
///
/// A file that cannot be read lets no tool through. Not safe to share between threads; between
/// programs the last who writes wins.
public final class PinFile {

  private static final Limits LIMITS = new Limits(64L << 20, 210, 2_000_000);

  private final Path file;
  private final String server;

  private PinFile(Path file, String server) {
    this.file = file;
    this.server = server;
  }

  /// Returns the pins of a server.
  ///
  /// @param dataDir where this program keeps its data
  /// @param scope who named the server: the same name from somebody else is another server
  public static PinFile of(Path dataDir, String scope, String server) {
    String name = Descriptors.sha256(scope + "\n" + server).substring(0, 32) + ".json";
    return new PinFile(dataDir.resolve("mcp").resolve("pins").resolve(name), server);
  }

  /// Returns what may be used of `tools`, all that the server has now. On the first time they are
  /// pinned; what is different later is written down and waits.
  ///
  /// @throws RedoubtException UNREADABLE if the pins cannot be read, UNWRITABLE if they cannot be
  ///   written
  public Review review(List<ToolDescriptor> tools) {
    Kept kept = read();
    if (kept.isFirst()) {
      write(new Kept(byName(tools), Map.of(), false));
      return new Review(tools, List.of(), List.of());
    }
    Map<String, Node.Obj> waiting = new LinkedHashMap<>();
    Review review = compared(kept, tools, waiting);
    if (!waiting.equals(kept.waiting())) {
      write(new Kept(kept.pinned(), waiting, false));
    }
    return review;
  }

  /// Returns what [#review] would, and writes nothing down: a server that was never met stays one.
  ///
  /// @throws RedoubtException UNREADABLE if the pins cannot be read
  public Review compare(List<ToolDescriptor> tools) {
    Kept kept = read();
    return kept.isFirst()
        ? new Review(tools, List.of(), List.of())
        : compared(kept, tools, new LinkedHashMap<>());
  }

  private static Review compared(
      Kept kept, List<ToolDescriptor> tools, Map<String, Node.Obj> waiting) {
    List<ToolDescriptor> accepted = new ArrayList<>();
    List<Difference> differences = new ArrayList<>();
    for (ToolDescriptor tool : tools) {
      Node.Obj pinned = kept.pinned().get(tool.name());
      if (pinned == null) {
        differences.add(
            new Difference(
                tool.name(),
                Difference.Kind.ADDED,
                Flat.difference(new Node.Obj(Map.of(), 1), tool.whole())));
        waiting.put(tool.name(), tool.whole());
      } else if (!Descriptors.sha256(pinned).equals(Descriptors.sha256(tool.whole()))) {
        differences.add(
            new Difference(
                tool.name(), Difference.Kind.CHANGED, Flat.difference(pinned, tool.whole())));
        waiting.put(tool.name(), tool.whole());
      } else {
        accepted.add(tool);
      }
    }
    Set<String> missing = new LinkedHashSet<>(kept.pinned().keySet());
    tools.forEach(tool -> missing.remove(tool.name()));
    return new Review(accepted, differences, List.copyOf(missing));
  }

  /// Returns whether nothing is pinned yet.
  ///
  /// @throws RedoubtException UNREADABLE if the pins cannot be read
  public boolean isFirst() {
    return read().isFirst();
  }

  /// Returns whether two descriptors say the same; the order of their keys says nothing.
  public static boolean isSame(Node.Obj one, Node.Obj other) {
    return Descriptors.sha256(one).equals(Descriptors.sha256(other));
  }

  /// Returns what waits for an approval.
  ///
  /// @throws RedoubtException UNREADABLE if the pins cannot be read
  public List<Difference> waiting() {
    Kept kept = read();
    List<Difference> differences = new ArrayList<>();
    kept.waiting()
        .forEach((tool, now) -> {
          Node.Obj pinned = kept.pinned().get(tool);
          differences.add(
              new Difference(
                  tool,
                  pinned == null ? Difference.Kind.ADDED : Difference.Kind.CHANGED,
                  Flat.difference(pinned == null ? new Node.Obj(Map.of(), 1) : pinned, now)));
        });
    return differences;
  }

  /// Returns how many tools are pinned.
  ///
  /// @throws RedoubtException UNREADABLE if the pins cannot be read
  public int pinned() {
    return read().pinned().size();
  }

  /// Pins what was shown of what waits. What a server said since is not pinned.
  ///
  /// @param shown what [#waiting] returned
  /// @throws RedoubtException UNREADABLE if the pins cannot be read, UNWRITABLE if they cannot be
  ///   written
  public void approve(List<Difference> shown) {
    Kept kept = read();
    Map<String, Node.Obj> pinned = new LinkedHashMap<>(kept.pinned());
    Map<String, Node.Obj> waiting = new LinkedHashMap<>(kept.waiting());
    for (Difference difference : waiting()) {
      Node.Obj now = kept.waiting().get(difference.tool());
      if (now != null && shown.contains(difference)) {
        pinned.put(difference.tool(), now);
        waiting.remove(difference.tool());
      }
    }
    write(new Kept(pinned, waiting, false));
  }

  private record Kept(
      Map<String, Node.Obj> pinned, Map<String, Node.Obj> waiting, boolean isFirst) {}

  private static Map<String, Node.Obj> byName(List<ToolDescriptor> tools) {
    Map<String, Node.Obj> named = new LinkedHashMap<>();
    tools.forEach(tool -> named.put(tool.name(), tool.whole()));
    return named;
  }

  private Kept read() {
    try (InputStream in = Files.newInputStream(file)) {
      Node root = Json.readStrict(in.readNBytes((int) LIMITS.bytes() + 1), LIMITS);
      return new Kept(objects(root, "pinned"), objects(root, "waiting"), false);
    } catch (NoSuchFileException e) {
      return new Kept(Map.of(), Map.of(), true);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "the pins of the server \"%s\" cannot be read: %s; remove \"%s\" to meet it anew"
              .formatted(server, RedoubtException.reason(e), file),
          e);
    }
  }

  private static Map<String, Node.Obj> objects(Node root, String key) throws DocumentException {
    if (!(root.get(key).orElse(null) instanceof Node.Obj(Map<String, Node> fields, int _))) {
      throw new DocumentException(1, "has no object \"%s\"".formatted(key), "remove the file");
    }
    Map<String, Node.Obj> objects = new LinkedHashMap<>();
    for (Map.Entry<String, Node> entry : fields.entrySet()) {
      if (!(entry.getValue() instanceof Node.Obj object)) {
        throw new DocumentException(1, "has a tool that is no object", "remove the file");
      }
      objects.put(entry.getKey(), object);
    }
    return objects;
  }

  private void write(Kept kept) {
    Map<String, Node> fields = new LinkedHashMap<>();
    fields.put("server", new Node.Text(server, 1));
    fields.put("pinned", new Node.Obj(new LinkedHashMap<>(kept.pinned()), 1));
    fields.put("waiting", new Node.Obj(new LinkedHashMap<>(kept.waiting()), 1));
    byte[] bytes = (JsonText.of(new Node.Obj(fields, 1)) + "\n").getBytes(StandardCharsets.UTF_8);
    Path folder = requireNonNull(file.getParent(), "a folder");
    try {
      // What could not be read again would look like a broken file, to be removed and met anew.
      Json.readStrict(bytes, LIMITS);
      Files.createDirectories(folder);
      Path part =
          Files.createTempFile(
              folder,
              "pins",
              ".part",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
        for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
          out.write(rest);
        }
        out.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "the pins of the server \"%s\" cannot be written: %s"
              .formatted(server, RedoubtException.reason(e)),
          e);
    }
  }
}
