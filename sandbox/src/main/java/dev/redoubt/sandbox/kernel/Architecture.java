// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.util.Optional;

/// A processor whose system call numbers are known here. Both are little-endian.
public enum Architecture {
  /// 64-bit Intel and AMD. Its kernels also take 32-bit and x32 calls, which have other numbers.
  X86_64("amd64", 0xC000_003E),
  /// 64-bit ARM.
  AARCH64("aarch64", 0xC000_00B7);

  private final String jvmName;
  private final int auditName;

  Architecture(String jvmName, int auditName) {
    this.jvmName = jvmName;
    this.auditName = auditName;
  }

  /// Returns the architecture the JVM calls `name` in its property `os.arch`, empty for another.
  public static Optional<Architecture> named(String name) {
    for (Architecture architecture : values()) {
      if (architecture.jvmName.equals(name)) {
        return Optional.of(architecture);
      }
    }
    return Optional.empty();
  }

  /// Returns the architecture of this machine if it runs Linux, empty otherwise.
  public static Optional<Architecture> ofThisMachine() {
    return "Linux".equals(System.getProperty("os.name"))
        ? named(System.getProperty("os.arch", ""))
        : Optional.empty();
  }

  /* AUDIT_ARCH_* of linux/audit.h: what a filter is told about the convention of a call. */
  int auditName() {
    return auditName;
  }
}
