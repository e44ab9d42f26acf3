// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

/// The stable names of everything that ends a command, each with the kind that decides its exit
/// code.
public enum ErrorCode {
  /// A flag, argument or configuration value is wrong.
  USAGE(Kind.USER),
  /// A file or folder named by the user cannot be read.
  UNREADABLE(Kind.ENVIRONMENT),
  /// Something cannot be written: no permission, no space, a read-only folder.
  UNWRITABLE(Kind.ENVIRONMENT),
  /// A compiled advisory file is truncated, corrupted or of a newer format.
  ADVISORY_FILE(Kind.ENVIRONMENT),
  /// A file given as advisories, KEV or EPSS is not what it claims to be.
  ADVISORY_INPUT(Kind.USER),
  /// A source of advisories did not answer as it should.
  ADVISORY_SOURCE(Kind.UPSTREAM),
  /// The sandbox that was asked for cannot start.
  NO_SANDBOX(Kind.ENVIRONMENT),
  /// Whoever was to be given what is exported did not take it.
  EXPORT(Kind.UPSTREAM),
  /// A server, or who lets clients in to it, did not let this one in.
  LOGIN(Kind.UPSTREAM),
  /// Redoubt itself is wrong.
  BUG(Kind.BUG);

  /// Who has to act.
  public enum Kind {
    /// The person who typed the command. Exit code 2.
    USER(2),
    /// The person who keeps the machine. Exit code 4.
    ENVIRONMENT(4),
    /// Somebody else's service. Exit code 5.
    UPSTREAM(5),
    /// We. Exit code 70.
    BUG(70);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    /// Returns the exit code of a command that ends with an error of this kind.
    public int exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;

  ErrorCode(Kind kind) {
    this.kind = kind;
  }

  /// Returns who has to act.
  public Kind kind() {
    return kind;
  }
}
