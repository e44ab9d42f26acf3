// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcFormatException.Kind;
import dev.redoubt.testkit.Hostile;
import dev.redoubt.testkit.Seeded;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpcReaderTest {

  private final RpcReader reader = new RpcReader(1 << 20);

  @Test
  void eachKindOfMessageIsTold() throws RpcFormatException {
    Envelope read =
        read(
            "[{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"a\",\"params\":[1]},"
                + "{\"jsonrpc\":\"2.0\",\"method\":\"b\"},"
                + "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":null},"
                + "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-1,\"message\":\"no\"}}]");

    Node one = new Node.Num("1", 1);
    assertThat(read.kind()).isEqualTo(Envelope.Kind.BATCH);
    assertThat(read.messages())
        .containsExactly(
            new RpcMessage.Request(RpcId.of(7), "a", Optional.of(new Node.Arr(List.of(one), 1))),
            new RpcMessage.Notice("b", Optional.empty()),
            new RpcMessage.Result(new RpcId("\"x\""), new Node.Nothing(1)),
            new RpcMessage.Failure(RpcId.NOTHING, new RpcError(-1, "no")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "1.0",
        "1e2",
        "-5",
        "\"1\"",
        "\"\"",
        "\"ä\\n\"",
        "null",
        "12345678901234567890123"
      })
  void anIdStaysAsItWasWritten(String id) throws RpcFormatException {
    String text = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"m\"}";

    assertThat(new String(RpcText.of(read(text).messages().getFirst()), UTF_8)).isEqualTo(text);
  }

  @Test
  void whatIsNotUnderstoodIsKept() throws RpcFormatException {
    String text =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"trace\":{\"z\":1.50,\"a\":[]},\"result\":{\"new\":true}}";

    assertThat(JsonText.of(read(text).tree())).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"m\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":1,\"a\":2}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":1,\"\\u0061\":2}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"} {}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",}",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"m\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":true,\"result\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"result\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1,\"error\":{}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1}",
        "{\"jsonrpc\":\"2.0\",\"result\":1}",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"result\":1}",
        "{\"jsonrpc\":2.0,\"id\":1,\"result\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":\"text\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":\"text\"}",
        "[]",
        "[1]",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":",
      })
  void whatCouldBeReadInTwoWaysIsBroken(String text) {
    assertThat(kind(text.getBytes(UTF_8))).isEqualTo(Kind.BROKEN);
  }

  @Test
  void anIdOfMoreThanAThousandCharactersIsBroken() throws RpcFormatException {
    String text = "{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"method\":\"m\"}";

    assertThat(read(text.formatted("x".repeat(998))).messages()).hasSize(1);
    assertThat(kind(text.formatted("x".repeat(999)).getBytes(UTF_8))).isEqualTo(Kind.BROKEN);
  }

  @Test
  void bytesThatAreNoTextAreBroken() {
    byte[] message = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m?\"}".getBytes(UTF_8);
    message[message.length - 3] = (byte) 0xff;

    assertThat(kind(message)).isEqualTo(Kind.BROKEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Server is listening",
        "42",
        "\"text\"",
        "{ port: 3000 }",
        "{\"level\":\"info\"}",
        "[2026-01-01] started;"
      })
  void aLogThatWentAstrayIsNoise(String text) {
    Kind kind = kind(text.getBytes(UTF_8));

    assertThat(kind).isEqualTo(Kind.NOISE);
  }

  @Test
  void hostileInputIsRefusedAndNothingElse() {
    Hostile.inputs().forEach((name, bytes) -> assertThat(kind(bytes)).as(name).isNotNull());
  }

  @Test
  void anyMessageIsReadAsItWasWritten() {
    Seeded.check(
        500,
        random -> {
          RpcMessage message = message(random);
          byte[] text = RpcText.of(message);
          try {
            RpcMessage back = reader.read(text).messages().getFirst();
            assertThat(RpcText.of(back)).isEqualTo(text);
          } catch (RpcFormatException e) {
            throw new AssertionError(new String(text, UTF_8), e);
          }
        });
  }

  @Test
  void aMessageWithABitTurnedIsReadOrRefused() {
    Seeded.check(
        2_000,
        random -> {
          byte[] text = RpcText.of(message(random));
          text[random.nextInt(text.length)] ^= (byte) (1 << random.nextInt(8));
          try {
            reader.read(text);
          } catch (RpcFormatException e) {
            assertThat(e.kind()).isNotNull();
          }
        });
  }

  private static RpcMessage message(RandomGenerator random) {
    String method = Seeded.text(random, "abc/\"\\\n\u0001äß😀", random.nextInt(8));
    RpcId id =
        Seeded.pick(
            random, List.of(RpcId.NOTHING, RpcId.of(random.nextLong()), new RpcId("\"q\"")));
    Optional<Node> params =
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(new Node.Obj(Map.of("k", tree(random, 4)), 1));
    return switch (random.nextInt(4)) {
      case 0 -> new RpcMessage.Request(id, method, params);
      case 1 -> new RpcMessage.Notice(method, params);
      case 2 -> new RpcMessage.Result(id, tree(random, 4));
      default -> new RpcMessage.Failure(id, new RpcError(random.nextInt(), method));
    };
  }

  private static Node tree(RandomGenerator random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> new Node.Text(Seeded.text(random, "xyz\"\\\té漢", random.nextInt(6)), 1);
      case 1 -> new Node.Num(Integer.toString(random.nextInt()), 1);
      case 2 -> new Node.Bool(random.nextBoolean(), 1);
      case 3 -> new Node.Nothing(1);
      case 4 -> new Node.Arr(List.of(tree(random, depth - 1), tree(random, depth - 1)), 1);
      default -> new Node.Obj(Map.of("a", tree(random, depth - 1)), 1);
    };
  }

  private Envelope read(String text) throws RpcFormatException {
    return reader.read(text.getBytes(UTF_8));
  }

  private Kind kind(byte[] bytes) {
    try {
      reader.read(bytes);
    } catch (RpcFormatException e) {
      return e.kind();
    }
    throw new AssertionError("it was read");
  }

  @Test
  void aMessageOverTheLimitIsBroken() {
    byte[] text =
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"" + "x".repeat(1 << 20) + "\"}")
            .getBytes(UTF_8);

    assertThatThrownBy(() -> reader.read(text)).isInstanceOf(RpcFormatException.class);
    assertThat(kind(text)).isEqualTo(Kind.BROKEN);
  }
}
