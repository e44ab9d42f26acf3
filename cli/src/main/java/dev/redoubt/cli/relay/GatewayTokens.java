// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.document.Json;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Content;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The tokens of the gateway's clients, in a file of mode 0600 that holds their digests and never
/// the tokens. Read anew for each question, so that what is taken back counts at once. Safe to
/// share, also between programs.
final class GatewayTokens {

  private static final Limits LIMITS = new Limits(4L << 20, 10, 100_000);
  private static final int MOST = 1_000;
  private static final int BYTES = 32;

  private final Path file;
  private final Clock clock;

  GatewayTokens(Path folder, Clock clock) {
    this.file = requireNonNull(folder, "folder").toAbsolutePath().resolve("tokens.json");
    this.clock = requireNonNull(clock, "clock");
  }

  static GatewayTokens of(Call call) {
    return new GatewayTokens(
        call.globals().dataDir().toAbsolutePath().resolve("gateway"), call.world().clock());
  }

  /// What is known of one token.
  ///
  /// @param name what its client is called in rules and stops
  /// @param sha256 in hexadecimal digits
  /// @param servers which it may use; all when empty
  /// @param created when it was made
  record Entry(String name, String sha256, Set<String> servers, Instant created) {
    Entry {
      requireNonNull(name, "name");
      requireNonNull(sha256, "sha256");
      servers = Set.copyOf(servers);
      requireNonNull(created, "created");
    }
  }

  /// Returns a new token, which is kept nowhere.
  ///
  /// @param servers which it may use; all when empty
  /// @throws RedoubtException USAGE if there is one of that name
  String create(String name, Set<String> servers) {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String token = "rdg_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Entry made = new Entry(name, Content.of(token).sha256(), servers, clock.instant());
    change(entries -> {
      if (entries.stream().anyMatch(entry -> entry.name().equals(name))) {
        throw new RedoubtException(
            ErrorCode.USAGE,
            "there is a token \"%s\": revoke it first, or choose another name".formatted(name));
      }
      if (entries.size() >= MOST) {
        throw new RedoubtException(
            ErrorCode.USAGE, "there are %d tokens: revoke some first".formatted(MOST));
      }
      List<Entry> more = new ArrayList<>(entries);
      more.add(made);
      return more;
    });
    return token;
  }

  /// Takes a token back, and returns whether there was one.
  boolean revoke(String name) {
    boolean[] found = {false};
    change(entries -> {
      List<Entry> rest = new ArrayList<>(entries);
      found[0] = rest.removeIf(entry -> entry.name().equals(name));
      return rest;
    });
    return found[0];
  }

  /// Returns all, in the order in which they were made.
  ///
  /// @throws RedoubtException UNREADABLE if they cannot be read, or others could change them
  List<Entry> all() {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      Set<PosixFilePermission> rights =
          Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
      if (rights.contains(PosixFilePermission.GROUP_WRITE)
          || rights.contains(PosixFilePermission.OTHERS_WRITE)
          || rights.contains(PosixFilePermission.GROUP_READ)
          || rights.contains(PosixFilePermission.OTHERS_READ)) {
        throw new IOException("others can read or change it: chmod 600 it");
      }
      List<Entry> entries = new ArrayList<>();
      for (Node each :
          Json.readStrict(in.readNBytes((int) LIMITS.bytes() + 1), LIMITS).items("tokens")) {
        entries.add(entry(each));
      }
      return entries;
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "the tokens in \"%s\" cannot be read: %s".formatted(file, e.getMessage()),
          e);
    }
  }

  private static Entry entry(Node node) throws IOException {
    String sha256 = node.text("sha256").orElse("");
    Optional<String> name = node.text("name");
    if (name.isEmpty() || !sha256.matches("[0-9a-f]{64}")) {
      throw new IOException("it has a token without a name or a digest");
    }
    List<String> servers = new ArrayList<>();
    node.items("servers").forEach(server -> server.scalar().ifPresent(servers::add));
    // A list that cannot be read as names is no permission for all of them.
    if (node.get("servers").isPresent() && servers.isEmpty()) {
      throw new IOException("the token \"%s\" has no list of servers".formatted(name.get()));
    }
    return new Entry(
        name.get(), sha256, Set.copyOf(servers), Instant.parse(node.text("created").orElse("")));
  }

  /// Returns the digest of each token, by its name.
  Map<String, String> digests() {
    Map<String, String> digests = new LinkedHashMap<>();
    all().forEach(entry -> digests.put(entry.name(), entry.sha256()));
    return digests;
  }

  /// Returns whether a token was ever made, also when all were taken back since.
  boolean wereAny() {
    return !Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /// Returns whether the client of the token `name` may use `server`.
  boolean admits(String name, String server) {
    return all().stream()
        .filter(entry -> entry.name().equals(name))
        .anyMatch(entry -> entry.servers().isEmpty() || entry.servers().contains(server));
  }

  private void change(UnaryOperator<List<Entry>> work) {
    Path folder = requireNonNull(file.getParent());
    try {
      Files.createDirectories(requireNonNull(folder.getParent()));
      if (Files.notExists(folder)) {
        Files.createDirectories(folder, owner("rwx------"));
      }
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("tokens.lock"),
                  Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                  owner("rw-------"));
          FileLock lock = channel.lock()) {
        if (!lock.isValid()) {
          throw new IOException("it cannot be locked");
        }
        List<Entry> before = all();
        List<Entry> after = work.apply(before);
        if (!after.equals(before)) {
          write(folder, after);
        }
      }
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "the tokens in \"%s\" cannot be written: %s".formatted(file, RedoubtException.reason(e)),
          e);
    }
  }

  private void write(Path folder, List<Entry> entries) throws IOException {
    List<Node> nodes = new ArrayList<>();
    for (Entry entry : entries) {
      Map<String, Node> fields = new LinkedHashMap<>();
      fields.put("name", new Node.Text(entry.name(), 1));
      fields.put("sha256", new Node.Text(entry.sha256(), 1));
      if (!entry.servers().isEmpty()) {
        fields.put(
            "servers",
            new Node.Arr(
                entry.servers().stream()
                    .sorted()
                    .<Node>map(server -> new Node.Text(server, 1))
                    .toList(),
                1));
      }
      fields.put("created", new Node.Text(entry.created().toString(), 1));
      nodes.add(new Node.Obj(fields, 1));
    }
    String json = JsonText.of(new Node.Obj(Map.of("tokens", new Node.Arr(nodes, 1)), 1)) + "\n";
    Path fresh = Files.createTempFile(folder, "tokens-", ".json", owner("rw-------"));
    try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(json.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] owner(String rights) {
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
    };
  }
}
