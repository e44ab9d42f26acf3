// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A Merkle tree after RFC 6962, section 2.1, that grows leaf by leaf and keeps only the peaks.
final class Merkle {

  private final List<byte[]> peaks;
  private long size;

  Merkle() {
    this(new ArrayList<>(), 0);
  }

  private Merkle(List<byte[]> peaks, long size) {
    this.peaks = peaks;
    this.size = size;
  }

  Merkle copy() {
    return new Merkle(new ArrayList<>(peaks), size);
  }

  long size() {
    return size;
  }

  void clear() {
    peaks.clear();
    size = 0;
  }

  /// Adds the entry whose own hash is `hash`.
  void add(byte[] hash) {
    byte[] node = leaf(hash);
    for (long rest = size; (rest & 1) == 1; rest >>= 1) {
      node = parent(peaks.removeLast(), node);
    }
    peaks.add(node);
    size++;
  }

  /// Returns the root; of no leaves the SHA-256 of nothing.
  byte[] root() {
    if (peaks.isEmpty()) {
      return Sha256.of(new byte[0]);
    }
    byte[] root = peaks.getLast();
    for (int i = peaks.size() - 2; i >= 0; i--) {
      root = parent(peaks.get(i), root);
    }
    return root;
  }

  /// Returns the audit path of the leaf at `index`, from the leaf up.
  static List<byte[]> path(List<byte[]> hashes, int index) {
    if (hashes.size() <= 1) {
      return new ArrayList<>();
    }
    int split = Integer.highestOneBit(hashes.size() - 1);
    boolean left = index < split;
    List<byte[]> mine = left ? hashes.subList(0, split) : hashes.subList(split, hashes.size());
    List<byte[]> other = left ? hashes.subList(split, hashes.size()) : hashes.subList(0, split);
    List<byte[]> path = path(mine, left ? index : index - split);
    Merkle sibling = new Merkle();
    other.forEach(sibling::add);
    path.add(sibling.root());
    return path;
  }

  /// Returns whether `path` leads from the entry with `hash` at `index` of `size` to `root`; RFC
  /// 9162, section 2.1.3.2.
  static boolean includes(byte[] hash, long index, long size, List<byte[]> path, byte[] root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long node = index;
    long last = size - 1;
    byte[] computed = leaf(hash);
    for (byte[] sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        computed = parent(sibling, computed);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        computed = parent(computed, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(computed, root);
  }

  private static byte[] leaf(byte[] hash) {
    MessageDigest digest = Sha256.digest();
    digest.update((byte) 0);
    return digest.digest(hash);
  }

  private static byte[] parent(byte[] left, byte[] right) {
    MessageDigest digest = Sha256.digest();
    digest.update((byte) 1);
    digest.update(left);
    return digest.digest(right);
  }
}
