// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.models.ApiKey;
import dev.redoubt.agent.models.KeySource;
import dev.redoubt.agent.models.Keys;
import dev.redoubt.cli.Main;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.cli.Surroundings.Streams;
import dev.redoubt.cli.Surroundings.Terminals;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCommandsTest {

  private static final String KEY = "sk-test-0123456789abcdefghij";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T11:00:00Z"), ZoneOffset.UTC);

  @TempDir Path temporary;
  private Path home;
  private Path config;
  private String input = "";
  private final Map<String, String> environment = new HashMap<>();

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void makeAHome() throws IOException {
    home = temporary.toRealPath();
    config = home.resolve(".config/redoubt");
    Files.createDirectories(config);
    environment.put("HOME", home.toString());
    environment.put("PATH", home.resolve("bin") + ":/usr/bin:/bin");
  }

  @Test
  void aKeyIsReadFromStandardInputAndKeptForItsOwnerOnly() throws IOException {
    input = KEY + "\n";
    Ended added = run("auth", "add", "groq");

    Path file = config.resolve("keys/groq.key");
    assertThat(added)
        .isEqualTo(
            new Ended(
                0,
                "the key of groq is kept in the file %s, unencrypted and readable for you only\n"
                    .formatted(file),
                ""));
    assertThat(file).hasContent(KEY);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    assertThat(run("auth", "list").out())
        .contains("groq             file " + file)
        .contains("ollama           none needed")
        .contains("openai           missing")
        .doesNotContain(KEY);

    assertThat(run("auth", "remove", "groq"))
        .isEqualTo(new Ended(0, "the key of groq is gone\n", ""));
    assertThat(run("auth", "remove", "groq").code()).isEqualTo(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void whatIsNoKeyIsNotKeptAndNotQuoted() {
    input = "two words";
    Ended refused = run("auth", "add", "groq");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("that is no key").doesNotContain("two words");
    assertThat(config.resolve("keys")).doesNotExist();
    assertThat(run("auth", "add", "grok").err()).contains("did you mean \"groq\"?");
    assertThat(run("auth", "add", "groq", KEY).code()).isEqualTo(2);
  }

  @Test
  void aKeyringIsUsedWhenItWorksAndAFileWhenItDoesNot() throws IOException {
    environment.put("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    Path kept = home.resolve("kept");
    program(
        "secret-tool",
        """
        echo "$@" >> "%1$s.log"
        case "$1" in
          store) cat > "%1$s" ;;
          lookup) cat "%1$s" ;;
          clear) rm "%1$s" ;;
        esac
        """
            .formatted(kept));
    input = KEY;

    assertThat(run("auth", "add", "groq").out())
        .isEqualTo("the key of groq is kept in the secret service\n");
    assertThat(kept).hasContent(KEY);
    assertThat(home.resolve("kept.log")).content().doesNotContain(KEY);
    assertThat(config.resolve("keys/groq.key")).doesNotExist();
    assertThat(run("auth", "list").out()).contains("groq             keyring");
    assertThat(find(new KeySource.Usual(List.of(), "groq")))
        .isEqualTo(new Keys.Found.Key(ApiKey.of(KEY)));
    assertThat(run("auth", "remove", "groq").code()).isZero();
    assertThat(kept).doesNotExist();

    program("secret-tool", "exit 1\n");
    assertThat(run("auth", "add", "groq").out()).contains("is kept in the file");
  }

  @Test
  void keysAreFoundWhereTheyAre() throws IOException {
    KeySource usual = new KeySource.Usual(List.of("A_KEY", "B_KEY"), "groq");
    assertThat(find(usual))
        .isEqualTo(
            new Keys.Found.Missing("there is no key: set A_KEY or run redoubt auth add groq"));
    input = KEY;
    run("auth", "add", "groq", "--file");
    assertThat(find(usual)).isEqualTo(new Keys.Found.Key(ApiKey.of(KEY)));
    environment.put("B_KEY", "other ");
    assertThat(find(usual)).isEqualTo(new Keys.Found.Key(ApiKey.of("other")));
    environment.put("A_KEY", "no key");
    assertThat(find(usual).toString())
        .contains("what A_KEY holds is no key")
        .doesNotContain("no key]");
    Files.setPosixFilePermissions(
        config.resolve("keys/groq.key"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(find(new KeySource.Usual(List.of(), "groq")).toString())
        .contains("others can read the key");
  }

  @Test
  void aProgramMayPrintTheKey() throws IOException {
    program("print-key", "echo \"$1\"\n");
    program("fail", "exit 3\n");
    program("print-much", "echo a b\n");

    assertThat(find(new KeySource.Exec("print-key 'k-1'")))
        .isEqualTo(new Keys.Found.Key(ApiKey.of("k-1")));
    assertThat(find(new KeySource.Exec(home + "/bin/fail")).toString()).contains("ended with 3");
    assertThat(find(new KeySource.Exec("print-much")).toString())
        .contains("Missing")
        .doesNotContain("a b");
    assertThat(find(new KeySource.Exec("/nonexistent/x")).toString()).contains("cannot be started");
    assertThat(find(new KeySource.Exec("'open")).toString()).contains("a quote is not closed");
  }

  @Test
  void modelsAreListedWithWhatIsKnown() throws Exception {
    configure(
        """
        [options.providers.near]
        base-url = "https://models.example/v1"
        residency = "eu"
        key = "exec:print-key"
        [options.models."near/m"]
        context = 1000
        price-input = 0.10
        price-output = 2
        [options.models."near/n"]
        """);

    assertThat(run("models", "near").out())
        .isEqualTo(
            """
            near  openai-chat  https://models.example/v1  data: eu  key: program
              near/m                                1,000 in, 8,192 out          $0.10 in, $0.10 cached, $2 out
              near/n                                size unknown                 price unknown
            """);
    Node json = json(run("models", "near", "--json").out());
    assertThat(json.items("providers").getFirst().items("models").getFirst().scalar("context"))
        .contains("1000");
    Node all = json(run("models", "--json").out());
    assertThat(all.items("providers"))
        .extracting(it -> it.text("id").orElse(""))
        .contains("near", "anthropic", "azure");
    assertThat(run("models").out())
        .contains("azure  (set options.providers.azure.base-url)")
        .contains("anthropic/claude-sonnet-4-5");
    assertThat(run("models", "nea").err()).contains("did you mean \"near\"?");
    assertThat(run("models", "nea").code()).isEqualTo(2);
  }

  @Test
  void aWrongConfigurationIsNamedWithItsLine() throws IOException {
    configure("[options.providers.near]\nkey = \"" + KEY + "\"\n");

    Ended refused = run("models");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("redoubt.toml:2: options.providers.near.key says where the key is")
        .doesNotContain(KEY);
  }

  @Test
  void aCheckAsksOneShortQuestion() throws IOException {
    try (ScriptedProvider provider =
        ScriptedProvider.start(
            Dialect.OPENAI_CHAT,
            Reply.say("OK"),
            Reply.error(401, "{\"error\":{\"message\":\"bad key " + KEY + "\"}}"))) {
      configure(
          "[options.providers.near]\nbase-url = \"%s\"\nkey = \"env:NEAR\"\n"
              .formatted(provider.url()));
      environment.put("NEAR", KEY);

      assertThat(run("auth", "check", "near", "--model", "m/1"))
          .isEqualTo(new Ended(0, "near answered as scripted-1\n", ""));
      assertThat(provider.asked().getFirst().header("authorization")).isEqualTo("Bearer " + KEY);
      assertThat(provider.asked().getFirst().body())
          .contains("\"model\":\"m/1\"", "\"max_tokens\":16");
      assertThat(run("auth", "check", "near", "--model", "m"))
          .isEqualTo(
              new Ended(5, "", "redoubt: near: status 401, \"bad key ***\" (credentials)\n"));
    }
    environment.remove("NEAR");
    assertThat(run("auth", "check", "near", "--model", "m"))
        .isEqualTo(
            new Ended(
                5,
                "",
                "redoubt: near: there is no key: set NEAR or run redoubt auth add near"
                    + " (credentials)\n"));
    assertThat(run("auth", "check", "near").err()).contains("which of its models?");
    assertThat(run("--offline", "auth", "check", "near").code()).isEqualTo(2);
    assertThat(run("auth", "check", "azure").err()).contains("options.providers.azure.base-url");
  }

  private Keys.Found find(KeySource source) {
    Surroundings world = world(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    try {
      return new KeyFinder(world, KeyStore.of(world)).find(source);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.createDirectories(home.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private void configure(String toml) throws IOException {
    Files.writeString(config.resolve("redoubt.toml"), toml);
  }

  private static Node json(String text) throws IOException {
    return Json.read(text.getBytes(UTF_8), new Limits(1 << 20, 20, 50_000));
  }

  private Ended run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(List.of(arguments), world(out, err));
    return new Ended(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  private Surroundings world(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Surroundings(
        environment,
        home,
        new Streams(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Terminals.NONE),
        CLOCK);
  }
}
