// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Step;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Content;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a model sees of the result of a tool of a server.
final class CallResult {

  private static final Set<String> PICTURES =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp");
  private static final int MOST_PICTURES = 8;
  private static final int LARGEST_PICTURE = 5 << 20;

  private final List<Message.Seen> seen = new ArrayList<>();
  private int pictures;

  private CallResult() {}

  static Step.Done of(Node.Obj result, Node.Obj facts) {
    CallResult reading = new CallResult();
    result.items("content").forEach(reading::add);
    Optional<Node> structured = result.get("structuredContent");
    if (structured.isPresent() && !reading.hasWords()) {
      reading.say(JsonText.of(structured.get()));
    }
    if (reading.seen.isEmpty()) {
      reading.say("(no content)");
    }
    return new Step.Done(reading.seen, result.isTrue("isError"), facts);
  }

  /// Returns what a model sees of a resource that was read.
  static Step.Done read(Node.Obj result, Node.Obj facts) {
    CallResult reading = new CallResult();
    result.items("contents").forEach(reading::resource);
    if (reading.seen.isEmpty()) {
      reading.say("(no content)");
    }
    return new Step.Done(reading.seen, false, facts);
  }

  /// Returns what a model sees of a prompt. What the model itself is said to have said is named so.
  static List<Message.Seen> prompt(Node.Obj result) {
    CallResult reading = new CallResult();
    for (Node message : result.items("messages")) {
      if (!message.text("role").orElse("").equals("user")) {
        reading.say("[an answer, as the server gives it:]");
      }
      message.get("content").ifPresent(reading::add);
    }
    return List.copyOf(reading.seen);
  }

  private boolean hasWords() {
    return seen.stream()
        .anyMatch(part -> part instanceof Message.Words(String text) && !text.isBlank());
  }

  private void say(String text) {
    seen.add(new Message.Words(text));
  }

  private void add(Node item) {
    String kind = item.text("type").orElse("");
    switch (kind) {
      case "text" -> say(item.text("text").orElse(""));
      case "image" -> picture(item, "data");
      case "audio" -> say("[a sound, %s, is not shown]".formatted(type(item)));
      case "resource_link" ->
          say(
              "[resource %s: %s]"
                  .formatted(
                      item.text("uri").orElse("?"),
                      item.text("description").or(() -> item.text("name")).orElse("")));
      case "resource" -> resource(item.get("resource").orElse(item));
      default -> say("[something of kind \"%s\" is not shown]".formatted(kind));
    }
  }

  private void resource(Node resource) {
    String uri = resource.text("uri").orElse("?");
    Optional<String> text = resource.text("text");
    if (text.isEmpty() && PICTURES.contains(type(resource))) {
      say("[resource %s]".formatted(uri));
      picture(resource, "blob");
      return;
    }
    say(
        text.isPresent()
            ? "[resource %s]\n%s".formatted(uri, text.get())
            : "[resource %s, %s, is no text and not shown]".formatted(uri, type(resource)));
  }

  private void picture(Node item, String key) {
    byte[] bytes = bytes(item.text(key).orElse(""));
    if (bytes.length == 0 || !PICTURES.contains(type(item)) || pictures == MOST_PICTURES) {
      say("[a picture, %s, is not shown]".formatted(type(item)));
      return;
    }
    pictures++;
    seen.add(new Message.Image(type(item), Content.of(bytes)));
  }

  /* Nothing when it is no base64, or too much. */
  private static byte[] bytes(String data) {
    if (data.length() > LARGEST_PICTURE / 3 * 4) {
      return new byte[0];
    }
    try {
      return Base64.getDecoder().decode(data);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static String type(Node item) {
    return item.text("mimeType").orElse("of an unknown type");
  }
}
