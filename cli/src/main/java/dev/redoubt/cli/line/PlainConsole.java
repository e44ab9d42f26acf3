// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jline.utils.Signals;

/// A terminal that is only written to line by line: for screen readers, dumb terminals and
/// `--plain`. The kernel edits the line; no cursor is moved.
final class PlainConsole implements Console {

  private static final int LONGEST = 1 << 20;
  private static final int COLUMNS = 80;

  private final BlockingQueue<Typed> typed = new LinkedBlockingQueue<>();
  private final ArrayDeque<Typed> early = new ArrayDeque<>();
  private final PrintStream out;
  private final Style style;
  private final Object interrupt;
  private volatile boolean left;

  /// @param in read until it ends, by a thread of its own
  PlainConsole(InputStream in, PrintStream out, Style style) {
    this.out = requireNonNull(out, "out");
    this.style = requireNonNull(style, "style");
    this.interrupt = Signals.register("INT", () -> typed.add(new Typed.Interrupt()));
    Thread.ofPlatform().daemon().name("line-input").start(() -> pump(in));
  }

  private void pump(InputStream in) {
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c == '\n') {
          typed.add(new Typed.Line(line.toString(UTF_8)));
          line.reset();
        } else if (c != '\r' && line.size() < LONGEST) {
          line.write(c);
        }
      }
      if (line.size() > 0) {
        typed.add(new Typed.Line(line.toString(UTF_8)));
      }
    } catch (IOException e) {
      // The terminal is gone, which is an end like any other.
    }
    typed.add(new Typed.Left());
  }

  @Override
  public Typed read(Prompt prompt) {
    List<String> lines = new ArrayList<>();
    if (prompt.kind() == Kind.TASK) {
      // Nobody calls between turns: that was the end of the last one.
      typed.removeIf(Typed.Called.class::isInstance);
    }
    if (prompt.kind() == Kind.ANSWER) {
      setAside();
    }
    if (prompt.kind() != Kind.STEER) {
      print(prompt.text());
    }
    while (true) {
      Typed next = next(prompt.kind());
      if (!(next instanceof Typed.Line(String text))) {
        return next instanceof Typed.Called ? new Typed.Called(String.join("\n", lines)) : next;
      }
      if (prompt.kind() == Kind.TASK && text.endsWith("\\")) {
        lines.add(text.substring(0, text.length() - 1));
        print("... ");
      } else {
        lines.add(text);
        return new Typed.Line(String.join("\n", lines));
      }
    }
  }

  /* What was typed before the question was not meant for it, but for whoever reads next. */
  private void setAside() {
    for (Iterator<Typed> all = typed.iterator(); all.hasNext(); ) {
      if (all.next() instanceof Typed.Line line) {
        early.add(line);
        all.remove();
      }
    }
  }

  private Typed next(Kind kind) {
    if (kind != Kind.ANSWER && !early.isEmpty()) {
      return early.remove();
    }
    if (left && typed.isEmpty()) {
      return new Typed.Left();
    }
    try {
      Typed next = typed.take();
      left |= next instanceof Typed.Left;
      return next;
    } catch (InterruptedException e) {
      return new Typed.Left();
    }
  }

  private void print(String text) {
    out.print(text);
    out.flush();
  }

  @Override
  public void show(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void gap() {
    show("");
  }

  @Override
  public void call() {
    typed.add(new Typed.Called(""));
  }

  @Override
  public void leave() {
    left = true;
    typed.add(new Typed.Left());
  }

  @Override
  public Style style() {
    return style;
  }

  @Override
  public int columns() {
    return COLUMNS;
  }

  @Override
  public void close() {
    Signals.unregister("INT", interrupt);
  }
}
