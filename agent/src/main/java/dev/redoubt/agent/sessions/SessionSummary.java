// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.sessions.Transcript.Spent;
import java.time.Instant;

/// A session in one line.
///
/// @param title its name, else the beginning of its first prompt
/// @param place where and with what it works
/// @param time when it was worked on
/// @param spent what it used
/// @param status how its last prompt ended; empty when that was cut off
public record SessionSummary(
    SessionId id, String title, Place place, Time time, Spent spent, String status) {

  public SessionSummary {
    requireNonNull(id, "id");
    requireNonNull(title, "title");
    requireNonNull(place, "place");
    requireNonNull(time, "time");
    requireNonNull(spent, "spent");
    requireNonNull(status, "status");
  }

  /// Where and with what a session works.
  public record Place(String workspace, String model) {
    public Place {
      requireNonNull(workspace, "workspace");
      requireNonNull(model, "model");
    }
  }

  /// When a session was worked on.
  ///
  /// @param prompts how many prompts of a person it has
  public record Time(Instant first, Instant last, int prompts) {
    public Time {
      requireNonNull(first, "first");
      requireNonNull(last, "last");
    }
  }
}
