// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.client.Person;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts to a person what one server wants to know: the whole form first, then each field, then what
/// would be sent. Whoever answers nothing has put the question away; nothing opens a page by
/// itself. Safe to share.
final class AskedPerson implements Person {

  private static final int MOST_TRIES = 3;
  private static final int LONGEST = 1_000;

  private static final String ANSWER = "answer";
  private static final String SEND = "send";
  private static final String OPENED = "I opened it";
  private static final String DECLINE = "decline";

  private final String server;
  private final Answers answers;

  AskedPerson(String server, Answers answers) {
    this.server = requireNonNull(server, "server");
    this.answers = requireNonNull(answers, "answers");
  }

  @Override
  public Reply ask(Question question) throws InterruptedException {
    return switch (question) {
      case Question.Page(String message, String url) -> page(message, url);
      case Question.Form(String message, Node.Obj schema) -> form(message, schema);
    };
  }

  private Reply page(String message, String url) throws InterruptedException {
    String text =
        """
        The MCP server %s wants you to go to a page: %s
        %s
        Nothing opens it by itself. Open it when you trust that address, and say so.\
        """
            .formatted(server, line(message), line(url));
    String said = answers.answer(text, List.of(OPENED, DECLINE)).orElse("");
    return switch (said) {
      case OPENED -> new Reply.Accepted(new Node.Obj(Map.of(), 1));
      case DECLINE -> new Reply.Declined();
      default -> new Reply.Cancelled();
    };
  }

  private Reply form(String message, Node.Obj schema) throws InterruptedException {
    List<FormField> fields = FormField.all(schema);
    StringBuilder text = new StringBuilder();
    text.append("The MCP server %s wants to know: %s".formatted(server, line(message)));
    for (FormField field : fields) {
      text.append("\n  - ").append(line(field.words()));
    }
    text.append("\nWhat you answer goes to that server: no passwords, no keys.");
    switch (answers.answer(text.toString(), List.of(ANSWER, DECLINE)).orElse("")) {
      case ANSWER -> {
        // Below.
      }
      case DECLINE -> {
        return new Reply.Declined();
      }
      default -> {
        return new Reply.Cancelled();
      }
    }
    Map<String, Node> content = new LinkedHashMap<>();
    for (FormField field : fields) {
      Optional<FormField.Filled> filled = filled(field);
      if (filled.isEmpty()) {
        return new Reply.Cancelled();
      }
      filled.get().value().ifPresent(value -> content.put(field.name(), value));
    }
    return sent(new Node.Obj(content, 1), fields);
  }

  /* Empty when the person put the question away. */
  private Optional<FormField.Filled> filled(FormField field) throws InterruptedException {
    String problem = "";
    for (int i = 0; i < MOST_TRIES; i++) {
      List<String> choices = new ArrayList<>(field.choices());
      if (!field.isRequired()) {
        choices.add(FormField.NOTHING);
      }
      // A list of numbers is shown with the texts; a text of one's own needs none.
      boolean plain = field.choices().isEmpty() && field.isRequired();
      Optional<String> said =
          answers.answer(problem + line(field.words()), plain ? List.of() : choices);
      if (said.isEmpty()) {
        return Optional.empty();
      }
      FormField.Filled filled = field.read(said.get());
      if (filled.problem().isEmpty()) {
        return Optional.of(filled);
      }
      problem = "That does not fit: %s.\n".formatted(filled.problem());
    }
    return Optional.empty();
  }

  /* What a field is given when nothing was said is sent too, so it is shown. */
  private Reply sent(Node.Obj content, List<FormField> fields) throws InterruptedException {
    StringBuilder text = new StringBuilder("This goes to the MCP server " + server + ":");
    for (FormField field : fields) {
      Optional<Node> value = content.get(field.name()).or(field::usual);
      text.append("\n  ")
          .append(line(field.name()))
          .append(": ")
          .append(value.map(JsonText::of).orElse("(left out)"));
    }
    String said = answers.answer(text.toString(), List.of(SEND, DECLINE)).orElse("");
    return switch (said) {
      case SEND -> new Reply.Accepted(content);
      case DECLINE -> new Reply.Declined();
      default -> new Reply.Cancelled();
    };
  }

  /* Foreign text has no lines of its own here: they could pass for ours. */
  private static String line(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
