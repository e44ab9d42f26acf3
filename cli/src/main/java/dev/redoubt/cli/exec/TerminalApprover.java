// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Asks the person at the terminal, and takes everything but a plain yes for no.
final class TerminalApprover implements Approver {

  private static final int MAX_ANSWER = 1000;

  private final Call call;

  TerminalApprover(Call call) {
    this.call = requireNonNull(call, "call");
  }

  @Override
  public Answer approves(Action action, Decision.Ask question) throws InterruptedException {
    CommandOutput.note(call, "redoubt asks: %s", ExecText.shown(action));
    CommandOutput.note(call, "  because %s  (%s)", question.reason(), question.rule());
    for (String proposal : question.proposals()) {
      CommandOutput.note(call, "  always: --allow '%s'", proposal);
    }
    call.world().err().print("Do it once? [y/N] ");
    call.world().err().flush();
    String answer = answer().strip().toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes") ? Answer.YES : Answer.NO;
  }

  /* Nothing interrupts reading from a terminal, so another thread waits there. */
  private String answer() throws InterruptedException {
    FutureTask<String> reading = new FutureTask<>(this::typed);
    Thread.ofPlatform().daemon().name("answer").start(reading);
    try {
      return reading.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the answer could not be read", e.getCause());
    }
  }

  /* Byte by byte: what comes after the line belongs to the command. */
  private String typed() {
    StringBuilder line = new StringBuilder();
    InputStream in = call.world().streams().in();
    try {
      for (int c = in.read(); c >= 0 && c != '\n' && line.length() < MAX_ANSWER; c = in.read()) {
        line.append((char) c);
      }
    } catch (IOException e) {
      return "";
    }
    return line.toString();
  }
}
