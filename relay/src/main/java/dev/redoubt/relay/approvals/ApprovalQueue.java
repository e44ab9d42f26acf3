// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.approvals;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Json;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Calls that were refused until a person says yes, as files that every relay and every command of
/// this user sees.
///
/// A yes holds for exactly the call that was shown, for a while, and once: whoever takes it first
/// has it. Safe to share between threads and programs.
public final class ApprovalQueue {

  /// How many calls wait at most; more are refused without being kept.
  public static final int MOST = 200;

  /// How many characters of arguments a person is shown at most: a longer call is not kept.
  public static final int LONGEST_ARGUMENTS = 20_000;

  private static final Duration WAITS = Duration.ofHours(1);
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_TEXT = 2_000;
  private static final int ID = 12;
  private static final Limits LIMITS = new Limits(512 << 10, 20, 1_000);

  private final Path waiting;
  private final Path granted;
  private final Path taken;
  private final Clock clock;

  /// @param folder where it is kept; made when it is needed
  public ApprovalQueue(Path folder, Clock clock) {
    this.waiting = folder.resolve("waiting");
    this.granted = folder.resolve("granted");
    this.taken = folder.resolve("taken");
    this.clock = requireNonNull(clock, "clock");
  }

  /// A call that waits.
  ///
  /// @param digest of the call, 64 lower-case hex digits
  /// @param server what it is called in rules
  /// @param place the folder and the command of the server, as they are shown
  /// @param tool its name
  /// @param arguments as they are shown to a person, without secrets
  /// @param reason why it was refused
  public record Waiting(
      String digest, String server, String place, String tool, String arguments, String reason) {
    public Waiting {
      requireNonNull(place, "place");
      requireNonNull(server, "server");
      requireNonNull(tool, "tool");
      requireNonNull(arguments, "arguments");
      requireNonNull(reason, "reason");
      if (!digest.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException("\"%s\" is no SHA-256".formatted(digest));
      }
    }

    /// Returns what a person calls it by.
    public String id() {
      return ApprovalQueue.id(digest);
    }
  }

  /// Returns what a call with the digest `digest` is called by a person.
  public static String id(String digest) {
    return digest.substring(0, ID);
  }

  /// Puts `call` into the queue for an hour, unless it waits already, the queue is full, or a
  /// person could not be shown the whole of its tool and arguments.
  ///
  /// @return whether it waits now
  /// @throws IOException if that cannot be written
  public boolean put(Waiting call) throws IOException {
    if (call.arguments().length() > LONGEST_ARGUMENTS || call.tool().length() > LONGEST_NAME) {
      return false;
    }
    makeFolder(waiting);
    removeOld();
    List<Waiting> before = waiting();
    if (isAmong(before, call.digest())) {
      return true;
    }
    if (before.size() >= MOST) {
      return false;
    }
    Map<String, Node> fields = new LinkedHashMap<>();
    fields.put("digest", text(call.digest()));
    fields.put("server", text(call.server()));
    fields.put("at", text(clock.instant().toString()));
    fields.put("place", text(cut(call.place())));
    fields.put("tool", text(call.tool()));
    fields.put("arguments", text(call.arguments()));
    fields.put("reason", text(cut(call.reason())));
    write(waiting.resolve(call.id() + ".json"), fields, false);
    return isAmong(waiting(), call.digest());
  }

  private static boolean isAmong(List<Waiting> calls, String digest) {
    return calls.stream().anyMatch(each -> each.digest().equals(digest));
  }

  /// Returns whether the call with the digest `digest` waits.
  ///
  /// @throws RedoubtException UNREADABLE if the queue cannot be read
  public boolean isWaiting(String digest) {
    return isAmong(waiting(), digest);
  }

  private static String cut(String text) {
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + " …" : text;
  }

