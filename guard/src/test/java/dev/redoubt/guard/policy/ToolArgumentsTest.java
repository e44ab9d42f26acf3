// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.network.NetworkJudge;
import dev.redoubt.guard.paths.PathJudge;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolArgumentsTest {

  private final ToolArguments arguments =
      new ToolArguments(new PathJudge(FileFacts.NONE), new NetworkJudge(NameResolver.NONE));

  private Decision judge(String value) {
    Node text = new Node.Text(value, 1);
    Node nested = new Node.Obj(Map.of("options", new Node.Arr(List.of(text), 1)), 1);
    return arguments.judge(
        new Effect.CallTool("files", "read", nested),
        new Situation("/home/u/work", Trust.TRUSTED, Wall.NONE, "/home/u"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/shadow",
        "~/.ssh/id_rsa",
        "$HOME/.aws/credentials",
        ".env",
        "id_rsa",
        "../.npmrc",
        "C:\\Users\\x\\.ssh\\id_rsa",
        "..%2f..%2f..%2fetc%2fshadow",
        "file:/etc/shadow",
        "/w/a\u0000.png",
        "./a\u202egnp.sh",
        "http://169.254.169.254/",
      })
  void whatNoToolShouldGetIsDenied(String value) {
    assertThat(judge(value)).isInstanceOf(Decision.Deny.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "src/Main.java",
        "how do I ignore the .env file?",
        "100 % of the cases",
        "SELECT * FROM t WHERE a = '$1'",
        "line one\nline two /etc/shadow",
        "a\tb",
        "^\\d+\\s*$",
      })
  void ordinaryTextSaysNothing(String value) {
    assertThat(judge(value)).isInstanceOf(Decision.Allow.class);
  }

  private Decision reads(String method, String uri) {
    return arguments.judge(
        new Effect.CallTool("notes", method, new Node.Obj(Map.of("uri", new Node.Text(uri, 1)), 1)),
        new Situation("/home/u/work", Trust.TRUSTED, Wall.NONE, "/home/u"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo://resource/static/document/features.md",
        "notes://today",
        "note:///internal/my_note",
        "screen-shot://my_page/1?size=2#top",
        "file:///home/u/work/src/Main.java",
        "Schema://orders",
      })
  void aResourceOfAServersOwnSchemeIsRead(String uri) {
    assertThat(reads("resources/read", uri)).isInstanceOf(Decision.Allow.class);
    assertThat(reads("resources/subscribe", uri)).isInstanceOf(Decision.Allow.class);
    assertThat(reads("read", uri)).isInstanceOf(Decision.Deny.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/shadow",
        "file:///home/u/work/../.ssh/id_rsa",
        "file://host/share",
        "notes:///etc/shadow",
        "notes://etc/shadow",
        "notes://today/../../etc/shadow",
        "notes://x/etc/shadow",
        "notes://~/.ssh/id_rsa",
        "notes://.env",
        "notes:///etc/shadow?raw=1",
        "notes://x/etc/shadow;v=1",
        "notes:///home/u/.ssh/id_rsa?raw",
        "notes://x/home/u/.ssh/id_rsa#top",
        "notes://a/%2e%2e/etc/shadow",
        "notes://a\\b",
        "notes://a/b\u202e",
        "fetch://169.254.169.254/latest",
        "fetch://localhost/x",
        "fetch://0x7f.1/x",
        "fetch://u@127.0.0.1:80/x",
        "fetch://http://169.254.169.254/",
        "gopher://notes/x",
        "git+ssh://notes/x",
        "FTP://notes/x",
        "http://127.0.0.1/",
      })
  void aResourceThatNamesWhatNoToolShouldGetIsDenied(String uri) {
    assertThat(reads("resources/read", uri)).isInstanceOf(Decision.Deny.class);
  }

  private static Node object(String key, Node value) {
    return new Node.Obj(Map.of(key, value), 1);
  }

  private static Node answered(String key, String uri) {
    Node root = object(key, new Node.Text(uri, 1));
    return object("inputResponses", object("r1", object("roots", new Node.Arr(List.of(root), 1))));
  }

  private Decision says(String tool, Node said) {
    return arguments.judge(
        new Effect.CallTool("notes", tool, said),
        new Situation("/home/u/work", Trust.TRUSTED, Wall.NONE, "/home/u"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///test/root", "file:///home/u/My%20work", "FILE:///srv"})
  void aFolderTheAgentAnswersWithIsNoAddress(String uri) {
    Node said = answered("uri", uri);
    assertThat(says("list", object("@params", said))).isInstanceOf(Decision.Allow.class);
    assertThat(says("prompts/get", said)).isInstanceOf(Decision.Allow.class);
    assertThat(says("list", said)).as("an argument").isInstanceOf(Decision.Deny.class);
    assertThat(says("list", object("@params", answered("name", uri))))
        .as("not the place of an address")
        .isInstanceOf(Decision.Deny.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/shadow",
        "file:///home/u/.ssh/id_rsa",
        "file:///home/u/work/../.ssh/id_rsa",
        "file:///home/u/%2e%2e/u/%2essh/id_rsa",
        "file:///home/u/%252e%252e/u/%252essh/id_rsa",
        "file:///etc/sh\u200badow",
        "file://host/share",
        "file:////host/share/../../etc/shadow",
        "file:///x?u=http://169.254.169.254/",
        "file:///x%00/etc",
        "file:///x\\..\\etc",
        "http://169.254.169.254/latest",
        "https://127.0.0.1/",
        "gopher://docs.example/",
      })
  void aFolderTheAgentAnswersWithIsJudgedAsAPath(String uri) {
    assertThat(says("list", object("@params", answered("uri", uri))))
        .isInstanceOf(Decision.Deny.class);
  }
}
