// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.sandbox.processes.RunningCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The commands of a session that were left running. They end with its sandbox. Safe to share.
final class Jobs {

  /// The most that run at the same time.
  static final int MOST = 16;

  private static final int MOST_REMEMBERED = 64;

  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private int made;

  /// Takes a running command and returns the job it is from now on.
  synchronized Job add(RunningCommand command, OutputText output, @Nullable Thread terminal) {
    made++;
    Job job = new Job("job-" + made, command, output, terminal);
    jobs.put(job.id(), job);
    for (String id : new ArrayList<>(jobs.keySet())) {
      Job old = jobs.get(id);
      if (jobs.size() > MOST_REMEMBERED && old != null && !old.command().isAlive()) {
        jobs.remove(id);
      }
    }
    return job;
  }

  synchronized Optional<Job> job(String id) {
    return Optional.ofNullable(jobs.get(id));
  }

  synchronized long running() {
    return jobs.values().stream().filter(job -> job.command().isAlive()).count();
  }

  /// Returns the jobs there are, for a model that names another.
  synchronized String known() {
    List<String> ids =
        jobs.values().stream()
            .map(job -> job.id() + (job.command().isAlive() ? "" : " (ended)"))
            .toList();
    return ids.isEmpty() ? "there are no jobs" : "there are " + String.join(", ", ids);
  }
}
