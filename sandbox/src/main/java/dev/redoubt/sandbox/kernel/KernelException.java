// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.io.IOException;

/// The kernel refused a call. Names the call and the error number, and whatever it was about.
public final class KernelException extends IOException {

  private static final long serialVersionUID = 1L;

  static final int NO_PERMISSION = 1;
  static final int NO_SUCH_FILE = 2;
  static final int NO_SUCH_PROCESS = 3;
  static final int INTERRUPTED = 4;
  static final int INPUT_OUTPUT = 5;
  static final int NOT_OPEN = 9;
  static final int NO_CHILD = 10;
  static final int AGAIN = 11;
  static final int NOT_A_FOLDER = 20;
  static final int WRONG_ARGUMENT = 22;
  static final int NO_SUCH_CALL = 38;
  static final int IS_A_LINK = 40;
  static final int NOT_SUPPORTED = 95;

  private final String what;
  private final int error;

  KernelException(String what, int error) {
    super("%s: %s".formatted(what, inWords(error)));
    this.what = what;
    this.error = error;
  }

  /// Returns whether it says that a program which was to be started is not there.
  public boolean isProgramMissing() {
    return what.equals(StartCode.PROGRAM) && error == NO_SUCH_FILE;
  }

  /// Returns the error number, as `errno.h` has it.
  public int error() {
    return error;
  }

  private static String inWords(int error) {
    return switch (error) {
      case NO_PERMISSION -> "the kernel does not permit it (EPERM)";
      case NO_SUCH_FILE -> "there is no such file (ENOENT)";
      case NO_SUCH_PROCESS -> "there is no such process (ESRCH)";
      case 7 -> "there are too many of it (E2BIG)";
      case NOT_OPEN -> "the descriptor is not open (EBADF)";
      case NO_CHILD -> "there is no such child (ECHILD)";
      case 13 -> "access is denied (EACCES)";
      case NOT_A_FOLDER -> "it is not a folder (ENOTDIR)";
      case WRONG_ARGUMENT -> "the kernel does not understand it (EINVAL)";
      case 24 -> "too many files are open (EMFILE)";
      case NO_SUCH_CALL -> "the kernel does not have it (ENOSYS)";
      case IS_A_LINK -> "a part of the path is a link (ELOOP)";
      case 95 -> "it is switched off at the start of the machine (EOPNOTSUPP)";
      default -> "error " + error;
    };
  }
}
