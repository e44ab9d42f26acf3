// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.testkit.NeedsEngine;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Part;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs on small repositories: see the test fail, find the bug, edit, see the test pass.
class RealRepositoriesTest {

  @TempDir private Path folder;
  @TempDir private Path home;

  @Test
  void aBugInJavaIsFound() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    fix(
        "Sum.java",
        """
        class Sum {
          static int of(int[] numbers) {
            int sum = 0;
            for (int i = 1; i < numbers.length; i++) sum += numbers[i];
            return sum;
          }
          public static void main(String[] arguments) {
            if (of(new int[] {1, 2, 3}) != 6) {
              System.err.println("WRONG SUM");
              System.exit(1);
            }
          }
        }
        """,
        new Change("int i = 1", "int i = 0"),
        java + " Sum.java");
  }

  @Test
  @NeedsEngine("python3")
  void aBugInPythonIsFound() throws IOException {
    fix(
        "sum.py",
        """
        def total(xs):
            return sum(xs[1:])

        assert total([1, 2, 3]) == 6, 'WRONG SUM'
        """,
        new Change("xs[1:]", "xs"),
        "python3 sum.py");
  }

  @Test
  @NeedsEngine("node")
  void aBugInJavaScriptIsFound() throws IOException {
    fix(
        "sum.js",
        """
        const total = xs => xs.slice(1).reduce((a, b) => a + b, 0);
        if (total([1, 2, 3]) !== 6) throw new Error('WRONG SUM');
        """,
        new Change("xs.slice(1)", "xs"),
        "node sum.js");
  }

  private record Change(String from, String to) {}

  private void fix(String name, String source, Change change, String test) throws IOException {
    Files.writeString(folder.resolve(name), source);
    Payload edit = new Payload().text("old_string", change.from()).text("new_string", change.to());
    Payload edits =
        new Payload().text("path", name).node("edits", new Node.Arr(List.of(edit.object()), 1));
    Reply see = call("1", "bash", new Payload().text("command", test));
    Reply look = call("2", "view", new Payload().text("path", name));
    Reply again = call("4", "bash", new Payload().text("command", test));
    Reply[] replies = {see, look, call("3", "edit", edits), again, Reply.say("It adds up now.")};
    try (ScriptedProvider provider = ScriptedProvider.start(Dialect.OPENAI_CHAT, replies)) {
      Run run =
          new Terminal(folder, home)
              .withVariable("OPENAI_API_KEY", "x")
              .withVariable("PATH", System.getenv("PATH"))
              .redoubt(
                  "run",
                  "make it pass",
                  "--json",
                  "--approval",
                  "allow",
                  "--verify",
                  test,
                  "--provider-url",
                  provider.url(),
                  "--model",
                  "m");

      assertThat(run.lastLine())
          .as(run.out() + run.err())
          .contains("\"status\":\"done\"", "\"changedFiles\":[\"%s\"]".formatted(name));
      assertThat(run.exitCode()).isZero();
      assertThat(Files.readString(folder.resolve(name)))
          .isEqualTo(source.replace(change.from(), change.to()));
      assertThat(provider.asked()).hasSize(5);
      assertThat(provider.asked().get(1).body()).contains("WRONG SUM");
      assertThat(provider.asked().get(2).body()).contains(change.from());
      String messages = provider.asked().get(3).body().replaceFirst("(?s).*\"messages\":", "");
      String next = provider.asked().get(4).body().replaceFirst("(?s).*\"messages\":", "");
      assertThat(next).startsWith(messages.substring(0, messages.lastIndexOf(']')));
    }
  }

  private static Reply call(String id, String tool, Payload arguments) {
    return Reply.calls(new Part.Call(id, tool, JsonText.of(arguments.object())));
  }
}
