// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineProfileTest {

  private static final long HIGH = 1L << 32;

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void whatAlwaysIsRefusedIsNamedNowhere(Architecture architecture) throws DocumentException {
    List<Entry> entries =
        entries(new EngineProfile(architecture, Sockets.INTERNET, SetGroup.REFUSED));

    for (CallRule rule : RefusedCalls.with(Sockets.INTERNET, SetGroup.REFUSED)) {
      if (rule.cases().isEmpty() && rule.otherwise() == CallRule.Answer.NOT_PERMITTED) {
        assertThat(entries).noneMatch(entry -> entry.names().contains(rule.call().title()));
      }
    }
    assertThat(answer(entries, "read")).isEqualTo("SCMP_ACT_ALLOW");
    assertThat(answer(entries, "clone3")).isEqualTo("SCMP_ACT_ERRNO 38");
    assertThat(answer(entries, "openat2")).isEqualTo("SCMP_ACT_ERRNO 38");
    assertThat(answer(entries, "move_pages")).isEqualTo("none");
    assertThat(answer(entries, "not_yet_invented")).isEqualTo("none");
  }

  @ParameterizedTest
  @EnumSource(SetGroup.class)
  void aRuleMeansWhatItMeansToTheOtherWallsWhateverTheUpperHalf(SetGroup groups)
      throws DocumentException {
    List<Entry> entries = entries(new EngineProfile(Architecture.X86_64, Sockets.INTERNET, groups));
    Random random = new Random(7);
    List<Long> values = new ArrayList<>(List.of(0L, 1L, 2L, 10L, 16L, 17L, 58L, 6L, 0xFFFF_FFFFL));
    for (long base : new long[] {0x5412, 0x541C, 0x2000_0000, 0x1000_0000, 0x6000, 0x2000, 04755}) {
      values.add(base);
      for (int bit = 0; bit < 64; bit++) {
        values.add(base ^ (1L << bit));
      }
    }
    for (CallRule rule : RefusedCalls.with(Sockets.INTERNET, groups)) {
      if (rule.cases().isEmpty()) {
        continue;
      }
      for (int i = 0; i < 4000; i++) {
        long[] arguments = new long[6];
        for (int argument = 0; argument < 6; argument++) {
          arguments[argument] = values.get(random.nextInt(values.size()));
          if (random.nextInt(4) == 0) {
            arguments[argument] |= HIGH;
          }
        }
        boolean allowed = answer(entries, rule.call().title(), arguments).equals("SCMP_ACT_ALLOW");
        assertThat(allowed)
            .as("%s %s", rule.call(), List.of(arguments[0], arguments[1], arguments[2]))
            .isEqualTo(meant(rule, arguments) == CallRule.Answer.ALLOW);
      }
    }
  }

  private static CallRule.Answer meant(CallRule rule, long[] arguments) {
    for (CallRule.Case each : rule.cases()) {
      if (each.conditions().stream().allMatch(condition -> holds(condition, arguments))) {
        return each.answer();
      }
    }
    return rule.otherwise();
  }

  private static boolean holds(CallRule.Condition condition, long[] arguments) {
    int value = (int) arguments[condition.argument()];
    return switch (condition) {
      case CallRule.Condition.IsOneOf(int _, int mask, List<Integer> values) ->
          values.contains(value & mask);
      case CallRule.Condition.HasAnyBit(int _, int mask) -> (value & mask) != 0;
    };
  }

  private record Entry(List<String> names, String action, List<long[]> conditions) {}

  private static String answer(List<Entry> entries, String name, long... arguments) {
    for (Entry entry : entries) {
      if (entry.names().contains(name)
          && entry.conditions().stream()
              .allMatch(one -> (arguments[(int) one[0]] & one[1]) == one[2])) {
        return entry.action();
      }
    }
    return "none";
  }

  private static List<Entry> entries(EngineProfile profile) throws DocumentException {
    Node.Obj root = read(profile.json());
    assertThat(text(root, "defaultAction")).isEqualTo("SCMP_ACT_ERRNO");
    List<Entry> entries = new ArrayList<>();
    for (Node node : items(root, "syscalls")) {
      Node.Obj call = (Node.Obj) node;
      List<String> names =
          items(call, "names").stream().map(name -> ((Node.Text) name).value()).toList();
      String code =
          call.fields().get("errnoRet") instanceof Node.Num(String number, int _)
              ? " " + number
              : "";
      List<long[]> conditions =
          items(call, "args").stream().map(one -> condition((Node.Obj) one)).toList();
      // An engine takes two on one argument as one or the other.
      assertThat(conditions.stream().map(one -> one[0]).distinct()).hasSameSizeAs(conditions);
      entries.add(new Entry(names, text(call, "action") + code, conditions));
    }
    return entries;
  }

  private static long[] condition(Node.Obj one) {
    assertThat(text(one, "op")).isEqualTo("SCMP_CMP_MASKED_EQ");
    return new long[] {number(one, "index"), number(one, "value"), number(one, "valueTwo")};
  }

  private static long number(Node.Obj object, String name) {
    return Long.parseLong(((Node.Num) object.fields().get(name)).literal());
  }

  private static String text(Node.Obj object, String name) {
    return ((Node.Text) object.fields().get(name)).value();
  }

  private static List<Node> items(Node.Obj object, String name) {
    return object.fields().get(name) instanceof Node.Arr(List<Node> items, int _)
        ? items
        : List.of();
  }

  private static Node.Obj read(String json) throws DocumentException {
    return (Node.Obj) Json.readStrict(json.getBytes(StandardCharsets.UTF_8), Limits.SCAN);
  }
}
