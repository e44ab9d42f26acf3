// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.agent.models.ApiKey;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.Console;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt auth add`: keeps a key, read from standard input or typed unseen on a terminal; never
/// from the command line, where everybody on the machine could read it.
public final class AuthAddCommand implements Command {

  private static final int LONGEST = 16 * 1024;

  @Override
  public CommandSpec spec() {
    return ModelOptions.provider(CommandSpec.create(), "1", "Whose key it is.")
        .addOption(
            OptionSpec.builder("--file")
                .description("Keep it in a file of mode 0600, even where there is a keyring.")
                .build());
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt auth add anthropic", "pass show openrouter | redoubt auth add openrouter --file");
  }

  @Override
  public int run(Call call) {
    String provider = call.parameter(0).orElseThrow(() -> new UsageException("whose key?"));
    ModelWorld models = ModelWorld.of(call);
    models.requireKnown(provider);
    ApiKey key;
    try {
      key = ApiKey.of(read(call, provider));
    } catch (IllegalArgumentException e) {
      throw new UsageException("that is no key: " + e.getMessage());
    }
    KeyStore.Wanted wanted = call.has("--file") ? KeyStore.Wanted.FILE : KeyStore.Wanted.ANY;
    try {
      KeyStore.Place place = models.store().put(provider, key, wanted);
      CommandOutput.line(call, "%s", said(models.store(), provider, place));
      return ExitCode.OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.CANCELLED;
    }
  }

  private static String said(KeyStore store, String provider, KeyStore.Place place) {
    return switch (place) {
      case KeyStore.Place.InKeyring() ->
          "the key of %s is kept in %s"
              .formatted(
                  provider, store.keyring().map(it -> it.kind().shown()).orElse("the keyring"));
      case KeyStore.Place.InFile(var file) ->
          "the key of %s is kept in the file %s, unencrypted and readable for you only"
              .formatted(provider, file);
    };
  }

  @SuppressWarnings("SystemConsoleNull") // the one of java.base is null without a terminal
  private static String read(Call call, String provider) {
    if (call.world().streams().terminals().in()) {
      Console console = System.console();
      if (console == null) {
        throw new UsageException(
            "nothing can be typed unseen here: pipe the key into redoubt auth add " + provider);
      }
      char[] typed = console.readPassword("Key of %s (not shown): ", provider);
      return typed == null ? "" : new String(typed);
    }
    try {
      return new String(call.world().streams().in().readNBytes(LONGEST), UTF_8);
    } catch (IOException e) {
      throw new RedoubtException(ErrorCode.UNREADABLE, "the key cannot be read", e);
    }
  }
}
