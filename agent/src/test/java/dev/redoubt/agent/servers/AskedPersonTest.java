// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Json;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.client.Person.Question;
import dev.redoubt.mcp.client.Person.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedPersonTest {

  private final List<String> shown = new ArrayList<>();
  private final Deque<String> answers = new ArrayDeque<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"string\",\"minLength\":2,\"maxLength\":3}|a;abcd;abc|\"abc\"",
        "{\"type\":\"string\",\"format\":\"email\"}|me;me@mail.example|\"me@mail.example\"",
        "{\"type\":\"string\",\"format\":\"date\"}|today;2026-01-31|\"2026-01-31\"",
        "{\"type\":\"string\",\"format\":\"uri\"}|page;https://a.example/|\"https://a.example/\"",
        "{\"type\":\"string\",\"enum\":[\"r\",\"b\"],\"enumNames\":[\"Red\",\"Blue\"]}|green;Blue|\"b\"",
        "{\"type\":\"string\",\"oneOf\":[{\"const\":\"x\",\"title\":\"An x\"}]}|y;An x|\"x\"",
        "{\"type\":\"integer\",\"minimum\":1,\"maximum\":9}|0;10;7|7",
        "{\"type\":\"integer\"}|1.5;1e9;-3|-3",
        "{\"type\":\"number\"}|x;01;2.5|2.5",
        "{\"type\":\"boolean\"}|perhaps;Yes|true",
        "{\"type\":\"array\",\"maxItems\":2,\"items\":{\"enum\":[\"a\",\"b\",\"c\"]}}|a,b,c;a, d;c,"
            + " a|[\"c\",\"a\"]",
      })
  void aFieldTakesOnlyWhatItsSchemaHas(String field, String said, String sent) throws Exception {
    answers.add("answer");
    answers.addAll(List.of(said.split(";")));
    answers.add("send");

    assertThat(JsonText.of(content(form(field)))).isEqualTo("{\"it\":%s}".formatted(sent));
    assertThat(shown.getLast()).contains("it: " + sent);
    assertThat(answers).isEmpty();
  }

  @Test
  void whatIsSeenBeforeItIsSentIsTheWholeForm() throws Exception {
    answers.addAll(List.of("answer", "Ghent", "leave it out", "send"));
    Node.Obj content =
        content(
            new Question.Form(
                "Where\nto?\nsend",
                object(
                    """
                    {"properties":{"city":{"type":"string","title":"The city"},
                    "days":{"type":"integer","default":3}},"required":["city"]}\
                    """)));

    assertThat(JsonText.of(content)).isEqualTo("{\"city\":\"Ghent\"}");
    assertThat(shown)
        .containsExactly(
            """
            The MCP server far wants to know: Where to? send
              - city (string, needed): The city
              - days (integer) [usually 3]
            What you answer goes to that server: no passwords, no keys.\
            """,
            "city (string, needed): The city",
            "days (integer) [usually 3]",
            "This goes to the MCP server far:\n  city: \"Ghent\"\n  days: 3");
  }

  @ParameterizedTest
  @CsvSource({
    "'', Cancelled",
    "decline, Declined",
    "answer, Cancelled",
    "perhaps, Cancelled",
    "answer;7, Cancelled",
    "answer;7;decline, Declined",
    "answer;7;yes, Cancelled",
    "answer;x;y;z;7;send, Cancelled"
  })
  void everythingButAClearYesSendsNothing(String said, String reply) throws Exception {
    if (!said.isEmpty()) {
      answers.addAll(List.of(said.split(";")));
    }

    assertThat(ask(form("{\"type\":\"integer\"}")).getClass().getSimpleName()).isEqualTo(reply);
  }

  @Test
  void aPageIsShownAndOpenedByNobodyElse() throws Exception {
    answers.add("I opened it");
    Question page = new Question.Page("Pay", "https://pay.example/x");

    assertThat(ask(page)).isEqualTo(new Reply.Accepted(new Node.Obj(java.util.Map.of(), 1)));
    assertThat(shown.getFirst()).contains("far", "Pay", "https://pay.example/x");
    assertThat(ask(page)).isEqualTo(new Reply.Cancelled());
    answers.add("decline");
    assertThat(ask(page)).isEqualTo(new Reply.Declined());
  }

  private static Question.Form form(String field) throws Exception {
    return new Question.Form(
        "Which?", object("{\"properties\":{\"it\":%s},\"required\":[\"it\"]}".formatted(field)));
  }

  private static Node.Obj object(String json) throws Exception {
    return (Node.Obj) Json.readStrict(json.getBytes(UTF_8), new Limits(10_000, 20, 1_000));
  }

  private Node.Obj content(Question question) throws Exception {
    return ((Reply.Accepted) ask(question)).content();
  }

  private Reply ask(Question question) throws Exception {
    return new AskedPerson(
            "far",
            (text, _) -> {
              shown.add(text);
              return Optional.ofNullable(answers.poll());
            })
        .ask(question);
  }
}
