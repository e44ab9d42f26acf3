// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit.provider;

import java.util.List;
import java.util.Map;

/// What a scripted provider answers.
public sealed interface Reply {

  /// An answer in the wire format of the provider, streamed when the request asks for a stream.
  ///
  /// @param end why it stops, in the words of [End]
  record Says(List<Part> parts, End end, Tokens tokens) implements Reply {
    public Says {
      parts = List.copyOf(parts);
    }
  }

  /// The same as one document, whatever the request asks for.
  record Whole(Says answer) implements Reply {}

  /// Any HTTP answer with a known length.
  record Http(int status, Map<String, String> headers, String body) implements Reply {
    public Http {
      headers = Map.copyOf(headers);
    }
  }

  /// A stream of events, written as it is.
  record Stream(String events) implements Reply {}

  /// The bytes of another answer, delivered in some manner.
  record Delivered(Reply reply, Delivery delivery) implements Reply {}

  /// Why an answer stops.
  enum End {
    DONE,
    CALLS,
    LENGTH,
    FILTERED
  }

  /// How many tokens it says were used.
  ///
  /// @param input all of them
  /// @param cached the part of `input` that was read from a cache
  record Tokens(int input, int cached, int output) {}

  /// What is counted unless a test says otherwise.
  Tokens USUAL = new Tokens(20, 5, 7);

  /// Returns an answer of words.
  static Reply say(String text) {
    return new Says(List.of(new Part.Text(text)), End.DONE, USUAL);
  }

  /// Returns an answer of calls.
  static Reply calls(Part.Call... calls) {
    return new Says(List.of(calls), End.CALLS, USUAL);
  }

  /// Returns an answer of one call, with an id made of its tool.
  static Reply call(String tool, String arguments) {
    return calls(new Part.Call("call_" + tool, tool, arguments));
  }

  /// Returns an answer that stops for its calls, or because it is done when it has none.
  static Reply of(Part... parts) {
    List<Part> all = List.of(parts);
    boolean calls = all.stream().anyMatch(Part.Call.class::isInstance);
    return new Says(all, calls ? End.CALLS : End.DONE, USUAL);
  }

  /// Returns `answer` as one document, whatever the request asks for.
  static Reply whole(Says answer) {
    return new Whole(answer);
  }

  /// Returns an error with a JSON body.
  static Reply error(int status, String body) {
    return new Http(status, Map.of("Content-Type", "application/json"), body);
  }

  /// Returns this answer delivered in another manner.
  default Reply delivered(Delivery delivery) {
    return new Delivered(this, delivery);
  }
}
