// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.models;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.models.ApiKey;
import dev.redoubt.agent.models.KeySource;
import dev.redoubt.agent.models.Keys;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.processes.OperatorProgram;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Finds keys in the environment, in what `redoubt auth add` stored, and by asking programs.
///
/// What a program printed is used for ten minutes before it is asked again. Safe to share.
final class KeyFinder implements Keys {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration FRESH = Duration.ofMinutes(10);

  private record Printed(ApiKey key, Instant at) {}

  private final Surroundings world;
  private final KeyStore store;
  private final Map<String, Printed> printed = new ConcurrentHashMap<>();

  KeyFinder(Surroundings world, KeyStore store) {
    this.world = requireNonNull(world, "world");
    this.store = requireNonNull(store, "store");
  }

  @Override
  public Found find(KeySource source) throws InterruptedException {
    return switch (source) {
      case KeySource.None() -> new Found.Unneeded();
      case KeySource.Usual(List<String> variables, String stored) -> usual(variables, stored);
      case KeySource.Exec(String command) -> printed(command);
    };
  }

  private Found usual(List<String> variables, String stored) throws InterruptedException {
    for (String name : variables) {
      String value = world.variable(name, "");
      if (!value.isBlank()) {
        try {
          return new Found.Key(ApiKey.of(value));
        } catch (IllegalArgumentException e) {
          return new Found.Missing("what %s holds is no key: %s".formatted(name, e.getMessage()));
        }
      }
    }
    try {
      Optional<ApiKey> key = store.get(stored);
      return key.isPresent() ? new Found.Key(key.get()) : missing(variables, stored);
    } catch (RedoubtException e) {
      return new Found.Missing(String.valueOf(e.getMessage()));
    }
  }

  private static Found missing(List<String> variables, String stored) {
    String set = variables.isEmpty() ? "" : "set " + variables.getFirst() + " or ";
    return new Found.Missing("there is no key: %srun redoubt auth add %s".formatted(set, stored));
  }

  private Found printed(String command) throws InterruptedException {
    Instant now = world.clock().instant();
    Printed before = printed.get(command);
    if (before != null && before.at().plus(FRESH).isAfter(now)) {
      return new Found.Key(before.key());
    }
    try {
      List<String> words = OperatorProgram.words(command);
      OperatorProgram.Result result =
          OperatorProgram.run(words, world.environment(), world.home(), "", PATIENCE);
      if (result.code() != 0) {
        String how = result.code() < 0 ? "took too long" : "ended with " + result.code();
        return new Found.Missing(
            "the program for the key, %s, %s".formatted(words.getFirst(), how));
      }
      ApiKey key = ApiKey.of(result.output());
      printed.put(command, new Printed(key, now));
      return new Found.Key(key);
    } catch (IOException e) {
      return new Found.Missing(
          "the program for the key cannot be started: " + RedoubtException.reason(e));
    } catch (IllegalArgumentException e) {
      return new Found.Missing("the program for the key: " + e.getMessage());
    }
  }
}
