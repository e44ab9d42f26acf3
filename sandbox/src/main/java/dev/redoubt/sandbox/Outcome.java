// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Decision;
import dev.redoubt.sandbox.files.Listing;
import dev.redoubt.sandbox.files.Matches;
import dev.redoubt.sandbox.network.Connection;
import dev.redoubt.sandbox.network.WebResponse;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.RunningCommand;
import java.nio.file.Path;

/// What came of an action.
public sealed interface Outcome {

  /// The guard said no, or nobody said yes: nothing was done.
  record RefusedByGuard(String guard, Decision decision) implements Outcome {
    public RefusedByGuard {
      requireNonNull(guard, "guard");
      requireNonNull(decision, "decision");
    }
  }

  /// The wall said no, although the guard had said yes: nothing was done.
  ///
  /// @param reason why, in one sentence
  /// @param fix what would make it possible; may be empty
  record RefusedByWall(String reason, String fix) implements Outcome {
    public RefusedByWall {
      requireNonNull(reason, "reason");
      requireNonNull(fix, "fix");
    }
  }

  /// It could not be started: nothing was done.
  ///
  /// @param reason why, in one sentence
  /// @param fix what to do; may be empty
  record NotStarted(String reason, String fix) implements Outcome {
    public NotStarted {
      requireNonNull(reason, "reason");
      requireNonNull(fix, "fix");
    }
  }

  /// A command ran and ended: by itself with whatever code, in time or not, or was cut.
  record Ran(Ended ended) implements Outcome {
    public Ran {
      requireNonNull(ended, "ended");
    }
  }

  /// A command runs. Whoever takes this ends it, and the end of the sandbox does.
  record Runs(RunningCommand command) implements Outcome {
    public Runs {
      requireNonNull(command, "command");
    }
  }

  /// A file was read.
  ///
  /// @param content the first bytes of it
  /// @param size how many bytes it has in all
  record ReadFile(Content content, long size) implements Outcome {
    public ReadFile {
      requireNonNull(content, "content");
    }
  }

  /// A file was created, replaced or deleted.
  record Changed() implements Outcome {}

  /// The names in a folder.
  record Listed(Listing listing) implements Outcome {
    public Listed {
      requireNonNull(listing, "listing");
    }
  }

  /// The lines that were searched for.
  record Found(Matches matches) implements Outcome {
    public Found {
      requireNonNull(matches, "matches");
    }
  }

  /// A connection is open. Whoever takes this closes it.
  record Connected(Connection connection) implements Outcome {
    public Connected {
      requireNonNull(connection, "connection");
    }
  }

  /// A web server answered. Whoever takes this closes the response.
  record Fetched(WebResponse response) implements Outcome {
    public Fetched {
      requireNonNull(response, "response");
    }
  }

  /// A tool of a server answered, which may be that it failed.
  ///
  /// @param result all of it, as the server put it
  record Called(Node.Obj result) implements Outcome {
    public Called {
      requireNonNull(result, "result");
    }
  }

  /// It was tried and did not work: no such file, no such server.
  ///
  /// @param reason why, in one sentence
  record Failed(String reason) implements Outcome {
    public Failed {
      requireNonNull(reason, "reason");
    }

    /// Returns what comes of reading `path` when nothing lies there, and of no other failure.
    public static Failed absent(Path path) {
      return new Failed("\"%s\": there is no such file".formatted(path));
    }
  }
}
