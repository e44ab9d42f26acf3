// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcFormatException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads messages of JSON-RPC 2.0, and refuses what two readers could read differently: a key given
/// twice, text that is no UTF-8, a message that is neither request nor answer. Safe to share.
public final class RpcReader {

  private static final int DEEPEST = 200;
  private static final int MOST_NODES = 1_000_000;
  /* Every answer repeats it, so it is what a side that does not read fills the memory with. */
  private static final int LONGEST_ID = 1_000;
  private static final int MOST_MESSAGES = 1_000;

  private final Limits limits;

  /// @param largest the most bytes of what is received at once
  public RpcReader(int largest) {
    this.limits = new Limits(largest, DEEPEST, MOST_NODES);
  }

  /// Returns what `bytes` say.
  ///
  /// @throws RpcFormatException if they are no message
  public Envelope read(byte[] bytes) throws RpcFormatException {
    Node tree = tree(bytes);
    return switch (tree) {
      case Node.Obj object -> new Envelope(tree, List.of(message(object)), Envelope.Kind.SINGLE);
      case Node.Arr(List<Node> items, int _) ->
          new Envelope(tree, messages(items), Envelope.Kind.BATCH);
      case Node.Text _, Node.Num _, Node.Bool _, Node.Nothing _ ->
          throw new RpcFormatException(Kind.NOISE, "is JSON, and no message");
    };
  }

  private Node tree(byte[] bytes) throws RpcFormatException {
    try {
      return Json.readStrict(bytes, limits);
    } catch (DocumentException e) {
      throw new RpcFormatException(couldBeRead(bytes), String.valueOf(e.getMessage()));
    }
  }

  /* What a lenient reader takes for a message, or cannot even be looked at, is no mere noise. */
  private Kind couldBeRead(byte[] bytes) {
    int first = first(bytes);
    if (first != '{' && first != '[') {
      return Kind.NOISE;
    }
    if (bytes.length > limits.bytes() || !isText(bytes)) {
      return Kind.BROKEN;
    }
    try {
      Node lenient = Json.read(bytes, limits);
      return lenient instanceof Node.Arr || lenient.get("jsonrpc").isPresent()
          ? Kind.BROKEN
          : Kind.NOISE;
    } catch (DocumentException e) {
      return new String(bytes, StandardCharsets.UTF_8).contains("\"jsonrpc\"")
          ? Kind.BROKEN
          : Kind.NOISE;
    }
  }

  private static int first(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return b;
      }
    }
    return -1;
  }

  private static boolean isText(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static List<RpcMessage> messages(List<Node> items) throws RpcFormatException {
    if (items.isEmpty() || items.size() > MOST_MESSAGES) {
      throw new RpcFormatException(
          Kind.BROKEN,
          "is a list of %d messages, not 1 to %d".formatted(items.size(), MOST_MESSAGES));
    }
    List<RpcMessage> messages = new ArrayList<>(items.size());
    for (Node item : items) {
      if (!(item instanceof Node.Obj object)) {
        throw new RpcFormatException(Kind.BROKEN, "is a list with something that is no message");
      }
      messages.add(message(object));
    }
    return messages;
  }

  private static RpcMessage message(Node.Obj object) throws RpcFormatException {
    Optional<Node> version = object.get("jsonrpc");
    if (version.isEmpty()) {
      throw new RpcFormatException(Kind.NOISE, "is JSON without \"jsonrpc\"");
    }
    if (!(version.get() instanceof Node.Text(String text, int _)) || !text.equals("2.0")) {
      throw new RpcFormatException(Kind.BROKEN, "is not of JSON-RPC 2.0");
    }
    Optional<RpcId> id = id(object);
    Optional<Node> method = object.get("method");
    Optional<Node> result = object.get("result");
    Optional<Node> error = object.get("error");
    if (method.isPresent()) {
      if (!(method.get() instanceof Node.Text(String name, int _))
          || result.isPresent()
          || error.isPresent()) {
        throw new RpcFormatException(Kind.BROKEN, "is a request and an answer at once");
      }
      Optional<Node> params = params(object);
      return id.<RpcMessage>map(given -> new RpcMessage.Request(given, name, params))
          .orElseGet(() -> new RpcMessage.Notice(name, params));
    }
    if (result.isPresent() == error.isPresent()) {
      throw new RpcFormatException(Kind.BROKEN, "has not one of method, result and error");
    }
    return result.isPresent()
        ? new RpcMessage.Result(
            id.orElseThrow(
                () -> new RpcFormatException(Kind.BROKEN, "answers nobody: it has no id")),
            result.get())
        : new RpcMessage.Failure(id.orElse(RpcId.NOTHING), error(error.orElseThrow()));
  }

  private static Optional<RpcId> id(Node.Obj object) throws RpcFormatException {
    Optional<Node> id = object.get("id");
    if (id.isEmpty()) {
      return Optional.empty();
    }
    Optional<RpcId> read = RpcId.of(id.get());
    if (read.isEmpty()) {
      throw new RpcFormatException(Kind.BROKEN, "has an id that is no text and no number");
    }
    if (read.get().json().length() > LONGEST_ID) {
      throw new RpcFormatException(
          Kind.BROKEN, "has an id of more than %d characters".formatted(LONGEST_ID));
    }
    return read;
  }

  private static Optional<Node> params(Node.Obj object) throws RpcFormatException {
    Optional<Node> params = object.get("params").filter(given -> !(given instanceof Node.Nothing));
    if (params.isPresent()
        && !(params.get() instanceof Node.Obj)
        && !(params.get() instanceof Node.Arr)) {
      throw new RpcFormatException(Kind.BROKEN, "has params that are neither object nor list");
    }
    return params;
  }

  private static RpcError error(Node error) throws RpcFormatException {
    if (!(error instanceof Node.Obj)) {
      throw new RpcFormatException(Kind.BROKEN, "has an error that is no object");
    }
    return new RpcError(
        code(error), error.text("message").orElse("(no message)"), error.get("data"));
  }

  /* A code that is no whole number says no less that it failed. */
  private static long code(Node error) {
    try {
      return Long.parseLong(error.scalar("code").orElse(""));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
