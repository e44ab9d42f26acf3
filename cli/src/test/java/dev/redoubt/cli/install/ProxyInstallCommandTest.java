// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.cli.servers.ShellServer;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyInstallCommandTest {

  private static final String DESKTOP =
      """
      {
        "globalShortcut": "Alt+Space",
        "mcpServers": {
          "git hub": {
            "command": "npx",
            "args": ["-y", "@example/server-github"],
            "env": { "GITHUB_TOKEN": "made-up-value-1", "LOG": "x" }
          },
          "files": {
            "command": "/opt/files",
            "args": [
              "--root",
              "/srv/docs"
            ]
          },
          "bare": {"command":"bare-server"},
          "loader": { "command": "x", "env": { "LD_PRELOAD": "/tmp/x.so" } },
          "line": { "command": "npx -y thing" },
          "far": { "url": "https://mcp.example/mcp" }
        }
      }
      """;
  private static final String DESKTOP_AFTER =
      """
      {
        "globalShortcut": "Alt+Space",
        "mcpServers": {
          "git hub": {
            "command": "/opt/redoubt",
            "args": ["proxy", "--name", "git-hub", "--env", "GITHUB_TOKEN", "--env", "LOG", "--", "npx", "-y", "@example/server-github"],
            "env": { "GITHUB_TOKEN": "made-up-value-1", "LOG": "x" }
          },
          "files": {
            "command": "/opt/redoubt",
            "args": [
              "proxy", "--name", "files", "--", "/opt/files",
              "--root",
              "/srv/docs"
            ]
          },
          "bare": {"command":"/opt/redoubt", "args": ["proxy", "--name", "bare", "--", "bare-server"]},
          "loader": { "command": "x", "env": { "LD_PRELOAD": "/tmp/x.so" } },
          "line": { "command": "npx -y thing" },
          "far": { "url": "https://mcp.example/mcp" }
        }
      }
      """;
  private static final String VSCODE =
      """
      // servers of this project
      {
        "inputs": [{ "id": "key", "type": "promptString", "password": true }],
        "servers": {
          /* the weather */
          "weather": {
            "type": "stdio",
            "command": "uvx", // from the index
            "args": ["weather==1.0", "${workspaceFolder}",],
            "env": { "KEY_OF_API": "${input:key}", },
          },
          "secret": { "command": "x", "envFile": "${workspaceFolder}/.env" },
        },
      }
      """;
  private static final String VSCODE_AFTER =
      VSCODE
          .replace("\"uvx\", //", "\"/opt/redoubt\", //")
          .replace(
              "[\"weather==1.0\"",
              "[\"proxy\", \"--name\", \"weather\", \"--env\", \"KEY_OF_API\", \"--\", \"uvx\","
                  + " \"weather==1.0\"");
  private static final String CODEX =
      """
      model = "x" # a comment

      [mcp_servers.docs]
      command = "npx" # the docs
      args = ["-y", 'docs-mcp']
      env = { API_KEY = "made-up-value-2" }

      [mcp_servers."my server"]
      command = 'my-server'
      env_vars = ["REGION"]

      [mcp_servers."my server".env]
      MODE = "fast"

      [mcp_servers]
      inline = { command = "in", env = { A = "b" } }
      dotted.command = "no"

      [[profiles]]
      name = \"""
      a " b\"""
      """;
  private static final String CODEX_AFTER =
      """
      model = "x" # a comment

      [mcp_servers.docs]
      command = "/opt/redoubt" # the docs
      args = ["proxy", "--name", "docs", "--env", "API_KEY", "--", "npx", "-y", 'docs-mcp']
      env = { API_KEY = "made-up-value-2" }

      [mcp_servers."my server"]
      command = "/opt/redoubt"
      args = ["proxy", "--name", "my-server", "--env", "MODE", "--env", "REGION", "--", 'my-server']
      env_vars = ["REGION"]

      [mcp_servers."my server".env]
      MODE = "fast"

      [mcp_servers]
      inline = { command = "/opt/redoubt", args = ["proxy", "--name", "inline", "--env", "A", "--", "in"], env = { A = "b" } }
      dotted.command = "no"

      [[profiles]]
      name = \"""
      a " b\"""
      """;
  private static final String ZED =
      """
      {
        "theme": "One", // dark
        "context_servers": {
          "old": { "command": { "path": "old-server", "args": ["a"], "env": { "B": "c" } } },
          "new": { "source": "custom", "command": "new-server", "args": [] },
          "gallery": { "source": "extension", "settings": {} }
        }
      }
      """;
  private static final String ZED_AFTER =
      """
      {
        "theme": "One", // dark
        "context_servers": {
          "old": { "command": { "path": "/opt/redoubt", "args": ["proxy", "--name", "old", "--env", "B", "--", "old-server", "a"], "env": { "B": "c" } } },
          "new": { "source": "custom", "command": "/opt/redoubt", "args": ["proxy", "--name", "new", "--", "new-server"] },
          "gallery": { "source": "extension", "settings": {} }
        }
      }
      """;
  private static final String OPENCODE =
      """
      {"mcp": {"one": {"type": "local", "command": ["bun", "x", "one"], "environment": {"A": "b"}}}}
      """;
  private static final String OPENCODE_AFTER =
      """
      {"mcp": {"one": {"type": "local", "command": ["/opt/redoubt", "proxy", "--name", "one", "--env", "A", "--", "bun", "x", "one"], "environment": {"A": "b"}}}}
      """;
  private static final String PROJECTS =
      """
      {"projects": {"/work": {"mcpServers": {"p": {"type": "stdio", "command": "p", "args": [], "env": {}}}}}, "history": [{"mcpServers": {"q": {"command": "q"}}}]}
      """;
  private static final String PROJECTS_AFTER =
      PROJECTS.replace(
          "\"command\": \"p\", \"args\": []",
          "\"command\": \"/opt/redoubt\", \"args\": [\"proxy\", \"--name\", \"p\", \"--\", \"p\"]");

  @TempDir private Path folder;
  @TempDir private Path home;

  private Run install(String client, String... options) {
    List<String> arguments = new ArrayList<>(List.of("proxy", "install", client));
    arguments.addAll(List.of("--program", "/opt/redoubt"));
    arguments.addAll(List.of(options));
    return new Terminal(folder, home).redoubt(arguments.toArray(String[]::new));
  }

  private Path write(String file, String text) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  static Stream<Arguments> clients() {
    return Stream.of(
        Arguments.of(
            "claude-desktop", ".config/Claude/claude_desktop_config.json", DESKTOP, DESKTOP_AFTER),
        Arguments.of("cursor", ".cursor/mcp.json", DESKTOP, DESKTOP_AFTER),
        Arguments.of("windsurf", ".codeium/windsurf/mcp_config.json", DESKTOP, DESKTOP_AFTER),
        Arguments.of(
            "cline",
            ".config/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json",
            DESKTOP,
            DESKTOP_AFTER),
        Arguments.of("gemini-cli", ".gemini/settings.json", DESKTOP, DESKTOP_AFTER),
        Arguments.of("claude-code", ".claude.json", PROJECTS, PROJECTS_AFTER),
        Arguments.of("vscode", ".config/Code/User/mcp.json", VSCODE, VSCODE_AFTER),
        Arguments.of("codex", ".codex/config.toml", CODEX, CODEX_AFTER),
        Arguments.of("zed", ".config/zed/settings.json", ZED, ZED_AFTER),
        Arguments.of("opencode", ".config/opencode/opencode.json", OPENCODE, OPENCODE_AFTER));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void everyServerGoesThroughTheProxyAndComesBackExactly(
      String client, String file, String before, String after) throws IOException {
    Path path = write(file, before);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
    Path backup = path.resolveSibling(path.getFileName() + ".before-redoubt");

    Run shown = install(client);
    assertThat(shown.exitCode()).as(shown.err()).isZero();
    assertThat(shown.out()).endsWith("nothing was written; with --yes it is\n");
    assertThat(shown.out()).doesNotContain("made-up-value");
    assertThat(path).hasContent(before);
    assertThat(backup).doesNotExist();

    assertThat(install(client, "--yes").out())
        .endsWith("written; what was there is in " + backup.getFileName() + "\n");
    assertThat(Files.readString(path)).isEqualTo(after);
    assertThat(Files.readString(backup)).isEqualTo(before);
    for (Path each : List.of(path, backup)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .isEqualTo("rw-r-----");
    }
    assertThat(install(client, "--yes").out()).isEqualTo("nothing is to be changed\n");
    assertThat(Files.readString(path)).isEqualTo(after);

    assertThat(install(client, "--undo").out()).endsWith("with --yes it is\n");
    assertThat(install(client, "--undo", "--yes").out())
        .endsWith("written; it is as it was before\n");
    assertThat(Files.readString(path)).isEqualTo(before);
    assertThat(backup).doesNotExist();
    assertThat(install(client, "--undo", "--yes").out())
        .isEqualTo("no server is behind a proxy of Redoubt\n");
    assertThat(path.getParent()).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void whatStaysAsItIsIsSaidWithTheReason() throws IOException {
    write(".cursor/mcp.json", DESKTOP);

    assertThat(install("cursor").err())
        .isEqualTo(
            """
            redoubt: loader stays as it is: LD_PRELOAD changes what programs run, read or connect to; it would not reach the server
            redoubt: line stays as it is: its command is a whole line
            redoubt: far stays as it is: no command starts it
            """);
    assertThat(install("cursor").out())
        .contains("\"env\": { \"GITHUB_TOKEN\": \"***\", \"LOG\": \"***\" }");
  }

  @Test
  void oneServerOptionsForTheProxiesAndALaterChangeOfThem() throws IOException {
    Path path = write(".cursor/mcp.json", DESKTOP);

    install("cursor", "--server", "files", "--sandbox", "bubblewrap", "--yes");
    assertThat(Files.readString(path))
        .isEqualTo(
            DESKTOP
                .replace("\"/opt/files\"", "\"/opt/redoubt\"")
                .replace(
                    "\"--root\"",
                    "\"proxy\", \"--name\", \"files\", \"--sandbox\", \"bubblewrap\", \"--\","
                        + " \"/opt/files\",\n"
                        + "        \"--root\""));
    install("cursor", "--yes");
    assertThat(Files.readString(path)).isEqualTo(DESKTOP_AFTER);
    install("cursor", "--undo", "--yes");
    assertThat(Files.readString(path)).isEqualTo(DESKTOP);
    assertThat(install("cursor", "--server", "no").exitCode()).isEqualTo(2);
    assertThat(install("cursor", "--sandbox", "paper").exitCode()).isEqualTo(2);
    assertThat(install("nobody").exitCode()).isEqualTo(2);
    assertThat(install("zed").exitCode()).isEqualTo(1);
  }

  @Test
  void whatWasChangedSinceStaysAndOnlyTheProxyGoes() throws IOException {
    Path path = write(".codex/config.toml", CODEX);
    install("codex", "--yes");
    Files.writeString(path, Files.readString(path).replace("model = \"x\"", "model = \"y\""));

    Run undone = install("codex", "--undo", "--yes");

    assertThat(undone.err()).contains("was changed since the proxy was put in");
    assertThat(Files.readString(path))
        .isEqualTo(
            CODEX
                .replace("model = \"x\"", "model = \"y\"")
                .replace("command = 'my-server'", "command = 'my-server'\nargs = []")
                .replace("{ command = \"in\"", "{ command = \"in\", args = []"));
    assertThat(path.resolveSibling("config.toml.before-redoubt")).hasContent(CODEX);
  }

  @Test
  void aLinkOfThePersonStaysOneAndALinkOfACheckoutIsRefused() throws IOException {
    Path real = write("dotfiles/cursor.json", OPENCODE.replace("\"mcp\"", "\"mcpServers\""));
    Path link = home.resolve(".cursor/mcp.json");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, real);

    install("cursor", "--yes");
    assertThat(link).isSymbolicLink();
    assertThat(real).content().contains("\"/opt/redoubt\", \"proxy\"");

    Files.createDirectories(folder.resolve(".cursor"));
    Files.createSymbolicLink(folder.resolve(".cursor/mcp.json"), real);
    String before = Files.readString(real);
    Run refused = install("cursor", "--project", "--undo", "--yes");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("is reached through a link of the checkout");
    assertThat(Files.readString(real)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"mcpServers\": {",
        "{\"mcpServers\": {}} x",
        "{\"mcpServers\": {\"a\" {}}}",
        "{mcpServers: {}}",
        "{\"a\": \"\\q\"}",
        "",
      })
  void whatCannotBeFollowedIsNotTouched(String text) throws IOException {
    Path path = write(".cursor/mcp.json", text);

    Run run = install("cursor", "--yes");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("cannot be followed, line 1: ", "nothing was changed");
    assertThat(Files.readString(path)).isEqualTo(text);
  }

  @Test
  void aServerOfAProjectIsStartedByWhatWasWrittenAndGetsItsVariable() throws IOException {
    Path server = ShellServer.in(folder.resolve("srv"), ShellServer.tools("echo"));
    Path path =
        Files.writeString(
            folder.resolve(".mcp.json"),
            """
            {"mcpServers": {"s": {"command": "sh", "args": ["%s"], "env": {"GREETING": "hello-9"}}}}
            """
                .formatted(server));
    assertThat(install("claude-code", "--project", "--yes").exitCode()).isZero();

    Node written =
        Json.readStrict(Files.readAllBytes(path), Limits.SCAN)
            .get("mcpServers")
            .flatMap(servers -> servers.get("s"))
            .orElseThrow();
    List<String> argv = new ArrayList<>();
    written.items("args").forEach(item -> argv.add(item.scalar().orElseThrow()));
    Run run =
        new Terminal(folder, home)
            .withVariable("GREETING", "hello-9")
            .withInput(
                """
                {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}
                {"jsonrpc":"2.0","method":"notifications/initialized"}
                {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{}}}
                """)
            .redoubt(argv.toArray(String[]::new));

    assertThat(written.text("command")).contains("/opt/redoubt");
    assertThat(run.out()).contains("\"text\":\"hello-9 {}");
  }
}
