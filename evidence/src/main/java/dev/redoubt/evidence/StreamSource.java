// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A stream that can be read: a folder of segments, one segment alone, or a part of a bundle.
///
/// @param stream the name it has to have, or empty when it may have any
/// @param segments in order
/// @param extent whether these are all segments there are
/// @param state whether somebody is writing it
public record StreamSource(
    Optional<String> stream, List<Segment> segments, Extent extent, State state) {

  /// One file of a stream.
  ///
  /// @param name for people
  /// @param number from 1, or 0 when its name does not say
  /// @param opener opens it for reading from its beginning
  public record Segment(String name, int number, Opener opener) {
    public Segment {
      requireNonNull(name, "name");
      requireNonNull(opener, "opener");
    }
  }

  /// Opens a file for reading; whoever opens it closes it.
  public interface Opener {
    InputStream open() throws IOException;
  }

  /// How much of a stream there is.
  public enum Extent {
    /// All of it, so it begins with its start.
    WHOLE,
    /// A segment from its middle; what came before is believed.
    PART
  }

  /// What the end of a stream may look like.
  public enum State {
    /// Nobody has it open, so it ends with a checkpoint.
    CLOSED,
    /// Somebody is writing it right now, so its last entries may wait for their checkpoint.
    LIVE
  }

  public StreamSource {
    requireNonNull(stream, "stream");
    segments = List.copyOf(segments);
    requireNonNull(extent, "extent");
    requireNonNull(state, "state");
  }

  /// Returns the stream called `stream` below an evidence folder.
  public static StreamSource of(EvidenceFolder evidence, String stream) throws IOException {
    State state = evidence.isLive(stream) ? State.LIVE : State.CLOSED;
    return folder(evidence.stream(stream), Optional.of(stream), state);
  }

  /// Returns the stream whose segments lie in `folder`.
  public static StreamSource of(Path folder) throws IOException {
    State state = StreamLock.isHeld(folder) ? State.LIVE : State.CLOSED;
    return folder(folder, Optional.empty(), state);
  }

  /// Returns the last two segments of `stream`: what is new is in them.
  public static StreamSource newest(EvidenceFolder evidence, String stream) throws IOException {
    StreamSource whole = of(evidence, stream);
    int count = whole.segments().size();
    return new StreamSource(
        whole.stream(),
        whole.segments().subList(Math.max(0, count - 2), count),
        Extent.PART,
        whole.state());
  }

  /// Returns the one segment in `file`: all of a stream, unless its number says that others came
  /// before.
  public static StreamSource segment(Path file) {
    String name = String.valueOf(file.getFileName());
    int number = Segments.number(name);
    Path folder = file.toAbsolutePath().getParent();
    boolean live = folder != null && StreamLock.isHeld(folder);
    return new StreamSource(
        Optional.empty(),
        List.of(new Segment(name, number, () -> Files.newInputStream(file))),
        number > 1 ? Extent.PART : Extent.WHOLE,
        live ? State.LIVE : State.CLOSED);
  }

  private static StreamSource folder(Path folder, Optional<String> stream, State state)
      throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (int number : Segments.numbers(folder)) {
      Path file = Segments.file(folder, number);
      String name = folder.getFileName() + "/" + file.getFileName();
      segments.add(new Segment(name, number, () -> Files.newInputStream(file)));
    }
    return new StreamSource(stream, segments, Extent.WHOLE, state);
  }
}
