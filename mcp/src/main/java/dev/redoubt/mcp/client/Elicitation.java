// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.client.Person.Question;
import dev.redoubt.mcp.client.Person.Reply;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcHandler.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts what a server wants to know to a person, and the answer into its form.
final class Elicitation {

  private static final long WRONG_PARAMS = -32_602;
  private static final int MOST_FIELDS = 64;
  private static final int LONGEST_MESSAGE = 4_000;
  private static final List<String> KINDS =
      List.of("string", "number", "integer", "boolean", "array");

  private Elicitation() {}

  static Node capability() {
    return new Fields()
        .and("form", new Fields().object())
        .and("url", new Fields().object())
        .object();
  }

  static Answer ask(Person person, Node params) throws InterruptedException {
    Optional<Question> question = question(params);
    if (question.isEmpty()) {
      return new Answer.Refuses(
          new RpcError(WRONG_PARAMS, "that is no form and no page that a person can be asked"));
    }
    return new Answer.Gives(
        switch (person.ask(question.get())) {
          case Reply.Accepted(Node.Obj content) -> accepted(question.get(), content);
          case Reply.Declined _ -> new Fields().and("action", "decline").object();
          case Reply.Cancelled _ -> new Fields().and("action", "cancel").object();
        });
  }

  private static Optional<Question> question(Node params) {
    String message = params.text("message").orElse("");
    if (message.length() > LONGEST_MESSAGE) {
      return Optional.empty();
    }
    return switch (params.text("mode").orElse("form")) {
      case "form" ->
          params
              .get("requestedSchema")
              .filter(Node.Obj.class::isInstance)
              .map(Node.Obj.class::cast)
              .filter(Elicitation::isFlat)
              .map(schema -> new Question.Form(message, schema));
      case "url" ->
          params
              .text("url")
              .filter(url -> url.startsWith("https://"))
              .map(url -> new Question.Page(message, url));
      default -> Optional.empty();
    };
  }

  private static boolean isFlat(Node.Obj schema) {
    Map<String, Node> fields = schema.fields("properties");
    return fields.size() <= MOST_FIELDS
        && fields.values().stream()
            .allMatch(field -> KINDS.contains(field.text("type").orElse("")));
  }

  /* A server is given what its form asks for, and nothing else. */
  private static Node accepted(Question question, Node.Obj content) {
    Fields answer = new Fields().and("action", "accept");
    return switch (question) {
      case Question.Page _ -> answer.object();
      case Question.Form(String _, Node.Obj schema) -> {
        Map<String, Node> filled = new LinkedHashMap<>();
        schema
            .fields("properties")
            .forEach((name, field) ->
                content
                    .get(name)
                    .or(() -> field.get("default"))
                    .ifPresent(value -> filled.put(name, value)));
        yield answer.and("content", new Node.Obj(filled, 1)).object();
      }
    };
  }
}
