// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleTest {

  @Test
  void theRootsAreThoseOfTheRfc() {
    assertThat(hex(new Merkle().root()))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    byte[] one = leaf(1);
    byte[] two = leaf(2);
    byte[] three = leaf(3);
    Merkle tree = new Merkle();
    tree.add(one);
    tree.add(two);
    tree.add(three);
    assertThat(hex(tree.root()))
        .isEqualTo(hex(node(1, node(1, node(0, one), node(0, two)), node(0, three))));
  }

  @Test
  void everyLeafHasAPathThatProvesItAndNothingElse() {
    for (int size = 1; size < 40; size++) {
      List<byte[]> leaves = new ArrayList<>();
      Merkle tree = new Merkle();
      for (int i = 0; i < size; i++) {
        leaves.add(leaf(i));
        tree.add(leaf(i));
      }
      for (int i = 0; i < size; i++) {
        List<byte[]> path = Merkle.path(leaves, i);
        assertThat(Merkle.includes(leaf(i), i, size, path, tree.root())).isTrue();
        assertThat(Merkle.includes(leaf(i + 1), i, size, path, tree.root())).isFalse();
        assertThat(Merkle.includes(leaf(i), i + 1, size, path, tree.root())).isFalse();
        if (!path.isEmpty()) {
          path.removeLast();
          assertThat(Merkle.includes(leaf(i), i, size, path, tree.root())).isFalse();
        }
      }
    }
  }

  private static byte[] leaf(int number) {
    return Sha256.of(Integer.toString(number).getBytes(UTF_8));
  }

  private static byte[] node(int prefix, byte[]... parts) {
    ByteText bytes = new ByteText(100);
    bytes.add((char) prefix);
    for (byte[] part : parts) {
      bytes.raw(part);
    }
    return Sha256.of(bytes.toBytes());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
