// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

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
import java.util.UUID;

/// The folder of the work on the far machine, whose word is not trusted.
final class FarTree {

  private static final Duration LOOKING = Duration.ofMinutes(5);
  private static final Duration CARRYING = Duration.ofMinutes(30);
  private static final int LONGEST_ANSWER = 64 << 20;

  private final SshLink link;
  private final Passage passage;
  private final SyncLimits limits;

  FarTree(SshLink link, Passage passage, SyncLimits limits) {
    this.link = requireNonNull(link, "link");
    this.passage = requireNonNull(passage, "passage");
    this.limits = requireNonNull(limits, "limits");
  }

  /// Returns what lies there now, by its own word.
  ///
  /// @param over the id of a command whose traces are taken away; empty for none
  /// @throws IOException if it does not say it to the end, or it is more than is kept the same
  FarListing look(String over) throws IOException, InterruptedException {
    Reply<String> reply =
        link.call(
            over.isEmpty() ? "scan" : "scan " + over,
            Sender.NOTHING,
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
    return FarListing.read(reply.received(), passage, limits.entries());
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
