// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Outputs;
import java.util.ArrayList;
import java.util.List;

/// Cuts what a tool says to the size that all tools share. The beginning and the end stay; all of
/// it is kept beside the log, where the tool `read_output` finds it.
final class Clip {

  /// The most characters of a result.
  static final int LONGEST = 30_000;

  private static final int HEAD = 20_000;
  private static final int TAIL = 9_000;

  private final Outputs outputs;

  Clip(Outputs outputs) {
    this.outputs = requireNonNull(outputs, "outputs");
  }

  List<Message.Seen> of(List<Message.Seen> content) {
    List<Message.Seen> cut = new ArrayList<>(content.size());
    int room = LONGEST;
    for (Message.Seen part : content) {
      if (part instanceof Message.Words(String text)) {
        String shorter = text.length() <= room ? text : shorter(text, room);
        room = Math.max(0, room - shorter.length());
        cut.add(new Message.Words(shorter));
      } else {
        cut.add(part);
      }
    }
    return cut;
  }

  private String shorter(String text, int room) {
    String reference = outputs.keep(text);
    int head = whole(text, (int) ((long) HEAD * room / LONGEST));
    int tail = whole(text, text.length() - (int) ((long) TAIL * room / LONGEST));
    return "%s\n[… %d of %d characters left out; to read them: read_output {\"reference\":"
            .formatted(text.substring(0, head), tail - head, text.length())
        + " \"%s\"} …]\n%s".formatted(reference, text.substring(tail));
  }

  /* Not between the two halves of one character. */
  private static int whole(String text, int at) {
    return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
  }
}
