// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.ssh.KnownHashes.Stamp;
import dev.redoubt.sandbox.ssh.RemoteCall.Reply;
import dev.redoubt.sandbox.ssh.RemoteCall.Sender;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// The folder of the work on the far machine, whose word is not trusted.
final class FarTree {

  private static final Duration LOOKING = Duration.ofMinutes(5);
  private static final Duration CARRYING = Duration.ofMinutes(30);
  private static final int LONGEST_ANSWER = 64 << 20;

  private final SshLink link;
  private final Passage passage;
  private final SyncLimits limits;
  private final KnownHashes hashes;

  /// @param hashes of the files there, from earlier looks
  FarTree(SshLink link, Passage passage, SyncLimits limits, KnownHashes hashes) {
    this.hashes = requireNonNull(hashes, "hashes");
    this.link = requireNonNull(link, "link");
    this.passage = requireNonNull(passage, "passage");
    this.limits = requireNonNull(limits, "limits");
  }

  /// Returns what lies there now, by its own word.
  ///
  /// @param over the id of a command whose traces are taken away; empty for none
  /// @throws IOException if it does not say it to the end, or it is more than is kept the same
  FarListing look(String over) throws IOException, InterruptedException {
    FarListing listing = listing(over.isEmpty() ? "scan" : "scan " + over, Sender.NOTHING);
    SortedMap<String, Stamp> files = listing.stamped().files();
    Map<String, String> known = new TreeMap<>();
    List<String> unread = new ArrayList<>();
    files.forEach((path, stamp) ->
        hashes
            .hash(path, stamp)
            .ifPresentOrElse(hash -> known.put(path, hash), () -> unread.add(path)));
    if (!unread.isEmpty()) {
      FarListing read = hashes(unread);
      for (String path : unread) {
        if (read.tree().at(path) instanceof TreeEntry.File(String hash, boolean _)) {
          known.put(path, hash);
          hashes.learn(path, requireNonNull(files.get(path)), hash, listing.stamped().now());
        }
      }
    }
    hashes.keep();
    return listing.with(known);
  }

  /* The folders are named again, because what lies in none is not believed. */
  private FarListing hashes(List<String> paths) throws IOException, InterruptedException {
    String last = "end-" + UUID.randomUUID();
    StringBuilder folders = new StringBuilder("folders\n");
    StringBuilder list = new StringBuilder();
    Set<String> above = new TreeSet<>();
    for (String path : paths) {
      list.append("./").append(path).append('\n');
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        above.add(path.substring(0, slash));
      }
    }
    above.forEach(folder -> folders.append("./").append(folder).append('\n'));
    list.append(last).append('\n');
    String answer = answer("hash " + last, out -> out.write(list.toString().getBytes(UTF_8)));
    return FarListing.read(folders + answer, passage, limits.entries());
  }

  private FarListing listing(String call, Sender sender) throws IOException, InterruptedException {
    return FarListing.read(answer(call, sender), passage, limits.entries());
  }

  private String answer(String call, Sender sender) throws IOException, InterruptedException {
    Reply<String> reply =
        link.call(
            call,
            sender,
            in -> {
              byte[] bytes = in.readNBytes(LONGEST_ANSWER + 1);
              if (bytes.length > LONGEST_ANSWER) {
                throw new IOException("the far folder has too many files");
              }
              return new String(bytes, UTF_8);
            },
            LOOKING);
    if (reply.code() != 0) {
      throw new IOException("the far folder cannot be looked through");
    }
    return reply.received();
  }

  /// Makes what lies there what `changes` say.
  void change(List<Change> changes, NearTree near) throws IOException, InterruptedException {
    List<String> gone = gone(changes);
    if (!gone.isEmpty()) {
      String last = "end-" + UUID.randomUUID();
      Sender list =
          out -> out.write((String.join("\n", gone) + "\n" + last + "\n").getBytes(UTF_8));
      require(link.call("delete " + last, list, InputStream::read, LOOKING), "deleted");
    }
    List<Change> coming = changes.stream().filter(change -> change.to() != null).toList();
    if (!coming.isEmpty()) {
      String last = "end-" + UUID.randomUUID();
      Sender archive =
          to -> {
            OutputStream out = new BufferedOutputStream(to, 64 << 10);
            near.send(coming, new TarWriter(out));
            out.write(last.getBytes(UTF_8));
            out.flush();
          };
      require(link.call("put " + last, archive, InputStream::read, CARRYING), "written");
    }
  }

  private void require(Reply<Integer> reply, String done) throws IOException {
    if (reply.code() != 0) {
      throw new IOException("not everything could be %s on %s".formatted(done, link.name()));
    }
  }

  /* Files first, then folders from within. */
  private static List<String> gone(List<Change> changes) {
    List<String> files = new ArrayList<>();
    List<String> folders = new ArrayList<>();
    for (Change change : changes) {
      boolean folderStays =
          change.from() instanceof TreeEntry.Folder && change.to() instanceof TreeEntry.Folder;
      boolean replaced =
          change.from() instanceof TreeEntry.Folder || change.to() instanceof TreeEntry.Folder;
      if (change.from() == null || folderStays || (change.to() != null && !replaced)) {
        continue;
      }
      if (change.from() instanceof TreeEntry.Folder) {
        folders.addFirst("d./" + change.path());
      } else {
        files.add("f./" + change.path());
      }
    }
    files.addAll(folders);
    return files;
  }

  /// Takes the files at the end of an archive.
  @FunctionalInterface
  interface Taker {
    void take(String path, InputStream content) throws IOException;
  }

  /// Fetches the files at `paths`. What comes besides is not taken.
  void fetch(List<String> paths, Taker taker) throws IOException, InterruptedException {
    StringBuilder list = new StringBuilder();
    for (String path : paths) {
      list.append("./").append(path).append('\n');
    }
    link.call(
        "fetch",
        out -> out.write(list.toString().getBytes(UTF_8)),
        in -> {
          new Arrivals(paths, limits).take(new BufferedInputStream(in, 64 << 10), taker);
          return paths.size();
        },
        CARRYING);
  }
}
