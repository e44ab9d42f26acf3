// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.Main;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs a command of Redoubt that only looks, in the served folder, without a terminal and without
/// the network, and takes what it would have printed.
final class InnerCommand {

  private static final int LARGEST = 64 << 20;
  private static final Limits LIMITS = new Limits(LARGEST, 200, 5_000_000);

  private final Call call;
  private final Path workspace;

  InnerCommand(Call call, Path workspace) {
    this.call = requireNonNull(call, "call");
    this.workspace = requireNonNull(workspace, "workspace");
  }

  /// What it printed, and how it ended.
  record Printed(int exitCode, String out, String err) {

    /// Returns it as JSON.
    ///
    /// @throws RedoubtException with what it said, if it printed none
    Node json() {
      try {
        return Json.readStrict(out.getBytes(UTF_8), LIMITS);
      } catch (DocumentException e) {
        throw new RedoubtException(
            ErrorCode.UNREADABLE,
            err.isBlank() ? "it gave no answer" : err.strip().replace("redoubt: ", ""),
            e);
      }
    }
  }

  Printed run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data-dir=" + call.globals().dataDir().toAbsolutePath());
    call.globals().config().ifPresent(file -> all.add("--config=" + file.toAbsolutePath()));
    all.addAll(List.of("--offline", "--quiet", "--color=never"));
    Bounded out = new Bounded(LARGEST);
    Bounded err = new Bounded(64 << 10);
    InputStream in = new ByteArrayInputStream(new byte[0]);
    int code;
    try (PrintStream toOut = new PrintStream(out, false, UTF_8);
        PrintStream toErr = new PrintStream(err, false, UTF_8)) {
      code =
          Main.run(
              all,
              new Surroundings(
                  call.world().environment(),
                  workspace,
                  new Surroundings.Streams(in, toOut, toErr, Surroundings.Terminals.NONE),
                  call.world().clock(),
                  call.world().managed()));
    }
    if (out.isFull()) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "the answer has more than %d MB: ask about a smaller folder".formatted(LARGEST >> 20));
    }
    return new Printed(code, out.text(), CommandOutput.plain(err.text().strip()));
  }

  /// Keeps what fits.
  private static final class Bounded extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int most;
    private boolean full;

    Bounded(int most) {
      this.most = most;
    }

    @Override
    public void write(int b) {
      if (kept.size() < most) {
        kept.write(b);
      } else {
        full = true;
      }
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      int room = Math.min(length, most - kept.size());
      kept.write(bytes, from, room);
      full |= room < length;
    }

    boolean isFull() {
      return full;
    }

    String text() {
      return kept.toString(UTF_8);
    }
  }
}
