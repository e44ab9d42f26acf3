// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.guard.network.Target;
import dev.redoubt.sandbox.egress.HeadLines.Unreadable;
import dev.redoubt.sandbox.network.Connection;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One request and its answer, on a connection to the server that is used for nothing else.
final class HttpExchange {

  private static final int MAX_INTERIM = 5;

  private final Visit visit;
  private final Wire client;
  private final RequestHead request;
  private final StrictUrl url;
  private final Credentials credentials;
  private final AtomicReference<@Nullable Unreadable> broken = new AtomicReference<>();

  HttpExchange(Visit visit, Wire client, RequestHead request, StrictUrl url) {
    this.visit = visit;
    this.client = client;
    this.request = request;
    this.url = url;
    this.credentials = new Credentials(visit.house().terms().credentials());
  }

  /// Returns whether the program's connection can take another request.
  boolean run() throws RefusedRequest, IOException, InterruptedException {
    String expected = expected();
    Target target = Target.of(request.method(), url);
    Connection server =
        visit.house().warden().open(new Action.Fetch(request.method(), url.text()), target, visit);
    try {
      visit.whileMoving();
      Wire wire = new Wire(server, visit);
      wire.write(head(target));
      if (expected != null) {
        client.write(Answers.CONTINUE);
      }
      FutureTask<Boolean> sending = sending(wire);
      AnswerHead answer = answer(wire, server);
      return give(answer, wire) && wasSent(sending);
    } finally {
      visit.release(server);
    }
  }

  private @Nullable String expected() throws RefusedRequest {
    try {
      String expected = request.header().only("expect");
      if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
        throw RefusedRequest.malformed("what the Expect line asks for is not known");
      }
      return expected;
    } catch (Unreadable e) {
      throw RefusedRequest.malformed(e.reason());
    }
  }

  private byte[] head(Target target) throws RefusedRequest {
    StringBuilder text = new StringBuilder(512);
    text.append(request.method()).append(' ').append(url.pathAndQuery()).append(" HTTP/1.1\r\n");
    Header.write(text, "Host", url.authority());
    Header.write(text, "Connection", "close");
    for (Header.Line line : credentials.put(request.header().endToEnd(), target)) {
      Header.write(text, line.name(), line.value());
    }
    switch (request.framing()) {
      case Framing.Nothing(), Framing.UntilClosed() -> {}
      case Framing.Length(long bytes) -> Header.write(text, "Content-Length", Long.toString(bytes));
      case Framing.Chunked() -> Header.write(text, "Transfer-Encoding", "chunked");
    }
    return Header.bytes(text.append("\r\n"));
  }

  /* A server may answer before it has read all, so the body goes its own way. */
  private FutureTask<Boolean> sending(Wire server) {
    FutureTask<Boolean> sending =
        new FutureTask<>(() -> {
          try {
            new Body(client, server, true).carry(request.framing());
            return true;
          } catch (Unreadable e) {
            // Whoever waits for the answer sees the end of the connection, and then asks why.
            broken.set(e);
            server.connection().close();
            throw e;
          }
        });
    if (request.framing() instanceof Framing.Nothing) {
      sending.run();
    } else {
      visit.house().threads().execute(sending);
    }
    return sending;
  }

  private AnswerHead answer(Wire wire, Connection server) throws RefusedRequest, IOException {
    visit.awaits(server);
    try {
      int most = visit.house().terms().limits().headerBytes();
      for (int i = 0; i < MAX_INTERIM; i++) {
        AnswerHead answer = AnswerHead.read(wire, request.method(), most);
        if (answer.status() == 101 || answer.status() == 407) {
          throw bad(
              "the server answered with %d, which nobody asked for".formatted(answer.status()));
        }
        if (answer.status() >= 200) {
          return answer;
        }
      }
      throw bad("the server sent more than %d interim answers".formatted(MAX_INTERIM));
    } catch (Unreadable e) {
      throw bad("the answer of %s cannot be read: %s".formatted(url.authority(), e.reason()));
    } catch (IOException e) {
      throw failure(e);
    } finally {
      visit.answered();
    }
  }

  private RefusedRequest failure(IOException e) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw e;
    }
    Unreadable unreadable = broken.get();
    if (unreadable != null) {
      return RefusedRequest.malformed(unreadable.reason());
    }
    return visit.wasLate()
        ? RefusedRequest.upstream(
            RefusedRequest.TOO_LATE,
            "net.timeout",
            "%s did not answer in time".formatted(url.authority()))
        : bad("%s ended the connection without an answer".formatted(url.authority()));
  }

  private static RefusedRequest bad(String reason) {
    return RefusedRequest.upstream(RefusedRequest.UPSTREAM, "net.bad-answer", reason);
  }

  /// Carries the answer to the program; says whether its connection stays in step.
  private boolean give(AnswerHead answer, Wire server) throws IOException {
    boolean chunked = answer.framing() instanceof Framing.Chunked && !request.isOld();
    boolean stays =
        request.staysOpen()
            && switch (answer.framing()) {
              case Framing.Nothing(), Framing.Length(long _) -> true;
              case Framing.Chunked() -> chunked;
              case Framing.UntilClosed() -> false;
            };
    StringBuilder text = new StringBuilder(512);
    text.append("HTTP/1.1 ").append(answer.status()).append(' ').append(answer.phrase());
    text.append("\r\n");
    for (Header.Line line : answer.header().endToEnd()) {
      Header.write(text, line.name(), credentials.hidden(line).value());
    }
    length(answer, text);
    if (chunked) {
      Header.write(text, "Transfer-Encoding", "chunked");
    }
    Header.write(text, "Connection", stays ? "keep-alive" : "close");
    client.write(Header.bytes(text.append("\r\n")));
    try {
      new Body(server, client, chunked).carry(answer.framing());
    } catch (Unreadable e) {
      throw new IOException("the answer of %s is broken".formatted(url.authority()), e);
    }
    return stays;
  }

  /* An answer without a body may still say how long it would be. */
  private void length(AnswerHead answer, StringBuilder text) {
    switch (answer.framing()) {
      case Framing.Length(long bytes) -> Header.write(text, "Content-Length", Long.toString(bytes));
      case Framing.Nothing() when request.method().equals("HEAD") || answer.status() == 304 -> {
        List<String> lengths = answer.header().listed("content-length");
        if (lengths.size() == 1) {
          Header.write(text, "Content-Length", lengths.getFirst());
        }
      }
      case Framing.Nothing(), Framing.Chunked(), Framing.UntilClosed() -> {}
    }
  }

  private static boolean wasSent(FutureTask<Boolean> sending) throws InterruptedException {
    if (!sending.isDone()) {
      return false;
    }
    try {
      return sending.get();
    } catch (ExecutionException e) {
      return false;
    }
  }
}
