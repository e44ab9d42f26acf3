// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Agent;
import dev.redoubt.model.Component;
import dev.redoubt.model.Credential;
import dev.redoubt.model.Credential.Channel;
import dev.redoubt.model.Credential.Form;
import dev.redoubt.model.Endpoint;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Finding.Identity;
import dev.redoubt.model.Finding.Kind;
import dev.redoubt.model.Finding.Proof;
import dev.redoubt.model.InstructionFile;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.Location;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.McpServer.Settings;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Rating;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.model.Severity;
import dev.redoubt.model.Subject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {

  private static final Purl LIBRARY = Purl.of("npm", null, "http-kit", "1.2.0");
  private static final Purl SERVER = Purl.of("npm", null, "weather", "2.0.1");
  private static final Agent AGENT = new Agent("Claude Code", "claude-code", ".mcp.json");
  private static final Component LIBRARY_FOUND =
      Component.of(
          LIBRARY, Scope.PROD, Relation.TRANSITIVE, new Location("web/package-lock.json", 9));
  private static final Component SERVER_FOUND =
      new Component(
          SERVER,
          Scope.PROD,
          Relation.DIRECT,
          List.of(new Location("web/package-lock.json", 3)),
          List.of(),
          List.of(LIBRARY));

  @Test
  void aPackageReachesTheCredentialsOfTheServerThatRunsWhatAsksForIt() {
    McpServer weather = launched("weather", SERVER, "TOKEN");
    McpServer other = launched("other", Purl.of("npm", null, "other", "1.0.0"), "OTHER_TOKEN");

    assertThat(paths(finding(LIBRARY), weather, other))
        .containsExactly(
            List.of(
                "component:pkg:npm/http-kit@1.2.0",
                "component:pkg:npm/weather@2.0.1",
                "server:weather",
                "agent:claude-code",
                "credential:TOKEN"));
  }

  @Test
  void aServerThatRunsAnotherVersionDoesNotReach() {
    assertThat(
            paths(
                finding(SERVER),
                launched("weather", Purl.of("npm", null, "weather", "1.0.0"), "T")))
        .isEmpty();
  }

  @Test
  void aServerThatPinsNoVersionReachesWithEveryVersion() {
    assertThat(
            paths(finding(SERVER), launched("weather", Purl.of("npm", null, "weather", null), "T")))
        .hasSize(1);
  }

  @Test
  void aServerStartedFromSourceRunsWhatTheLockFileOfItsFolderInstalls() {
    McpServer own =
        server("own", new Endpoint.Local("node", List.of("./web/dist/index.js"), null), null, "T");

    assertThat(paths(finding(LIBRARY), own))
        .containsExactly(
            List.of(
                "component:pkg:npm/http-kit@1.2.0",
                "server:own",
                "agent:claude-code",
                "credential:T"));
  }

  @Test
  void aServerStartedFromAnotherFolderDoesNotReach() {
    McpServer own =
        server("own", new Endpoint.Local("node", List.of("./tools/index.js"), null), null, "T");

    assertThat(paths(finding(LIBRARY), own)).isEmpty();
  }

  @Test
  void aServerThatIsSwitchedOffReachesNothing() {
    McpServer off =
        new McpServer(
            "weather",
            AGENT,
            new Endpoint.Local("npx", List.of(), null),
            SERVER,
            new Settings(false, List.of(secret("TOKEN")), List.of(), List.of()),
            new Location(".mcp.json", 2));

    assertThat(paths(finding(SERVER), off)).isEmpty();
  }

  @Test
  void aPlainValueIsNoCredential() {
    McpServer weather =
        new McpServer(
            "weather",
            AGENT,
            new Endpoint.Local("npx", List.of(), null),
            SERVER,
            new Settings(
                true,
                List.of(new Credential("LANG", Channel.ENVIRONMENT, Form.PLAIN, null, null)),
                List.of("forecast"),
                List.of()),
            new Location(".mcp.json", 2));

    assertThat(paths(finding(SERVER), weather))
        .containsExactly(
            List.of(
                "component:pkg:npm/weather@2.0.1",
                "server:weather",
                "agent:claude-code",
                "tool:forecast"));
  }

  @Test
  void anInstructionFileReachesWhatItsReadersHold() {
    Inventory inventory =
        new Inventory(
            List.of(),
            List.of(AGENT),
            List.of(launched("weather", SERVER, "TOKEN")),
            List.of(new InstructionFile("CLAUDE.md", "claude-md", Map.of(), "x")));

    assertThat(
            new Reach(inventory)
                .rank(List.of(finding(new Subject.OfFile("CLAUDE.md"))))
                .getFirst()
                .paths())
        .containsExactly(
            List.of("file:CLAUDE.md", "agent:claude-code", "server:weather", "credential:TOKEN"),
            List.of("file:CLAUDE.md", "agent:claude-code"));
  }

  @ParameterizedTest
  @CsvSource({
    "claude-md, claude-code, true",
    "claude-rules, cursor, false",
    "copilot-instructions, vscode, true",
    "copilot-prompt, copilot-cli, true",
    "agents-md, anything, true",
    "skill, anything, true",
    "a-format-of-tomorrow, anything, true"
  })
  void aFileIsReadByItsAgentAndByAllWhenItsReaderIsNotKnown(
      String file, String agent, boolean reads) {
    assertThat(InstructionReaders.reads(agent, file)).isEqualTo(reads);
  }

  @Test
  void aCycleOfPackagesEnds() {
    Component a =
        new Component(
            LIBRARY,
            Scope.PROD,
            Relation.DIRECT,
            List.of(new Location("p", 1)),
            List.of(),
            List.of(SERVER));
    Inventory inventory =
        new Inventory(
            List.of(a, SERVER_FOUND),
            List.of(AGENT),
            List.of(launched("w", SERVER, "T")),
            List.of());

    assertThat(new Reach(inventory).rank(List.of(finding(LIBRARY))).getFirst().paths()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"9.8, true, , 78.8", "9.8, false, , 58.8", "5.3, false, 0.1, 33.8"})
  void theScoreFollowsThePublishedFormula(
      double score, boolean exploited, Double epss, double risk) {
    Finding finding =
        new Finding(
            new Identity("CVE-1", List.of()),
            Kind.ADVISORY,
            new Rating(Severity.ofScore(score), score, exploited, epss),
            new Subject.OfComponent(LIBRARY),
            new Proof("x", null, List.of()),
            List.of());

    assertThat(new Reach(inventory()).rank(List.of(finding)).getFirst().risk()).isEqualTo(risk);
  }

  @Test
  void whatIsNeededOnlyForDevelopmentCountsHalf() {
    Component development =
        Component.of(LIBRARY, Scope.DEV, Relation.DIRECT, new Location("package-lock.json", 1));
    Inventory inventory = new Inventory(List.of(development), List.of(), List.of(), List.of());

    assertThat(new Reach(inventory).rank(List.of(finding(LIBRARY))).getFirst().risk())
        .isEqualTo(15.0);
  }

  @Test
  void aMaliciousPackageIsNeverHalved() {
    Component development =
        Component.of(LIBRARY, Scope.DEV, Relation.DIRECT, new Location("package-lock.json", 1));
    Finding malicious =
        new Finding(
            new Identity("MAL-1", List.of()),
            Kind.MALICIOUS,
            Rating.of(Severity.CRITICAL),
            new Subject.OfComponent(LIBRARY),
            new Proof("x", null, List.of()),
            List.of());

    assertThat(
            new Reach(new Inventory(List.of(development), List.of(), List.of(), List.of()))
                .rank(List.of(malicious))
                .getFirst()
                .risk())
        .isEqualTo(80.0);
  }

  private static List<List<String>> paths(Finding finding, McpServer... servers) {
    return new Reach(inventory(servers)).rank(List.of(finding)).getFirst().paths();
  }

  private static Inventory inventory(McpServer... servers) {
    return new Inventory(
        List.of(LIBRARY_FOUND, SERVER_FOUND), List.of(AGENT), List.of(servers), List.of());
  }

  private static Finding finding(Purl purl) {
    return finding(new Subject.OfComponent(purl));
  }

  private static Finding finding(Subject subject) {
    return new Finding(
        new Identity("X-1", List.of()),
        Kind.ADVISORY,
        Rating.of(Severity.UNKNOWN),
        subject,
        new Proof("x", null, List.of()),
        List.of());
  }

  private static McpServer launched(String name, Purl launched, String credential) {
    return server(name, new Endpoint.Local("npx", List.of("x"), null), launched, credential);
  }

  private static McpServer server(
      String name, Endpoint endpoint, Purl launched, String credential) {
    return new McpServer(
        name,
        AGENT,
        endpoint,
        launched,
        new Settings(true, List.of(secret(credential)), List.of(), List.of()),
        new Location(".mcp.json", 2));
  }

  private static Credential secret(String name) {
    return new Credential(name, Channel.ENVIRONMENT, Form.REFERENCE, null, 1);
  }
}
