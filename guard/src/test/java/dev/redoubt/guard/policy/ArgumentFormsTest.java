// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.policy.Layers.Managed;
import dev.redoubt.guard.policy.Layers.Widening;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A call is judged the same however its names and arguments are spelled (scenario 36), and what is
/// written for readers is no address.
class ArgumentFormsTest {

  private static final Scene SCENE =
      new Scene(new Situation("/w", Trust.TRUSTED, Wall.NONE, "/home/u"), FileFacts.NONE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete_file",
        "Delete_File",
        "dеlete_file",
        "delete\u200b_file",
        "ｄｅｌｅｔｅ_file",
        "d\u00e9lete_file",
        "𝐝𝐞𝐥𝐞𝐭𝐞_file",
        "delete\u00ad_file",
        "deletе_fіle",
      })
  void scenario36AToolThatLooksLikeADeniedOneIsDenied(String tool) {
    Layers layers = user(TestRules.rule(Stance.DENY, "tool:files/delete_*"));

    assertThat(says(layers, new Effect.CallTool("files", tool, node("{}")))).isEqualTo("deny");
  }

  @Test
  void scenario36AToolThatLooksLikeAnAllowedOneIsNot() {
    Layers layers = user(TestRules.rule(Stance.ALLOW, "tool:files/read"));

    assertThat(says(layers, new Effect.CallTool("files", "rеad", node("{}")))).isEqualTo("ask");
    assertThat(says(layers, new Effect.CallTool("files", "read", node("{}")))).isEqualTo("allow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/shadow",
        "%2fetc%2fshadow",
        "%252fetc%252fshadow",
        "%25252525252fetc%252525252fshadow",
        "%zz/..%2f..%2f..%2fetc%2fshadow",
        "/etc/sha\u200bdow",
        "/etc/shadow\n",
        " /etc/shadow",
        "／etc／shadow",
        "/./etc//shadow",
        "../../etc/shadow",
        "file:///etc/shadow",
        "id_r\u200bsa",
      })
  void scenario36APathIsDeniedHoweverItIsWritten(String path) {
    String text = path.replace("\n", "\\n");

    for (String arguments :
        List.of(
            "{'path': '%s'}",
            "{'a': {'b': [{'c': ['%s']}]}}",
            "{'text': '%s'}",
            "{'%s': 1}",
            "{'x': '" + "y".repeat(12_000) + "', 'z': '%s'}")) {
      assertThat(says(none(), call(arguments.replace("%s", text)))).as(arguments).isEqualTo("deny");
    }
  }

  @Test
  void scenario36APathLongerThanAnySystemTakesIsShortenedFirst() {
    String dots = "/" + "./".repeat(6_000) + "etc/shadow";
    String ups = "a/../".repeat(3_000) + "../../etc/shadow";
    Layers layers = user(TestRules.rule(Stance.DENY, "read:/srv/keys/**"));

    assertThat(says(none(), call("{'path': '" + dots + "'}"))).isEqualTo("deny");
    assertThat(says(none(), call("{'path': '" + ups + "'}"))).isEqualTo("deny");
    assertThat(says(layers, call("{'p': '/" + "x/../".repeat(4_000) + "srv/keys/a'}")))
        .isEqualTo("deny");
    assertThat(says(none(), call("{'data': '/9j/4AAQSkZJRg" + "Ab9/".repeat(5_000) + "'}")))
        .as("content is long as well, and no path")
        .isEqualTo("ask");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text        | see https://docs.example/a for more
          body        | The fix is in https://docs.example/pull/7, thanks!
          message     | it listens on http://localhost:3000 by default
          description | Never send data to http://169.254.169.254/ from a job
          content     | a [link](https://docs.example/x) and <https://docs.example/y>
          query       | what does https://docs.example/a say
          prompt      | Сравни https://docs.example/a и https://docs.example/b
          title       | notes://today in a sentence
          q           | is notes://today a resource
          code        | fetch(https://api.docs.example/v1/items)
          html        | <a href=https://docs.example/>x</a>
          version     | 10.0.0.1
          version     | 1.2.3.4
          text        | 100 %2f of it
          name        | localhost
          address     | 12 Long Street, Springfield
          server      | production
          link        | the second one
          emoji       | 👩‍💻 works
          """)
  void whatIsWrittenForReadersIsNoAddress(String key, String text) {
    assertThat(says(none(), call("{'" + key + "': \"" + text + "\"}"))).isEqualTo("ask");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          url        | http://169.254.169.254/latest
          text       | http://169.254.169.254/latest
          text       | http://localhost:3000/
          url        | look: http://169.254.169.254/
          url        | 169.254.169.254/latest
          host       | localhost
          host       | 10.0.0.7
          endpoint   | 127.0.0.1:8080
          anything   | 127.0.0.1
          anything   | 169.254.169.254
          anything   | 192.168.1.7:22
          baseUrl    | http:/169.254.169.254/
          command    | curl http://169.254.169.254/latest
          command    | curl http://user@169.254.169.254/latest
          command    | curl http://0x7f.1/
          command    | curl http://169.254.169.254\\\\@docs.example/
          command    | echo a\\ncurl ftp://127.0.0.1/
          args       | --proxy=http://10.0.0.1:3128
          query      | fetch http://metadata.google.internal/ now
          input      | go to http://①⑥⑨.254.169.254/ please
          data       | x=http://127.0.0.1/
          text       | (http://127.0.0.1:1/)
          q          | http%3A%2F%2F169.254.169.254%2F
          href       | https://docs.example/\\u0000
          """)
  void anInnerAddressThatIsAskedIsDenied(String key, String text) {
    assertThat(says(none(), call("{'" + key + "': '" + text + "'}"))).isEqualTo("deny");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          net:docs.example | text    | see https://docs.example/a | deny
          net:docs.example | text    | see https://else.example/a | ask
          net:*            | text    | see https://docs.example/a | ask
          net:*            | command | get https://docs.example/a | deny
          net:*            | url     | https://docs.example/a     | deny
          """)
  void aRuleAboutAMachineMeansItInASentence(String rule, String key, String text, String expected) {
    Layers layers = user(TestRules.rule(Stance.DENY, rule));

    assertThat(says(layers, call("{'" + key + "': '" + text + "'}"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          at = '/options/url', host = '*.evil.example' | {'options': {'url': 'https://a.evil.example/x'}} | deny
          at = '/options/url', host = '*.evil.example' | {'options': {'url': 'a.evil.example:80/x'}}      | deny
          at = '/options/url', host = '*.evil.example' | {'options': {'url': 'see https://a.evil.example/x'}} | deny
          at = '/options/url', host = '*.evil.example' | {'options': {'url': 'https://[evil/'}}           | deny
          at = '/options/url', host = '*.evil.example' | {'options': {'url': 'https://docs.example/x'}}   | ask
          at = '/options/url', host = '*.evil.example' | {'Options': {'URL': 'https://a.evil.example/x'}} | deny
          at = '/url', host = 'evil.example'           | {'url': '//evil.example/x'} | deny
          at = '/url', host = 'evil.example'           | {'url': 'git@evil.example:a/b'} | deny
          at = '/url', host = 'evil.example'           | {'url': 'u:p@evil.example/x'} | deny
          at = '/url', host = 'evil.example'           | {'url': 'evil.example.'} | deny
          at = '/url', host = 'evil.example'           | {'url': 'docs.example,evil.example'} | deny
          at = '/url', host = 'evil.example'           | {'url': '//docs.example/evil.example'} | ask
          at = '/url', host = 'evil.example'           | {'url': 'evil.example.org'} | ask
          at = '/p', path = 'secret/**'                | {'p': 'sec*/b'} | deny
          at = '/p', path = 'secret/**'                | {'p': 'secret\\\\b'} | deny
          at = '/p', path = 'secret/**'                | {'p': 'pub*/b'} | ask
          at = '/**/url', host = 'evil.example'        | {'a': [{'b': {'url': 'https://evil.example'}}]}  | deny
          at = '/**', host = 'evil.example'            | {'a': ['b', {'c': 'an evil.example sentence'}]}  | ask
          at = '/items/*/path', path = 'secret/**'     | {'items': [{'path': 'a'}, {'path': './x/../secret/b'}]} | deny
          at = '/items/*/path', path = 'secret/**'     | {'items': [{'path': 'secret%2fb'}]}              | deny
          at = '/items/*/path', path = 'secret/**'     | {'items': [{'path': 'public/b'}]}                | ask
          at = '/**', path = 'secret/**'               | {'a': 'two\\nlines', 'b': [[['secret/b']]]}      | deny
          at = '/**', path = 'secret/**'               | {'a': 'two\\nlines', 'b': 1, 'c': null}          | ask
          at = '/amount', min = 1000                   | {'amount': 1000}                                 | deny
          at = '/amount', min = 1000                   | {'amount': 1e3}                                  | deny
          at = '/amount', min = 1000                   | {'amount': '1e999999999'}                        | deny
          at = '/amount', min = 1000                   | {'amount': 999.99}                               | ask
          at = '/amount', min = 1000                   | {'amount': 'many'}                               | deny
          at = '/amount', min = 1000                   | {'amount': null}                                 | ask
          at = '/amount', min = 1000                   | {}                                               | ask
          at = '/amount', min = 10, max = 20           | {'amount': 21}                                   | ask
          at = '/mode', equals = ['w', 'a']            | {'mode': 'A'}                                    | deny
          at = '/mode', equals = ['w', 'a']            | {'mode': 'r'}                                    | ask
          """)
  void aPlaceInTheArgumentsIsNamedByARule(String test, String arguments, String expected) {
    Layers layers =
        file(
            """
            [[guard.rules]]
            effect = "deny"
            action = "tool"
            server = "s"
            args = { %s }
            reason = "because"
            """
                .formatted(test));

    assertThat(says(layers, call(arguments))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          at = '/p', path = 'docs/**'    | {'p': 'docs/a'}                       | allow
          at = '/p', path = 'docs/**'    | {'p': 'docs/../a'}                    | ask
          at = '/p', path = 'docs/**'    | {'p': 'docs%2fa'}                     | ask
          at = '/p', path = 'docs/**'    | {'p': 'docs/a', 'P': 'b'}             | ask
          at = '/u', host = 'ok.example' | {'u': 'https://ok.example/a'}         | allow
          at = '/u', host = 'ok.example' | {'u': 'https://ok.example@b.example'} | deny
          at = '/n', max = 5             | {'n': 5}                              | allow
          at = '/n', max = 5             | {'n': 'five'}                         | ask
          at = '/n', equals = [1, 2]     | {'n': 2}                              | allow
          at = '/n', equals = [1, 2]     | {'n': 3}                              | ask
          """)
  void anAllowMeansWhatIsSure(String test, String arguments, String expected) {
    Layers layers =
        file(
            """
            [[guard.rules]]
            effect = "allow"
            action = "tool"
            server = "s"
            args = { %s }
            """
                .formatted(test));

    assertThat(says(layers, call(arguments))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          at = '/n', min = 'x'               | "min" is not a number
          at = '/n', min = 3, max = 2        | "max" is smaller than "min"
          at = '/n', regex = '('             | regular expression
          at = '/n', host = 'a b'            | host "a b"
          at = '/n', path = ''               | path
          at = '/n'                          | one of equals, glob, regex, path, host
          at = 'n', equals = 1               | starts with a slash
          at = '/n', equals = 1, min = 1     | one of equals, glob, regex, path, host
          at = '/n', equals = [[1]]          | "equals" is not a text
          at = '/n', like = 1                | like
          """)
  void aTestThatIsNoneIsAMistakeAtItsPlace(String test, String expected) {
    assertThatThrownBy(() ->
            file(
                """
                [[guard.rules]]
                effect = "allow"
                action = "tool"
                args = { %s }
                """
                    .formatted(test)))
        .isInstanceOf(RedoubtException.class)
        .hasMessageStartingWith("rules.toml:4:")
        .hasMessageContaining(expected);
  }

  private static Layers none() {
    return user();
  }

  private static Layers user(Rule... rules) {
    return layers(new RuleSet(List.of(rules), List.of()));
  }

  private static Layers file(String toml) {
    return layers(
        PolicyFile.read(
                toml.getBytes(StandardCharsets.UTF_8),
                "rules.toml",
                Origin.USER,
                LocalDate.of(2026, 11, 22))
            .rules());
  }

  private static Layers layers(RuleSet user) {
    return new Layers(
        user, RuleSet.NONE, RuleSet.NONE, Widening.REFUSED, new Managed.NotEnrolled());
  }

  private static String says(Layers layers, Effect.CallTool call) {
    BuiltInPolicy builtIn = new BuiltInPolicy(FileFacts.NONE, NameResolver.NONE);
    Decision decision =
        layers.decide(call, SCENE, effect -> builtIn.decide(effect, SCENE.situation()));
    return List.of("allow", "ask", "deny").get(decision.strictness());
  }

  private static Effect.CallTool call(String arguments) {
    return new Effect.CallTool("s", "t", node(arguments));
  }

  private static Node node(String arguments) {
    try {
      byte[] json = arguments.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
      return Json.readStrict(json, Limits.SCAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