  private void removeOld() throws IOException {
    for (Path file : entries(waiting)) {
      if (read(file).flatMap(this::waiting).isEmpty()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /// Returns the calls that wait, by id.
  ///
  /// @throws RedoubtException UNREADABLE if the queue cannot be read
  public List<Waiting> waiting() {
    List<Waiting> calls = new ArrayList<>();
    for (Path file : listed(waiting)) {
      read(file).flatMap(this::waiting).ifPresent(calls::add);
    }
    return calls;
  }

  private Optional<Waiting> waiting(Node node) {
    try {
      if (!isYoung(node.text("at").orElse(""))) {
        return Optional.empty();
      }
      return Optional.of(
          new Waiting(
              node.text("digest").orElse(""),
              node.text("server").orElse(""),
              node.text("place").orElse(""),
              node.text("tool").orElse(""),
              node.text("arguments").orElse(""),
              node.text("reason").orElse("")));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // Not written by a relay.
    }
  }

  private boolean isYoung(String at) {
    try {
      return clock.instant().isBefore(Instant.parse(at).plus(WAITS));
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /// Lets exactly `shown` pass once.
  ///
  /// @param by who said so
  /// @param holds how long
  /// @return whether it is kept; not when it waits no more
  /// @throws RedoubtException UNWRITABLE if the yes cannot be kept
  public boolean grant(Waiting shown, String by, Duration holds) {
    if (!waiting().contains(shown)) {
      return false;
    }
    Instant now = clock.instant();
    Map<String, Node> fields = new LinkedHashMap<>();
    fields.put("digest", text(shown.digest()));
    fields.put("by", text(by));
    fields.put("at", text(now.toString()));
    fields.put("until", text(now.plus(holds).toString()));
    try {
      makeFolder(granted);
      write(granted.resolve(shown.digest() + ".json"), fields, true);
      Files.deleteIfExists(waiting.resolve(shown.id() + ".json"));
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "the yes to \"%s\" cannot be kept: %s".formatted(shown.id(), RedoubtException.reason(e)),
          e);
    }
    return true;
  }

  /// Takes the call `id` out of the queue without letting it pass.
  ///
  /// @return the call; empty when none of this id waits
  public Optional<Waiting> drop(String id) {
    Optional<Waiting> call = named(id);
    try {
      if (call.isPresent()) {
        Files.deleteIfExists(waiting.resolve(call.get().id() + ".json"));
      }
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "\"%s\" cannot be taken out: %s".formatted(id, RedoubtException.reason(e)),
          e);
    }
    return call;
  }

  private Optional<Waiting> named(String id) {
    return waiting().stream().filter(call -> call.id().equals(id)).findFirst();
  }

  /// Takes the yes to the call with the digest `digest`, if there is one that still holds. Whatever
  /// happens, it is gone afterwards.
  ///
  /// @return who said yes; empty when nobody did
  public Optional<String> take(String digest) {
    Path file = granted.resolve(digest + ".json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Path mine = taken.resolve("%s-%s.json".formatted(digest, UUID.randomUUID()));
    try {
      makeFolder(taken);
      Files.move(file, mine, StandardCopyOption.ATOMIC_MOVE);
      Optional<Node> yes = read(mine);
      Files.delete(mine);
      return yes.filter(node -> node.text("digest").orElse("").equals(digest))
          .filter(node -> stillHolds(node.text("until").orElse("")))
          .map(node -> node.text("by").orElse("somebody"));
    } catch (IOException e) {
      return Optional.empty(); // Somebody else was first, or it cannot be read: nobody said yes.
    }
  }

  private boolean stillHolds(String until) {
    try {
      return clock.instant().isBefore(Instant.parse(until));
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static List<Path> listed(Path folder) {
    try {
      return entries(folder);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "the calls that wait in \"%s\" cannot be read: %s"
              .formatted(folder, RedoubtException.reason(e)),
          e);
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.json")) {
      all.forEach(files::add);
    } catch (NoSuchFileException e) {
      return files;
    }
    files.sort(Comparator.comparing(Path::toString));
    return files;
  }

  private static Optional<Node> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(Json.readStrict(in.readNBytes((int) LIMITS.bytes() + 1), LIMITS));
    } catch (IOException e) {
      return Optional.empty(); // Gone since it was listed, or not written by a relay.
    }
  }

  private static Node text(String value) {
    return new Node.Text(value, 1);
  }

  private static void makeFolder(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /* Whoever lists the folder never sees half a file. */
  private static void write(Path file, Map<String, Node> fields, boolean replace)
      throws IOException {
    Path part = file.resolveSibling("." + UUID.randomUUID());
    byte[] json = JsonText.of(new Node.Obj(fields, 1)).getBytes(StandardCharsets.UTF_8);
    try (var out =
        Files.newByteChannel(
            part,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      for (var rest = ByteBuffer.wrap(json); rest.hasRemaining(); ) {
        out.write(rest);
      }
    }
    if (replace || !Files.exists(file)) {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.delete(part);
    }
  }
}
