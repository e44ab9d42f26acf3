// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

/// The exit codes that mean the same for every command.
public final class ExitCode {

  /// Yes, done, no threshold crossed.
  public static final int OK = 0;

  /// The answer is no: a threshold was crossed, a check failed.
  public static final int NO = 1;

  /// The command line or the configuration is wrong.
  public static final int USAGE = 2;

  /// Gaps under `--strict`.
  public static final int GAPS = 3;

  /// A question that nobody answered.
  public static final int QUESTION = 10;

  /// Denied.
  public static final int DENIED = 20;

  /// The environment: something cannot start, be read or be written.
  public static final int ENVIRONMENT = 4;

  /// It took longer than allowed.
  public static final int TIMED_OUT = 124;

  /// It was cancelled.
  public static final int CANCELLED = 130;

  /// Our bug.
  public static final int BUG = 70;

  private ExitCode() {}
}
