// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.api.ModelChoice.Sizes;
import dev.redoubt.agent.api.Price;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.sandbox.network.WebHeader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {

  private static final Limits LIMITS = new Limits(10_000, 20, 1000);

  @Test
  void everyProviderAndEveryModelThatComesWithItCanBeRead() {
    Catalogue catalogue = Catalogue.builtIn();

    assertThat(catalogue.providers()).doesNotHaveDuplicates().contains("anthropic", "ollama");
    for (String id : catalogue.providers()) {
      assertThat(catalogue.provider(id).isPresent()).isEqualTo(!id.equals("azure"));
      assertThat(catalogue.models(id)).doesNotHaveDuplicates();
    }
    assertThat(catalogue.models("anthropic"))
        .contains(
            new Catalogue.Listed(
                "anthropic",
                "claude-sonnet-4-5",
                Optional.of(new Sizes(200_000, 64_000)),
                Optional.of(price("3", "0.3", "3.75", "15"))));
  }

  @Test
  void whatIsNotListedHasNeitherSizesNorPrice() {
    assertThat(Catalogue.builtIn().model("ollama", "qwen3:8b"))
        .isEqualTo(new Catalogue.Listed("ollama", "qwen3:8b", Optional.empty(), Optional.empty()));
  }

  @Test
  void theConfigurationStandsOverWhatIsKnown() throws Exception {
    Catalogue catalogue =
        with(
            """
            [providers.openai]
            residency = "eu"
            [providers.azure]
            base-url = "https://mine.openai.azure.com/openai/v1"
            [providers.near]
            base-url = "https://models.example/v1"
            protocol = "anthropic"
            auth = "bearer"
            key = "exec:pass show models"
            headers = { X-Team = "a" }
            api-version = "2024-10-21"
            quirks = ["no-effort"]
            [models."openai/gpt-5"]
            price-input = 1.10
            [models."near/big/model"]
            context = 1000
            price-input = 2
            price-output = 4.000000000001
            """);

    assertThat(catalogue.provider("openai").orElseThrow().residency()).isEqualTo("eu");
    assertThat(catalogue.provider("openai").orElseThrow().protocol())
        .isEqualTo(Protocol.OPENAI_RESPONSES);
    assertThat(catalogue.provider("azure").orElseThrow().endpoint().auth())
        .isEqualTo(Endpoint.Auth.API_KEY);
    assertThat(catalogue.provider("near"))
        .contains(
            new Provider(
                "near",
                Protocol.ANTHROPIC,
                new Endpoint(
                    Requests.url("https://models.example/v1"),
                    List.of(WebHeader.secret("X-Team", "a")),
                    Endpoint.Auth.BEARER,
                    "2024-10-21"),
                new KeySource.Exec("pass show models"),
                "unknown",
                Set.of(Quirk.NO_EFFORT)));
    assertThat(catalogue.model("openai", "gpt-5").price())
        .contains(price("1.10", "0.125", "1.10", "10"));
    assertThat(catalogue.models("near"))
        .containsExactly(
            new Catalogue.Listed(
                "near",
                "big/model",
                Optional.of(new Sizes(1000, Sizes.UNKNOWN.output())),
                Optional.of(price("2", "2", "2", "4.000000000001"))));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:1/v1, local",
    "http://me.localhost/v1, local",
    "http://127.8.0.1/v1, local",
    "http://[::1]/v1, local",
    "https://gpu.corp.example/v1, unknown",
    "https://localhost.example/v1, unknown",
    "https://10.0.0.7/v1, unknown",
    "https://0.0.0.0/v1, unknown"
  })
  void whatIsOfThisMachineIsNoLongerWhenItMoves(String url, String residency) throws Exception {
    String toml = "[providers.ollama]\nbase-url = \"%s\"\n".formatted(url);

    assertThat(with(toml).provider("ollama").orElseThrow().residency()).isEqualTo(residency);
    assertThat(with(toml).provider("ollama").orElseThrow().key()).isEqualTo(new KeySource.None());
    assertThat(with(toml + "residency = \"local\"").provider("ollama").orElseThrow().residency())
        .isEqualTo("local");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[providers.a b] | ",
        "[providers.a]\\nbase_url = 'https://a.example' | options.providers.a.base_url is no key",
        "[providers.a]\\nbase-url = 'ftp://a.example' | options.providers.a.base-url cannot be",
        "[providers.a]\\nbase-url = 'https://a.example?x=1' | has a query",
        "[providers.a]\\nprotocol = 'soap' | \"soap\" is not openai-chat",
        "[providers.a]\\nauth = 'basic' | options.providers.a.auth is not bearer",
        "[providers.a]\\nkey = 'sk-12345' | options.providers.a.key says where the key is",
        "[providers.a]\\nkey = 7 | options.providers.a.key is no text",
        "[providers.a]\\nheaders = { Host = 'x' } | the header Host is set by the client",
        "[providers.a]\\nquirks = ['odd'] | has \"odd\", which is none",
        "[providers.a]\\napi-version = 'a&b' | is no version",
        "[models.a]\\ncontext = 1 | is no model in the manner of",
        "[models.'a/b']\\nsize = 1 | options.models.\"a/b\".size is no key",
        "[models.'a/b']\\ncontext = 0 | is no number of tokens",
        "[models.'a/b']\\nprice-input = -1 | is no price",
        "[models.'a/b']\\nprice-input = 'free' | is no price"
      })
  void whatIsWrongIsNamedAndAKeyIsNotQuoted(String toml, String message) {
    assertThatThrownBy(() -> with(toml.replace("\\n", "\n")))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining(message == null ? "" : message)
        .hasMessageNotContaining("sk-12345");
  }

  @Test
  void everyExampleOfThePageCanBeRead() throws Exception {
    Path page = Path.of(System.getProperty("redoubt.root"), "docs", "models.md");
    String[] parts = Files.readString(page).split("```", -1);
    List<String> configured = new ArrayList<>();
    for (int i = 1; i < parts.length; i += 2) {
      if (parts[i].startsWith("toml\n")) {
        Node root = Toml.read(parts[i].substring(5).getBytes(UTF_8), LIMITS);
        Catalogue catalogue = Catalogue.builtIn().with(root.get("options").orElseThrow());
        for (String id : root.get("options").orElseThrow().fields("providers").keySet()) {
          Provider provider = catalogue.provider(id).orElseThrow();
          configured.add(id + " " + provider.protocol().text());
          if (id.startsWith("azure")) {
            Wire wire = provider.protocol().wire();
            configured.add(provider.endpoint().reference(wire, Requests.hello()));
          }
        }
      }
    }

    assertThat(configured)
        .containsExactly(
            "ollama openai-chat",
            "lmstudio openai-chat",
            "vllm openai-chat",
            "anthropic anthropic",
            "openai openai-responses",
            "google gemini",
            "groq openai-chat",
            "openrouter openai-chat",
            "together openai-chat",
            "mistral openai-chat",
            "azure openai-responses",
            "/openai/v1/responses",
            "azure-old openai-chat",
            "/openai/deployments/asked-1/chat/completions?api-version=2024-10-21",
            "house anthropic");
  }

  @Test
  void aCostIsExact() throws Exception {
    Price price = Catalogue.builtIn().model("anthropic", "claude-sonnet-4-5").price().orElseThrow();

    assertThat(price.of(new Usage(1_000_001, 400_000, 100_000, 3)))
        .isEqualTo(Cost.usd(new BigDecimal("1.995048")));
  }

  private static Price price(String input, String read, String write, String output) {
    return new Price(
        new BigDecimal(input), new BigDecimal(read), new BigDecimal(write), new BigDecimal(output));
  }

  private static Catalogue with(String toml) throws DocumentException {
    Node options = Toml.read(toml.getBytes(UTF_8), LIMITS);
    return Catalogue.builtIn().with(options);
  }
}
