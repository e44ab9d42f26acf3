// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.policy.Layers.Widening;
import dev.redoubt.guard.policy.Policy.FailMode;
import dev.redoubt.guard.policy.Rule.Source;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.testkit.Hostile;
import dev.redoubt.testkit.Seeded;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFileTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  @Test
  void aRuleKeepsWhereItIsWritten() {
    Rule rule =
        only(
            """
            [scan]
            exclude = ["a"]

            [[guard.rules]]
            effect = "allow"
            action = "run"
            command = "mvn *"
            """);

    assertThat(rule.source())
        .isEqualTo(new Source("policy.redoubt.toml:4", "redoubt.toml", 4, Origin.USER));
    assertThat(rule.stance()).isEqualTo(Stance.ALLOW);
  }

  @Test
  void aRuleCanNameItself() {
    Rule rule = only(rule("effect='ask'; action='run'; command='rm *'; reason='x'; id='no-rm'"));

    assertThat(rule.source().id()).isEqualTo("policy.no-rm");
  }

  @ParameterizedTest
  @CsvSource({
    "az09-.b, true",
    "a`b, false",
    "a{b, false",
    "a/b, false",
    "a:b, false",
    "a_b, false",
    "aB, false",
  })
  void anIdIsOfFewCharacters(String id, boolean valid) {
    String rule = rule("effect='allow'; action='run'; command='x'; id='" + id + "'");

    if (valid) {
      assertThat(only(rule).source().id()).isEqualTo("policy." + id);
    } else {
      assertThatThrownBy(() -> read(rule)).hasMessageContaining("lower-case letters");
    }
    assertThat(only(rule("effect='allow'; action='run'; command='x'; id='policy.a'")).source().id())
        .isEqualTo("policy.a");
    assertThat(only(rule("effect='ask'; action='run'; command='x'; reason='y'")).reason())
        .isEqualTo("y");
  }

  @Test
  void aManagedFileSaysNothingThatIsNotUnderstood() {
    for (String text :
        new String[] {
          "managed = 1", "managed = { expire = 1 }", "managed = { fail-mode = \"x\" }"
        }) {
      byte[] file = ("[guard]\n" + text).getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> PolicyFile.read(file, "m.toml", Origin.MANAGED, TODAY))
          .hasMessageStartingWith("m.toml:2:");
    }
  }

  @Test
  void aFileWithoutRulesSaysNothing() {
    assertThat(read("")).isEqualTo(Policy.EMPTY);
    assertThat(read("[guard]")).isEqualTo(Policy.EMPTY);
  }

  @Test
  void anExpiredRuleIsAWarning() {
    Policy policy = read(rule("effect='allow'; action='run'; command='mvn *'; expires=2026-11-21"));

    assertThat(policy.rules())
        .isEqualTo(
            new RuleSet(
                List.of(),
                List.of("redoubt.toml:1: the rule expired on 2026-11-21 and no longer counts")));
    assertThat(
            read(rule("effect='allow'; action='run'; command='mvn *'; expires=2026-11-22"))
                .rules()
                .warnings())
        .isEmpty();
  }

  @Test
  void onlyThePersonsOwnFileLetsAWorkspaceWiden() {
    byte[] file = "[guard]\nworkspace-may-widen = true".getBytes(StandardCharsets.UTF_8);

    assertThat(PolicyFile.read(file, "redoubt.toml", Origin.USER, TODAY).widening())
        .isEqualTo(Widening.GRANTED);
    assertThatThrownBy(() -> PolicyFile.read(file, "a/redoubt.toml", Origin.WORKSPACE, TODAY))
        .hasMessage(
            "a/redoubt.toml:2:1: \"workspace-may-widen\" counts in your own configuration only:"
                + " remove it");
  }

  @Test
  void aManagedFileSaysUntilWhenItIsGoodAndWhatThen() {
    byte[] file =
        "[guard.managed]\nexpires = 2027-01-31\nfail-mode = \"last-known\""
            .getBytes(StandardCharsets.UTF_8);

    assertThat(PolicyFile.read(file, "managed.toml", Origin.MANAGED, TODAY))
        .isEqualTo(
            new Policy(
                RuleSet.NONE,
                Widening.REFUSED,
                Optional.of(LocalDate.of(2027, 1, 31)),
                FailMode.LAST_KNOWN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          effect='deny'; action='run'; comand='rm' | 4:1: there is no key "guard.rules.comand"; did you mean "command"?
          efect='deny'                             | 1:1: a rule needs "effect"
          effect='allow'; command='rm'             | 1:1: a rule needs "action"
          effect='block'; action='run'             | 2:8: "effect" is allow, ask or deny, not "block"
          effect=1; action='run'                   | 2:8: "effect" is not a text
          effect='deny'; action='exec'             | 3:8: there is no action "exec"; valid here: run, read, write, delete, list, search, net, tool, start-server, model, load
          effect='deny'; action=['read','run']     | 3:16: the actions of one rule have to be of one kind: write one rule for "run" and one for the others
          effect='deny'; action=[]; path='a'       | 3:8: "action" is an empty list, which would mean nothing
          effect='deny'; action='run'; command='rm' | 1:1: a rule that says deny needs a "reason" for people to read
          effect='allow'; action='run'             | 1:1: nothing says what is meant: give at least one of command, program, args-regex
          effect='allow'; action='run'; command='' | 4:9: "command" is empty
          effect='allow'; action='run'; command='a ** b' | 4:9: command "a ** b": "**" can only be its last word
          effect='allow'; action='run'; command='a "b' | 4:9: command "a "b": a quote is not closed
          effect='allow'; action='run'; command=['a',1] | 4:9: a word of "command" is not a text
          effect='allow'; action='run'; path='a'   | 4:1: "path" says nothing about this action, which has command, program, args-regex
          effect='allow'; action='run'; args-regex='(' | 4:12: regular expression "(": missing closing )
          effect='allow'; action='run'; args-regex='a(?=b)' | 4:12: regular expression "a(?=b)": invalid or unsupported Perl syntax
          effect='allow'; action='read'; path='a/../b' | 4:6: path "a/../b": a pattern names no "..": write the path it means
          effect='allow'; action='tool'; server='a'; args=[{at='/**/a/**',glob='x'}] | 5:11: "at" has more than one "**": leave one
          effect='allow'; action='read'; path='a**' | 4:6: path "a**": "**" stands alone between two slashes, not in "a**"
          effect='allow'; action='read'; path=[]   | 4:6: "path" is an empty list, which would mean nothing
          effect='allow'; action='net'; host='a..b' | 4:6: host "a..b": the host "a..b" has an empty label
          effect='allow'; action='net'; host='a.example'; port=0 | 5:6: "port" is not a number from 1 to 65535
          effect='allow'; action='net'; host='a.example'; method='get' | 5:8: method "get": it is a word in capitals, in the manner of GET
          effect='allow'; action='tool'; server='a'; args=[{at='/x'}] | 5:1: an argument has an "at" that starts with a slash, and one of equals, glob, regex, path, host and min or max: { at = "/path", glob = "docs/*" }
          effect='allow'; action='tool'; server='a'; args=[{at='/x',like='y'}] | 5:16: there is no key "args.like"; valid here: at, equals, glob, regex, path, host, min, max
          effect='allow'; action='load'; kind='hooks' | 4:6: kind "hooks": it is one of hook, mcp-server, skill, plugin, policy, environment-file, instructions
          effect='allow'; action='run'; command='mvn *'; expires='soon' | 5:9: "expires" is no day in the manner of 2027-01-31: "soon"
          effect='allow'; action='run'; command='mvn *'; expires=2027-02-30 | 5:9: "expires" is no day in the manner of 2027-01-31: "2027-02-30"
          effect='allow'; action='run'; command='mvn *'; unless='mvn' | 5:8: "unless" is not a table with the same matchers as the rule
          effect='allow'; action='run'; command='mvn *'; unless={path='a'} | 5:9: "path" says nothing about this action, which has command, program, args-regex
          effect='allow'; action='run'; command='mvn *'; id='No Rm' | 5:4: "id" has lower-case letters, digits, dots and hyphens only
          effect='allow'; action='run'; command='mvn *'; tests={allow=['run:rm x']} | 5:15: the example "run:rm x" does not come out as allow: the rule does not match it
          effect='allow'; action='run'; command='mvn *'; tests={ask=['run:mvn x']} | 5:13: the example "run:mvn x" does not come out as ask: the rule matches it and says allow
          effect='allow'; action='run'; command='mvn *'; tests={allow=['mvn x']} | 5:15: example "mvn x": it starts with one of run, read, write, delete, list, search, net, tool, start-server, model, load and a colon
          effect='allow'; action='run'; command='mvn *'; tests={maybe=['run:mvn x']} | 5:8: there is no key "tests.maybe"; valid here: allow, ask, deny
          """)
  void aMistakeIsShownWithLineAndColumn(String written, String message) {
    assertThatThrownBy(() -> read(rule(written)))
        .isInstanceOf(RedoubtException.class)
        .hasMessage("redoubt.toml:" + message)
        .extracting(thrown -> ((RedoubtException) thrown).code())
        .isEqualTo(ErrorCode.USAGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [gaurd]                        | 1:2: there is no key "gaurd"; did you mean "guard"?
          guard = 1                      | 1:1: "guard" is not a table
          [guard]~ruls = []              | 2:1: there is no key "guard.ruls"; did you mean "rules"?
          [guard]~rules = 1              | 2:1: "guard.rules" is not a list of tables: write [[guard.rules]]
          [guard]~rules = [1]            | 2:1: a rule is a table: write [[guard.rules]] above it
          [guard.managed]                | 1:8: "guard.managed" counts in a managed policy only: remove it
          [guard]~workspace-may-widen=1  | 2:21: "workspace-may-widen" is not true or false
          [guard~rules = 1               | 1:7: is not TOML: the end of the line where "]" was expected
          """)
  void aMistakeOutsideOfRulesIsShownToo(String written, String message) {
    assertThatThrownBy(() -> read(written.replace('~', '\n')))
        .hasMessage("redoubt.toml:" + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          allow run 'mvn *'    | allow run 'mvn test'
          allow run 'mvn *'    | allow run 'mvn *'
          deny run 'mvn *'     | allow run 'mvn test'
          deny run '*'         | ask run 'mvn'
          ask run 'm*n *'      | ask run 'mvn -q test *'
          """)
  void aRuleThatCanNeverCountIsAnError(String first, String second) {
    assertThatThrownBy(() -> read(shortly(first) + shortly(second)))
        .hasMessageStartingWith("redoubt.toml:6:1: this rule never counts: redoubt.toml:1 ");
  }

  @Test
  void aRuleThatSilencesAnEarlierOneIsAnError() {
    assertThatThrownBy(() -> read(shortly("allow run 'mvn test'") + shortly("deny run 'mvn *'")))
        .hasMessage(
            "redoubt.toml:6:1: this rule says deny to everything that redoubt.toml:1 matches, which"
                + " therefore never counts");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          allow run 'mvn *'     | deny run 'mvn deploy'
          allow run 'mvn test'  | allow run 'mvn *'
          deny run 'mvn *'      | allow run 'mvnd *'
          deny run 'mvn'        | allow run 'mvn *'
          """)
  void aRuleThatStillCountsIsNone(String first, String second) {
    assertThat(read(shortly(first) + shortly(second)).rules().rules()).hasSize(2);
  }

  @Test
  void anExampleIsAskedOfTheWholeFile() {
    assertThatThrownBy(() ->
            read(
                rule(
                        "effect='allow'; action='run'; command='mvn *'; tests={allow=['run:mvn"
                            + " deploy']}")
                    + shortly("deny run 'mvn deploy'")))
        .hasMessage(
            "redoubt.toml:5:15: the example \"run:mvn deploy\" does not come out as allow:"
                + " redoubt.toml:6 says deny");
  }

  @Test
  void twoRulesCannotHaveOneId() {
    String rule = "effect='allow'; action='run'; id='a'; command=";

    assertThatThrownBy(() -> read(rule(rule + "'a'") + rule(rule + "'b'")))
        .hasMessage("redoubt.toml:6:1: the id \"policy.a\" is taken by redoubt.toml:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "effect='allow'; action=['read','list']; path=['docs/**','~/notes/*.md','/usr/share/**']",
        "effect='deny'; action='net'; host=['a.example','*.b.example']; port=[80,443];"
            + " method='POST'; path='/admin'; reason='x'",
        "effect='ask'; action='tool'; server='files'; tool=['read_*','list'];"
            + " args=[{at='/path',glob='docs/*'},{at='/n',equals=3}]; reason='x'",
        "effect='deny'; action='model'; provider='*'; residency=['us','unknown']; reason='x'",
        "effect='allow'; action='load'; kind='skill'; path='skills/**'",
        "effect='allow'; action='start-server'; server='files'",
        "effect='allow'; action='run'; command=[['git','log','*'],['git','diff']]",
        "effect='allow'; action='run'; command=['git','commit','-m','*']; program='git';"
            + " args-regex='[a-z-]+'; unless=[{command='git commit --amend *'}]"
      })
  void everyKindOfMatcherIsRead(String written) {
    assertThat(read(rule(written)).rules().rules()).hasSize(1);
  }

  @Test
  void nothingButARefusalComesOutOfARuinedFile() {
    for (byte[] input : Hostile.inputs().values()) {
      refusesOrReads(input);
    }
  }

  @Test
  void nothingButARefusalComesOutOfAnAlteredFile() {
    String valid =
        shortly("allow run 'mvn *'")
            + rule(
                "effect='deny'; action='tool'; server='s'; args=[{at='/a/*',regex='x+'}];"
                    + " reason='r'; tests={deny=['tool:s/t {\"a\":[\"xx\"]}']}");
    Seeded.check(2_000, random -> refusesOrReads(altered(valid, random)));
  }

  private static byte[] altered(String valid, RandomGenerator random) {
    byte[] bytes = valid.getBytes(StandardCharsets.UTF_8);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      String odd = "'\"[]{}=.,*\\\n#\u0000\u00ff:/-(0";
      bytes[random.nextInt(bytes.length)] =
          (byte)
              (random.nextBoolean()
                  ? odd.charAt(random.nextInt(odd.length()))
                  : bytes[random.nextInt(bytes.length)]);
    }
    return bytes;
  }

  private static void refusesOrReads(byte[] input) {
    try {
      PolicyFile.read(input, "redoubt.toml", Origin.USER, TODAY);
    } catch (RedoubtException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
    }
  }

  private static Policy read(String text) {
    return PolicyFile.read(
        text.getBytes(StandardCharsets.UTF_8), "redoubt.toml", Origin.USER, TODAY);
  }

  private static Rule only(String text) {
    List<Rule> rules = read(text).rules().rules();
    assertThat(rules).hasSize(1);
    return rules.getFirst();
  }

  /* One key a line, so that lines and columns mean something. */
  private static String rule(String written) {
    return "[[guard.rules]]\n" + written.replace("; ", "\n") + "\n";
  }

  private static String shortly(String written) {
    String[] parts = written.split(" ", 3);
    return rule(
        "effect='%s'; action='%s'; command=%s; reason='x'".formatted(parts[0], parts[1], parts[2]));
  }
}
