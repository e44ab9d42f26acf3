// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Credential;
import dev.redoubt.model.Credential.Channel;
import dev.redoubt.model.Credential.Form;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretArgumentsTest {

  @Test
  void aValueAfterASecretFlagIsMasked() {
    assertThat(read("-y", "server", "--api-key", "9Zk2Lq7Vx1", "--port", "8080"))
        .isEqualTo(
            shown(
                List.of("-y", "server", "--api-key", "***", "--port", "8080"),
                credential("--api-key", Channel.ARGUMENT, Form.LITERAL_SECRET)));
  }

  @Test
  void aValueJoinedToASecretFlagIsMasked() {
    assertThat(read("--token=9Zk2Lq7Vx1", "--model=gpt-4o"))
        .isEqualTo(
            shown(
                List.of("--token=***", "--model=gpt-4o"),
                credential("--token", Channel.ARGUMENT, Form.LITERAL_SECRET)));
  }

  @ParameterizedTest
  @CsvSource({
    "--token=your-token-1234,--token=***",
    "--pat=HUNTERX12345,--pat=***",
    "--env=KEY=HUNTERAH12345,--env=KEY=***",
    "--header=X-Key:HUNTERAD123456,--header=X-Key:***",
    "postgres://u:password@db.internal/x,postgres://u:***@db.internal/x",
    "https://a.internal/?key=a1b2c3,https://a.internal/?key=***",
    "https://a.internal/0123456789abcdef0123456789abcdef/sse,https://a.internal/***/sse",
    "npx -y server --api-key HUNTER12345678,npx -y server --api-key ***",
    "--token=$TOKEN,--token=$TOKEN",
    "--token-file=/run/secrets/t1,--token-file=/run/secrets/t1",
    "--auth=oauth2,--auth=oauth2"
  })
  void whatCouldBeASecretIsHiddenEvenIfItMayBeNone(String argument, String shown) {
    assertThat(read(argument).arguments()).containsExactly(shown);
  }

  @Test
  void aReferenceAfterASecretFlagIsKeptAndNamed() {
    assertThat(read("--access-token", "${input:token}"))
        .isEqualTo(
            shown(
                List.of("--access-token", "${input:token}"),
                credential("--access-token", Channel.ARGUMENT, Form.REFERENCE)));
  }

  @Test
  void aHeaderOnTheCommandLineIsAHeader() {
    assertThat(read("mcp-remote", "--header", "Authorization: Bearer 8f14e45fceea"))
        .isEqualTo(
            shown(
                List.of("mcp-remote", "--header", "Authorization: ***"),
                credential("Authorization", Channel.HEADER, Form.LITERAL_SECRET)));
  }

  @Test
  void aVariablePassedOnOrSetIsPartOfTheEnvironment() {
    assertThat(read("run", "-e", "GITHUB_TOKEN", "-e", "DB_PASSWORD=hunter2", "-e", "mode=fast"))
        .isEqualTo(
            shown(
                List.of("run", "-e", "GITHUB_TOKEN", "-e", "DB_PASSWORD=***", "-e", "mode=fast"),
                credential("GITHUB_TOKEN", Channel.ENVIRONMENT, Form.REFERENCE),
                credential("DB_PASSWORD", Channel.ENVIRONMENT, Form.LITERAL_SECRET),
                credential("mode", Channel.ENVIRONMENT, Form.PLAIN)));
  }

  @Test
  void credentialsInAnAddressAreMasked() {
    assertThat(
            read("postgresql://app:pa55word@db.example/app", "https://a.example/?key=9Zk2Lq7Vx1"))
        .isEqualTo(
            shown(
                List.of("postgresql://app:***@db.example/app", "https://a.example/?key=***"),
                credential("userinfo", Channel.URL, Form.LITERAL_SECRET),
                credential("key", Channel.URL, Form.LITERAL_SECRET)));
  }

  @Test
  void aTokenThatStandsAloneIsNamedByItsPlace() {
    assertThat(read("server", "ghp_16C7e42F292c6912E7710c838347Ae178B4a"))
        .isEqualTo(
            shown(
                List.of("server", "***"),
                credential("args[1]", Channel.ARGUMENT, Form.LITERAL_SECRET)));
  }

  @Test
  void aConnectionStringKeepsEverythingButThePassword() {
    assertThat(read("Server=db;User Id=app;Password=pa55word;").arguments())
        .containsExactly("Server=db;User Id=app;Password=***;");
  }

  @Test
  void ordinaryArgumentsStayAsTheyAre() {
    List<String> arguments =
        List.of(
            "-y",
            "@modelcontextprotocol/server-filesystem@2025.8.21",
            "/home/me/projects/a-rather-long-Folder-Name-2024/src",
            "C:\\Users\\me\\Documents",
            "--model",
            "claude-sonnet-4-5-20250929",
            "--port=3000",
            "--max-tokens",
            "4096",
            "--token-file",
            "/run/secrets/token",
            "images.example/github/github-mcp-server@sha256:"
                + "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "https://mcp.example/sse",
            "6f9619ff-8b86-d011-b42d-00cf4fc964ff");

    assertThat(read(arguments.toArray(String[]::new))).isEqualTo(shown(arguments));
  }

  @Test
  void equalSecretsHaveEqualFingerprintsUnderOneKey() {
    Fingerprints key = Fingerprints.withKey("0123456789abcdef".getBytes(UTF_8));
    Fingerprints other = Fingerprints.withKey("fedcba9876543210".getBytes(UTF_8));

    assertThat(key.of("hunter2")).isEqualTo(key.of("hunter2")).hasSize(16);
    assertThat(key.of("hunter2")).isNotEqualTo(key.of("hunter3")).isNotEqualTo(other.of("hunter2"));
    assertThat(Fingerprints.NONE.of("hunter2")).isNull();
  }

  private static SecretArguments.Shown read(String... arguments) {
    return SecretArguments.read(
        Stream.of(arguments).map(text -> new SecretArguments.Argument(text, 3)).toList(),
        Fingerprints.NONE);
  }

  private static SecretArguments.Shown shown(List<String> arguments, Credential... credentials) {
    return new SecretArguments.Shown(arguments, List.of(credentials));
  }

  private static Credential credential(String name, Channel channel, Form form) {
    return new Credential(name, channel, form, null, 3);
  }
}
