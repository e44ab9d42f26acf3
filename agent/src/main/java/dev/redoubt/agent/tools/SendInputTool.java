// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The tool `send_input`: types into the terminal of a job.
///
/// The guard judged the program of the job as one that is given whatever is typed later.
final class SendInputTool implements Tool {

  private static final int USUAL_WAIT = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ToolSpec spec = Described.tool("send_input");
  private final Jobs jobs;

  SendInputTool(Jobs jobs) {
    this.jobs = requireNonNull(jobs, "jobs");
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Access access() {
    return Access.RUNS;
  }

  @Override
  public Step plan(Node.Obj arguments) {
    return Arguments.checked(
        spec,
        arguments,
        given -> {
          Optional<Job> job = jobs.job(given.text("job"));
          return job.isEmpty()
              ? Step.Done.failed(
                  "there is no job \"%s\": %s".formatted(given.text("job"), jobs.known()))
              : type(job.get(), keys(given), given.number("wait_seconds", USUAL_WAIT));
        });
  }

  /* What a terminal makes of the keys that have no sign. */
  private static String keys(Arguments given) {
    String key =
        switch (given.optionalText("key").orElse("")) {
          case "enter" -> "\r";
          case "ctrl-c" -> "\u0003";
          case "ctrl-d" -> "\u0004";
          case "escape" -> "\u001b";
          case "tab" -> "\t";
          case "up" -> "\u001b[A";
          case "down" -> "\u001b[B";
          case "right" -> "\u001b[C";
          case "left" -> "\u001b[D";
          case "backspace" -> "\u007f";
          default -> "";
        };
    return given.optionalText("text").orElse("") + key;
  }

  private enum Typing {
    TYPED,
    STUCK,
    ENDED
  }

  /* A terminal that nobody reads takes some thousand characters and then none. */
  private static Typing typed(Job job, byte[] bytes) {
    CompletableFuture<Typing> typing = new CompletableFuture<>();
    Thread writer =
        Thread.ofPlatform()
            .daemon()
            .name("send-input")
            .start(() -> {
              try {
                OutputStream to = job.command().toInput();
                to.write(bytes);
                to.flush();
                typing.complete(Typing.TYPED);
              } catch (InterruptedIOException e) {
                typing.complete(Typing.STUCK);
              } catch (IOException e) {
                typing.complete(Typing.ENDED);
              }
            });
    try {
      return typing.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Typing.STUCK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Typing.STUCK;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      writer.interrupt();
    }
  }

  private static Step type(Job job, String keys, int wait) {
    if (keys.isEmpty()) {
      return Step.Done.failed("send_input: give \"text\", \"key\" or both");
    }
    if (!job.hasTerminal()) {
      return Step.Done.failed(
          "%s has no terminal: start it with bash and terminal: true".formatted(job.id()));
    }
    switch (typed(job, keys.getBytes(UTF_8))) {
      case ENDED -> {
        return Step.Done.failed("%s reads no more: it has ended".formatted(job.id()));
      }
      case STUCK -> {
        return Step.Done.failed(
            "%s reads nothing now: part of the text may have been typed".formatted(job.id()));
      }
      case TYPED -> {}
    }
    boolean ended = job.hasEndedWithin(Duration.ofSeconds(wait));
    return Step.Done.said(
        "%s\n[%s %s]".formatted(job.news(), job.id(), ended ? "has ended" : "is running"),
        Facts.of("job", job.id()).and("typed", keys).and("running", !ended).all());
  }
}
