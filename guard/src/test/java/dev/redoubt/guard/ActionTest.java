// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionTest {

  private static final Program LS = new Program.Argv(List.of("ls"));

  @ParameterizedTest
  @MethodSource("actionsWithAPath")
  void aPathIsAbsolute(Function<Path, Action> made) {
    assertThat(made.apply(Path.of("/a"))).isEqualTo(made.apply(Path.of("/a")));
    refused(() -> made.apply(Path.of("a")));
  }

  static Stream<Function<Path, Action>> actionsWithAPath() {
    return Stream.of(
        path -> new Action.Run(LS, path, Map.of(), Action.Input.NOTHING),
        Action.Read::new,
        path -> new Action.Write(path, Content.of("x")),
        Action.Delete::new,
        Action.ListFolder::new,
        path -> new Action.Search(path, ""),
        path -> new Action.LoadConfig(Action.ConfigKind.HOOK, path, "0".repeat(64)));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void aPortIsOne(int port) {
    refused(() -> new Action.Connect("tcp", "a.example", port));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 65_535})
  void theFirstAndTheLastPortAreOnes(int port) {
    assertThat(new Action.Connect("tcp", "a.example", port).port()).isEqualTo(port);
  }

  @Test
  void whatHasNoMeaningIsNotMade() {
    refused(() -> new Program.Argv(List.of()));
    refused(() -> new Place("a", "a", Place.Kind.EXACT));
    refused(() -> situation("w", "/h"));
    refused(() -> situation("/w", "h"));
    assertThat(Place.at("/a")).isEqualTo(new Place("/a", "/a", Place.Kind.EXACT));
  }

  @Test
  void contentIsItsBytesAndNobodyChangesThem() {
    byte[] bytes = {1, 2, 3};
    Content content = Content.of(bytes);
    bytes[0] = 9;
    content.bytes()[1] = 9;

    assertThat(content.bytes()).containsExactly(1, 2, 3);
    assertThat(content.size()).isEqualTo(3);
    assertThat(content)
        .isEqualTo(Content.of(new byte[] {1, 2, 3}))
        .hasSameHashCodeAs(Content.of(new byte[] {1, 2, 3}))
        .isNotEqualTo(Content.of(new byte[] {1, 2}))
        .isNotEqualTo(Content.of("\u0001\u0002"))
        .isNotEqualTo("x");
    assertThat(content.hashCode()).isNotZero();
    assertThat(Content.of("abc"))
        .hasToString(
            "3 bytes, sha256 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  private static Situation situation(String workspace, String home) {
    return new Situation(workspace, Situation.Trust.TRUSTED, Situation.Wall.NONE, home);
  }

  private static void refused(ThrowingCallable made) {
    assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class);
  }
}
