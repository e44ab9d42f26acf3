// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Filter;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.RelayLog.Fate;
import dev.redoubt.relay.api.RelayLog.RelayEntry;
import dev.redoubt.relay.api.Ruling;
import dev.redoubt.relay.api.Upstream;
import dev.redoubt.testkit.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Whatever comes: nothing is thrown, every request is answered or passed on once and has one
/// entry, what passes is what came, and no spelling changes a verdict (scenario 33).
///
/// More rounds: `-Dredoubt.messages=100000`, which is what `-Pdeep` runs.
class ConversationFuzzTest {

  private static final int ROUNDS = Integer.getInteger("redoubt.messages", 400);
  private static final int LARGEST = 200_000;
  private static final Limits LIMITS = new Limits(LARGEST, 1_000, 200_000);
  private static final List<String> NUMBERS =
      List.of("0", "-0", "1.0", "1e0", "1E+2", "-1.5e-3", "9007199254740993", "1E400");
  private static final List<String> BROKEN =
      List.of("01", "1.", ".5", "+1", "NaN", "0x1", "1e", "'a'", "{a:1}", "[1,]", "tru", "\"\\x\"");
  private static final List<String> METHODS =
      List.of("tools/call", "resources/read", "ping", "notifications/progress", "x/y", "");

  /// Blocks what says "bad".
  private record Words() implements Filter {
    @Override
    public String name() {
      return "words";
    }

    @Override
    public Ruling judge(Passing passing, Upstream upstream) {
      return says(passing.body().orElse(new Node.Nothing(1)))
          ? new Ruling.Blocks("words.bad", "it is bad")
          : Ruling.PASSES;
    }

    private static boolean says(Node node) {
      return node.scalar().filter("bad"::equals).isPresent()
          || node.items().stream().anyMatch(Words::says)
          || node.fields().values().stream().anyMatch(Words::says);
    }
  }

  private final List<RelayEntry> entries = new ArrayList<>();

  private Conversation conversation() {
    return new Conversation(
        new Judging(
            List.of(new Words()),
            new Enforcement(Enforcement.Mode.ENFORCE, Map.of()),
            entries::add),
        _ -> fail("nobody asks"),
        LARGEST);
  }

  private Passage pass(Conversation conversation, Direction direction, byte[] bytes) {
    try {
      return conversation.judge(conversation.arrive(direction, bytes));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyRequestIsPassedOnOrAnsweredOnceAndWrittenDownOnce() {
    Seeded.check(
        ROUNDS,
        random -> {
          entries.clear();
          String id = Seeded.pick(random, List.of("7", "\"a\"", "\"\\u0061\"", "-1", "1.0", "1e3"));
          String request =
              new Speller(random).request(id, Seeded.pick(random, METHODS), random.nextInt(6));
          byte[] bytes = request.getBytes(UTF_8);
          Conversation conversation = conversation();
          Passage passage = pass(conversation, Direction.TO_SERVER, bytes);

          assertThat(entries).as(request).hasSize(1);
          assertThat(passage.onward().isPresent())
              .as(request)
              .isNotEqualTo(passage.back().isPresent());
          if (passage.onward().isPresent()) {
            assertThat(entries.getFirst().fate()).isEqualTo(Fate.PASSED);
            if (request.indexOf('\n') < 0 && request.indexOf('\r') < 0) {
              assertThat(passage.onward().get()).as(request).isEqualTo(bytes);
            }
            assertThat(conversation.lost("has ended")).as("it waits").hasSize(1);
          } else {
            assertThat(
                    tree(passage.back().get()).flatMap(node -> node.get("id")).flatMap(RpcId::of))
                .as(request)
                .isEqualTo(
                    tree(("[" + id + "]").getBytes(UTF_8))
                        .flatMap(list -> RpcId.of(list.items().getFirst())));
            assertThat(conversation.lost("has ended")).as("nothing waits").isEmpty();
          }
        });
  }

  @Test
  void noSpellingChangesAVerdict() {
    Seeded.check(
        ROUNDS,
        random -> {
          long seed = random.nextLong();
          String plain = new Speller(new Plain(seed)).request("1", "tools/call", 5);
          List<String> fates = new ArrayList<>();
          for (RandomGenerator spelling :
              List.of(
                  new Plain(seed),
                  new Plain(seed).spelledBy(random),
                  new Plain(seed).spelledBy(random))) {
            entries.clear();
            String request = new Speller(spelling).request("1", "tools/call", 5);
            var _ = pass(conversation(), Direction.TO_SERVER, request.getBytes(UTF_8));
            fates.add(entries.getFirst().fate() + " " + entries.getFirst().rule());
          }
          assertThat(fates).as(plain).allMatch(fates.getFirst()::equals);
        });
  }

  @Test
  void whatIsDamagedIsRefusedOrReadAsWhatItIs() {
    Seeded.check(
        ROUNDS,
        random -> {
          byte[] bytes = damaged(random, new Speller(random));
          for (Direction direction : Direction.values()) {
            entries.clear();
            Passage passage = pass(conversation(), direction, bytes);
            String shown =
                direction + " " + new String(bytes, 0, Math.min(300, bytes.length), UTF_8);
            if (tree(bytes).isEmpty()) {
              assertThat(passage.onward()).as(shown).isEmpty();
              boolean noise = direction == Direction.TO_CLIENT && passage.equals(Passage.NOTHING);
              assertThat(entries).as(shown).hasSize(noise ? 0 : 1);
              assertThat(passage.back().isPresent())
                  .as(shown)
                  .isEqualTo(direction == Direction.TO_SERVER);
            }
            passage.onward().ifPresent(on -> assertThat(tree(on)).as(shown).isPresent());
            passage.back().ifPresent(back -> assertThat(tree(back)).as(shown).isPresent());
          }
        });
  }

  @Test
  void theMessagesOfABatchAreJudgedOneByOne() {
    Seeded.check(
        ROUNDS / 3,
        random -> {
          entries.clear();
          int count = 1 + random.nextInt(6);
          List<String> messages = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            messages.add(new Speller(random).request(Integer.toString(i), "tools/call", 4));
          }
          Passage passage =
              pass(
                  conversation(),
                  Direction.TO_SERVER,
                  ("[" + String.join(",", messages) + "]").getBytes(UTF_8));

          int on =
              passage
                  .onward()
                  .flatMap(ConversationFuzzTest::tree)
                  .map(n -> n.items().size())
                  .orElse(0);
          int back =
              passage
                  .back()
                  .flatMap(ConversationFuzzTest::tree)
                  .map(n -> n.items().size())
                  .orElse(0);
          assertThat(on + back).as(messages.toString()).isEqualTo(count);
          assertThat(entries).as(messages.toString()).hasSize(count);
        });
  }

  private static Optional<Node> tree(byte[] bytes) {
    try {
      return Optional.of(Json.readStrict(bytes, LIMITS));
    } catch (DocumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] damaged(RandomGenerator random, Speller speller) {
    byte[] bytes = speller.request("5", Seeded.pick(random, METHODS), 4).getBytes(UTF_8);
    return switch (random.nextInt(7)) {
      case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        yield bytes;
      }
      case 2 -> "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"method\":\"b\"}".getBytes(UTF_8);
      case 3 ->
          "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"a\"}"
              .formatted(Seeded.pick(random, BROKEN))
              .getBytes(UTF_8);
      case 4 -> {
        int depth = 900 + random.nextInt(5_000);
        yield ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"params\":"
                + "[".repeat(depth)
                + "]".repeat(depth)
                + "}")
            .getBytes(UTF_8);
      }
      case 5 -> "[[],{},1,null]".substring(0, 1 + random.nextInt(13)).getBytes(UTF_8);
      default -> {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        yield noise;
      }
    };
  }

