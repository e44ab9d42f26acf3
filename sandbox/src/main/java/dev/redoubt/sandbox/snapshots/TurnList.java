// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.CanonicalJson;
import dev.redoubt.evidence.Payload;
import dev.redoubt.sandbox.snapshots.TurnRecord.End;
import dev.redoubt.sandbox.snapshots.TurnRecord.Kind;
import dev.redoubt.sandbox.snapshots.TurnRecord.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The turns of a workspace: JSON Lines that are only appended, one when a turn begins and one when
/// it ends.
///
/// A line counts once its line break is on the disk. What a crash left of a last line is cut before
/// the next one is appended.
final class TurnList {

  private static final String FILE = "turns.jsonl";
  private static final int MOST_BYTES = 64 << 20;
  private static final Limits LINE = new Limits(1 << 20, 5, 10_000);

  private final StoreFolder folder;
  private final NavigableMap<Integer, TurnRecord> turns;
  private long length;

  private TurnList(StoreFolder folder, NavigableMap<Integer, TurnRecord> turns, long length) {
    this.folder = folder;
    this.turns = turns;
    this.length = length;
  }

  /// Returns the turns of `folder`, none when nothing was recorded.
  ///
  /// @throws IOException if the list is damaged in the middle
  static TurnList read(StoreFolder folder) throws IOException {
    byte[] bytes;
    try {
      bytes = StoreFolder.read(folder.file(FILE), MOST_BYTES);
    } catch (NoSuchFileException e) {
      bytes = new byte[0];
    }
    TurnList list = new TurnList(folder, new TreeMap<>(), 0);
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        list.take(Arrays.copyOfRange(bytes, start, i));
        start = i + 1;
      }
    }
    list.length = start;
    return list;
  }

  private void take(byte[] line) throws IOException {
    try {
      Node node = Json.read(line, LINE);
      int number = number(node);
      if (text(node, "event").equals("began")) {
        turns.put(number, began(number, node));
      } else {
        TurnRecord open = turns.get(number);
        if (open == null) {
          throw new IOException("turn %d ends and never began".formatted(number));
        }
        turns.put(
            number,
            open.ended(
                new Hash(text(node, "after")),
                End.valueOf(text(node, "end")),
                Integer.parseInt(text(node, "changed"))));
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("the list of turns is damaged: " + e.getMessage(), e);
    }
  }

  private static TurnRecord began(int number, Node node) throws IOException {
    List<Integer> of = new ArrayList<>();
    for (Node turn : node.items("of")) {
      of.add(Integer.valueOf(turn.scalar().orElse("")));
    }
    String before = new Hash(text(node, "before")).hex();
    return new TurnRecord(
        number,
        Kind.valueOf(text(node, "kind")),
        Instant.parse(text(node, "at")),
        text(node, "what"),
        new Span(before, before, End.OPEN, 0),
        of);
  }

  /// Returns the turn that [#beganText] wrote.
  static TurnRecord began(String line) throws IOException {
    try {
      Node node = Json.read(line.getBytes(StandardCharsets.UTF_8), LINE);
      return began(number(node), node);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("a turn is damaged: " + e.getMessage(), e);
    }
  }

  private static int number(Node node) throws IOException {
    return Integer.parseInt(text(node, "turn"));
  }

  private static String text(Node node, String key) throws IOException {
    return node.scalar(key)
        .orElseThrow(() -> new IOException("the list of turns lacks \"%s\"".formatted(key)));
  }

  /// Returns the turns, oldest first.
  List<TurnRecord> all() {
    return List.copyOf(turns.values());
  }

  Optional<TurnRecord> turn(int number) {
    return Optional.ofNullable(turns.get(number));
  }

  Optional<TurnRecord> last() {
    return turns.isEmpty() ? Optional.empty() : Optional.of(turns.lastEntry().getValue());
  }

  /// Returns the number of the next turn.
  int next() {
    return turns.isEmpty() ? 1 : turns.lastKey() + 1;
  }

  /// Appends the beginning of a turn, durably.
  void began(TurnRecord turn) throws IOException {
    append(beganLine(turn));
    turns.put(turn.number(), turn);
  }

  /// Appends the end of a turn, durably.
  void ended(TurnRecord turn) throws IOException {
    append(endedLine(turn));
    turns.put(turn.number(), turn);
  }

  private void append(byte[] line) throws IOException {
    folder.steps().before("append to the list of turns");
    Path file = folder.file(FILE);
    try (FileChannel channel =
        StoreFolder.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(length);
      channel.position(length);
      StoreFolder.writeAll(channel, ByteBuffer.wrap(line));
      channel.force(true);
      length += line.length;
    }
  }

  /// Forgets every turn that is not in `kept`.
  void keep(List<TurnRecord> kept) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (TurnRecord turn : kept) {
      bytes.write(beganLine(turn));
      if (!turn.isOpen()) {
        bytes.write(endedLine(turn));
      }
    }
    folder.replace(FILE, bytes.toByteArray());
    length = bytes.size();
    turns.clear();
    kept.forEach(turn -> turns.put(turn.number(), turn));
  }

  private static byte[] beganLine(TurnRecord turn) {
    return beganText(turn).getBytes(StandardCharsets.UTF_8);
  }

  /// Returns the line of a turn that began, with its line break.
  static String beganText(TurnRecord turn) {
    List<Node> of = new ArrayList<>();
    turn.of().forEach(number -> of.add(new Node.Num(number.toString(), 1)));
    return line(
        new Payload()
            .text("at", turn.began().toString())
            .text("before", turn.span().before())
            .text("event", "began")
            .text("kind", turn.kind().toString())
            .node("of", new Node.Arr(of, 1))
            .number("turn", turn.number())
            .text("what", turn.what()));
  }

  private static byte[] endedLine(TurnRecord turn) {
    String text =
        line(
            new Payload()
                .text("after", turn.span().after())
                .number("changed", turn.span().changed())
                .text("end", turn.span().end().toString())
                .text("event", "ended")
                .number("turn", turn.number()));
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String line(Payload payload) {
    return new String(CanonicalJson.of(payload.object()), StandardCharsets.UTF_8) + '\n';
  }
}
