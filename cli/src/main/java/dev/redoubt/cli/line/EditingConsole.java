// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;
import org.jline.utils.Signals;

/// A terminal with an editor for the line: keys, history, completion, pasted text; what happens
/// meanwhile is shown above the line.
final class EditingConsole implements Console {

  private static final int LEAST_COLUMNS = 20;
  private static final String NEW_LINE = "new-line";
  private static final String USUAL_TYPE = "xterm-256color";

  private final Terminal terminal;
  private final LineReader editor;
  private final LineReader asker;
  private final Style style;
  private final Map<String, Object> taken = new HashMap<>();
  private final Object lock = new Object();
  private boolean called;
  private boolean left;
  private boolean interrupted;
  private volatile boolean free;
  private boolean reading;
  private Thread reader = Thread.currentThread();

  private EditingConsole(Terminal terminal, Style style, Completer completer, List<String> past) {
    this.terminal = terminal;
    this.style = style;
    this.editor = editor(terminal, completer, past);
    this.asker = editor(terminal, (_, _, _) -> {}, List.of());
    // While no line is read a Ctrl-C would end the program.
    terminal.handle(Terminal.Signal.INT, _ -> interruptedBetween());
    pass(Terminal.Signal.INT);
    pass(Terminal.Signal.WINCH);
    pass(Terminal.Signal.CONT);
  }

  /* The editor would take a signal and give it back around each line; one that comes in between
  would end the program. */
  private void pass(Terminal.Signal signal) {
    taken.put(signal.name(), Signals.register(signal.name(), () -> terminal.raise(signal)));
  }

  /// @param type what `TERM` says; one that is not known to the editor counts as a usual one
  /// @param past the lines of before, oldest first
  static EditingConsole open(String type, Style style, Completer completer, List<String> past)
      throws IOException {
    // Asking for a type that is not known would start a program of the person's PATH.
    boolean known = InfoCmp.getLoadedInfoCmp(type) != null;
    Terminal terminal =
        TerminalBuilder.builder()
            .system(true)
            .provider("ffm")
            .dumb(false)
            .type(known ? type : USUAL_TYPE)
            .encoding(StandardCharsets.UTF_8)
            .graphemeCluster(false)
            .nativeSignals(false)
            .build();
    return new EditingConsole(terminal, requireNonNull(style, "style"), completer, past);
  }

  private static LineReader editor(Terminal terminal, Completer completer, List<String> past) {
    KeptHistory history = new KeptHistory();
    LineReader editor =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("redoubt")
            .completer(completer)
            .parser(new LineWords())
            .history(history)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.AUTO_FRESH_LINE, false)
            .option(LineReader.Option.INSERT_TAB, false)
            .option(LineReader.Option.ERASE_LINE_ON_FINISH, false)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "... ")
            .variable(LineReader.BELL_STYLE, "none")
            .build();
    past.forEach(history::keep);
    editor
        .getWidgets()
        .put(
            NEW_LINE,
            () -> {
              editor.getBuffer().write("\n");
              return true;
            });
    KeyMap<Binding> keys =
        requireNonNull(editor.getKeyMaps().get(LineReader.MAIN), "an editor has keys");
    keys.bind(new Reference(NEW_LINE), KeyMap.alt('\r'), KeyMap.alt('\n'));
    return editor;
  }

  /// Lets the arrow keys find `line` from now on.
  void remember(String line) {
    if (editor.getHistory() instanceof KeptHistory history) {
      history.keep(line);
    }
  }

  @Override
  public Typed read(Prompt prompt) {
    synchronized (lock) {
      if (left) {
        return new Typed.Left();
      }
      if (interrupted) {
        interrupted = false;
        return new Typed.Interrupt();
      }
      // Nobody calls between turns: that was the end of the last one.
      boolean stale = prompt.kind() == Kind.TASK;
      if (called && !stale) {
        called = false;
        return new Typed.Called(prompt.begun());
      }
      called = false;
      reader = Thread.currentThread();
      reading = true;
    }
    LineReader with = prompt.kind() == Kind.ANSWER ? asker : editor;
    try {
      if (prompt.kind() == Kind.ANSWER) {
        forgetWhatWasTyped();
      }
      String line = with.readLine(prompt.text(), null, (Character) null, prompt.begun());
      return new Typed.Line(line.replace("\\\n", "\n"));
    } catch (UserInterruptException e) {
      return interrupted(e.getPartialLine());
    } catch (EndOfFileException e) {
      return new Typed.Left();
    } finally {
      done();
    }
  }

  private void interruptedBetween() {
    synchronized (lock) {
      interrupted = true;
    }
  }

  private Typed interrupted(String unfinished) {
    synchronized (lock) {
      if (left) {
        return new Typed.Left();
      }
      if (called) {
        called = false;
        free = true;
        return new Typed.Called(unfinished);
      }
    }
    return new Typed.Interrupt();
  }

  /* A call that came after the last key must not end something else. */
  private void done() {
    synchronized (lock) {
      reading = false;
      Thread.interrupted();
    }
  }

  /* What was typed before a question was not meant for it. */
  private void forgetWhatWasTyped() {
    try {
      while (terminal.reader().peek(1) >= 0) {
        if (terminal.reader().read(1) < 0) {
          return;
        }
      }
    } catch (IOException e) {
      // The read that follows says so.
    }
  }

  @Override
  public void show(String line) {
    free = false;
    if (editor.isReading()) {
      editor.printAbove(line);
    } else if (asker.isReading()) {
      asker.printAbove(line);
    } else {
      terminal.writer().println(line);
      terminal.writer().flush();
    }
  }

  /* An editor that is called away leaves a free line by itself. */
  @Override
  public void gap() {
    if (!free) {
      show("");
    }
  }

  @Override
  public void call() {
    synchronized (lock) {
      called = true;
      if (reading) {
        reader.interrupt();
      }
    }
  }

  @Override
  public void leave() {
    synchronized (lock) {
      left = true;
      if (reading) {
        reader.interrupt();
      }
    }
  }

  @Override
  public Style style() {
    return style;
  }

  @Override
  public int columns() {
    return Math.max(LEAST_COLUMNS, terminal.getColumns());
  }

  @Override
  public void close() {
    taken.forEach(Signals::unregister);
    try {
      terminal.close();
    } catch (IOException e) {
      // It is gone already.
    }
  }
}