  /// Draws what is said from one seed, and how it is spelled from another generator or not at all.
  private static final class Plain implements RandomGenerator {
    private final long seed;
    private final RandomGenerator content;
    private final RandomGenerator spelling;

    Plain(long seed) {
      this(seed, null);
    }

    private Plain(long seed, RandomGenerator spelling) {
      this.seed = seed;
      this.content = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      this.spelling = spelling;
    }

    Plain spelledBy(RandomGenerator other) {
      return new Plain(seed, other);
    }

    @Override
    public long nextLong() {
      return content.nextLong();
    }
  }

  /// Writes requests: what they say is drawn first, how it is written besides.
  private static final class Speller {
    private final RandomGenerator random;
    private final RandomGenerator spelling;

    Speller(RandomGenerator random) {
      this.random = random;
      this.spelling = random instanceof Plain plain ? plain.spelling : random;
    }

    String request(String id, String method, int depth) {
      List<String> fields = new ArrayList<>();
      fields.add(field("jsonrpc", "\"2.0\""));
      fields.add(field("id", id));
      fields.add(field("method", text(method)));
      fields.add(
          field(
              "params",
              object(
                  List.of(
                      field("name", text(Seeded.pick(random, List.of("read", "bad", "b")))),
                      field("arguments", object(List.of(field("a", value(depth)))))))));
      return space() + object(fields) + space();
    }

    private String value(int depth) {
      return switch (random.nextInt(depth > 0 ? 7 : 5)) {
        case 0 ->
            text(
                Seeded.pick(
                    random, List.of("bad", "good", "bad ", "b\u00e4d", "\ud83d\ude00", "")));
        case 1 -> Seeded.pick(random, NUMBERS);
        case 2 -> "true";
        case 3 -> "null";
        case 4 -> text("x".repeat(random.nextInt(300)));
        case 5 -> "[" + space() + value(depth - 1) + "," + value(depth - 1) + "]";
        default -> object(List.of(field("k", value(depth - 1)), field("l", value(depth - 1))));
      };
    }

    private String object(List<String> given) {
      List<String> fields = new ArrayList<>(given);
      if (spelling != null) {
        Collections.shuffle(fields, Random.from(spelling));
      }
      return "{" + String.join(space() + "," + space(), fields) + "}";
    }

    private String field(String name, String value) {
      return text(name) + space() + ":" + space() + value;
    }

    private String space() {
      return spelling == null || spelling.nextInt(4) > 0
          ? ""
          : Seeded.text(spelling, " \t", 1 + spelling.nextInt(3));
    }

    private String text(String value) {
      StringBuilder text = new StringBuilder("\"");
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        boolean escaped = spelling != null && spelling.nextInt(5) == 0;
        text.append(escaped ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
      return text.append('"').toString();
    }
  }
}
