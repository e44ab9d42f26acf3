// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static dev.redoubt.testkit.provider.Reply.call;
import static dev.redoubt.testkit.provider.Reply.error;
import static dev.redoubt.testkit.provider.Reply.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunModelsTest {

  private static final Reply BUSY = error(529, "{\"error\":{\"message\":\"no room\"}}");
  private static final Reply LOOK = call("bash", "{\"command\":\"pwd\"}");

  @TempDir private Path folder;
  @TempDir private Path home;
  private final List<ScriptedProvider> providers = new ArrayList<>();
  private String config = "";

  @AfterEach
  void close() {
    providers.forEach(ScriptedProvider::close);
  }

  @Test
  void theNextModelAnswersWhenTheFirstHasNoRoom() {
    ScriptedProvider one = provider("one", "eu", BUSY, BUSY);
    ScriptedProvider two = provider("two", "eu", LOOK, say("Here."));
    config +=
        """
        [options.fallback]
        models = ["one/a", "two/b"]
        longest-wait = "0s"
        """;

    Run run = run("go", "--model", "one/a", "--json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("one/a failed (overloaded): asking two/b instead", "\"text\":\"Here.\"");
    assertThat(one.asked()).hasSizeBetween(1, 2);
    assertThat(two.asked()).hasSize(2);
    assertThat(two.asked().getFirst().body()).contains("\"model\":\"b\"");
    assertThat(terminal().redoubt("evidence", "verify").exitCode()).isZero();
  }

  @Test
  void dataStaysWhereItMayBe() {
    ScriptedProvider one = provider("one", "eu", BUSY, BUSY);
    ScriptedProvider two = provider("two", "us", say("never"));
    config =
        "options.residencies = [\"eu\"]\n"
            + "options.fallback = { models = [\"two/b\"], attempts = 1 }\n"
            + config;

    Run run = run("go", "--model", "one/a");

    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err())
        .contains("two/b is not asked: two keeps data in \"us\", and only eu is allowed");
    assertThat(one.asked()).isNotEmpty();
    assertThat(two.asked()).isEmpty();
    Run elsewhere = run("go", "--model", "two/b");
    assertThat(elsewhere.exitCode()).isEqualTo(20);
    assertThat(two.asked()).isEmpty();
  }

  @Test
  void theModelIsTheOneOfTheModeElseTheLargeOne() {
    ScriptedProvider one =
        provider("one", "eu", say("1"), say("2"), say("3"), say("4"), say("5"), say("6"));
    config +=
        """
        [options.slots]
        large = "one/big"
        small = "one/little"
        [options.session-modes.plan]
        model = "one/planner"
        """;

    run("go");
    run("go", "--mode", "plan");
    run("go", "--model", "small");

    assertThat(one.asked())
        .filteredOn(asked -> asked.body().contains("\"tools\""))
        .extracting(asked -> asked.body().replaceFirst("(?s).*\"model\":\"(\\w+)\".*", "$1"))
        .containsExactly("big", "planner", "little");
  }

  @Test
  void limitsOfASessionAndADayEndItCleanly() {
    ScriptedProvider one = provider("one", "eu", say("1"), LOOK, say("2"), say("3"), say("4"));
    String before = config;
    config = before + "[options.limits.session]\nturns = 2\n";
    assertThat(run("go", "--model", "one/a").exitCode()).isZero();
    Run second = run("go", "--model", "one/a", "--continue");
    assertThat(second.exitCode()).isEqualTo(6);
    assertThat(second.err()).contains("this session may take 2 turns");

    config = before + "[options.limits.day]\nturns = 3\n";
    assertThat(run("go", "--model", "one/a").exitCode()).isZero();
    Run late = run("go", "--model", "one/a");
    assertThat(late.exitCode()).isEqualTo(6);
    assertThat(late.err()).contains("the work of this day may take 3 turns");
    config = before + "[options.limits.run]\ntokens = 1\n";
    assertThat(run("go", "--model", "one/a", "--max-tokens", "10000").exitCode()).isZero();
    assertThat(one.asked()).hasSize(4);
  }

  @Test
  void aDayWithADamagedSessionIsNotGuessedAt() throws IOException {
    ScriptedProvider one = provider("one", "eu", say("1"), say("2"));
    assertThat(run("go", "--model", "one/a").exitCode()).isZero();
    try (Stream<Path> all = Files.walk(home)) {
      Path log =
          all.filter(it -> it.getParent().getFileName().toString().startsWith("session-"))
              .filter(it -> it.toString().endsWith(".jsonl"))
              .findFirst()
              .orElseThrow();
      byte[] bytes = Files.readAllBytes(log);
      bytes[bytes.length / 2] ^= 1;
      Files.write(log, bytes);
    }
    assertThat(run("go", "--model", "one/a").exitCode()).isZero();

    config += "[options.limits.day]\nturns = 30\n";
    Run limited = run("go", "--model", "one/a");

    assertThat(limited.exitCode()).isEqualTo(6);
    assertThat(limited.err()).contains("the limit of this day cannot be kept: what the session");
    assertThat(one.asked()).hasSize(2);
  }

  @Test
  void aForkDoesNotCountWhatItTookOver() {
    provider("one", "eu", say("1"), say("2"), say("3"));
    config += "[options.limits.day]\nturns = 3\n";
    Run first = run("go", "--model", "one/a");
    String id = first.err().replaceFirst("(?s).*session ([0-9a-f-]+),.*", "$1");
    assertThat(terminal().redoubt("session", "fork", id).exitCode()).isZero();

    assertThat(run("go", "--model", "one/a").exitCode()).isZero();
    assertThat(run("go", "--model", "one/a").exitCode()).isZero();
    assertThat(run("go", "--model", "one/a").exitCode()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[options.fallback]\\nmodles = []|did you mean \"options.fallback.models\"?",
        "[options.fallback]\\non = [\"sunday\"]|options.fallback.on has \"sunday\"",
        "[options.fallback]\\non = [\"refused\"]|options.fallback.on has \"refused\"",
        "[options.fallback]\\nlast-resort = \"one/x\"|is a model of this machine, and one keeps",
        "[options.fallback]\\nlongest-wait = \"soon\"|is no time in the manner of 30s",
        "[options.limits.day]\\nusd = -1|options.limits.day.usd is no amount",
        "[options.limits.day]\\nusd = 5|options.limits.day.usd needs a price",
        "[options.limits.run]\\nusd = 5|options.limits.run.usd needs a price, and nobody knows what"
            + " \"one/a\" costs",
        "[options.session-modes.yolo]\\nmodel = \"one/x\"|there is no key"
            + " \"options.session-modes.yolo\"",
        "[options.slots]\\nlarge = 5|options.slots.large is no text",
        "[options]\\nresidencies = []|options.residencies is empty",
        "[options]\\nresidency = [\"eu\"]|did you mean \"options.residencies\"?",
      })
  void whatIsWrongIsNamed(String toml, String message) {
    ScriptedProvider one = provider("one", "eu");
    config += toml.replace("\\n", "\n") + "\n";

    Run run = run("go", "--model", "one/a");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(one.asked()).isEmpty();
  }

  @Test
  void aCheckoutHasNoSay() throws IOException {
    ScriptedProvider one = provider("one", "eu", say("ok"));
    ScriptedProvider two = provider("two", "eu", say("no"));
    Files.writeString(folder.resolve("redoubt.toml"), "[options.slots]\nlarge = \"two/b\"\n");

    assertThat(run("go", "--model", "one/a").exitCode()).isZero();
    assertThat(run("go").exitCode()).isEqualTo(2);
    assertThat(one.asked()).hasSize(1);
    assertThat(two.asked()).isEmpty();
  }

  private ScriptedProvider provider(String id, String residency, Reply... replies) {
    ScriptedProvider provider = ScriptedProvider.start(Dialect.OPENAI_CHAT, replies);
    providers.add(provider);
    config +=
        "[options.providers.%s]\nbase-url = \"%s\"\nkey = \"none\"\nresidency = \"%s\"\n"
            .formatted(id, provider.url(), residency);
    return provider;
  }

  private Run run(String prompt, String... options) {
    Path file = home.resolve("models.toml");
    try {
      Files.writeString(file, config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> all = new ArrayList<>(List.of("run", prompt, "--config", file.toString()));
    all.addAll(List.of(options));
    return terminal().redoubt(all.toArray(String[]::new));
  }

  private Terminal terminal() {
    return new Terminal(folder, home);
  }
}
