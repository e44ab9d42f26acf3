// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.sandbox.CredentialSetting;
import dev.redoubt.cli.sandbox.CredentialSetting.Source;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.egress.CredentialBinding;
import dev.redoubt.sandbox.processes.OperatorProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The credentials of one session: placeholders for its commands, values for its proxy.
///
/// Variables and files are read at once, a program is asked when the first request needs what it
/// prints, and again after ten minutes. No message quotes a value.
public final class SessionCredentials {

  private static final int LONGEST = 8000;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Map<String, String> variables = new TreeMap<>();
  private final List<CredentialBinding> bindings = new ArrayList<>();

  private SessionCredentials() {}

  /// Returns those of `settings` that have a value, and says which has none.
  ///
  /// @param workspace that commands can read, so no credential lies there
  /// @throws RedoubtException if a value cannot be read or used, or others can read it
  static SessionCredentials of(Call call, Path workspace, List<CredentialSetting> settings) {
    SessionCredentials credentials = new SessionCredentials();
    for (CredentialSetting setting : settings) {
      value(call, workspace, setting).ifPresent(value -> credentials.add(setting, value));
    }
    return credentials;
  }

  /// Returns what gives the value of `setting`; empty, after saying so, when its variable is not
  /// set.
  ///
  /// @param workspace that commands can read, so no credential lies there
  /// @return throws a [RedoubtException] if a program gives no value; safe to share
  /// @throws RedoubtException if the value cannot be read or used, or others can read it
  public static Optional<Supplier<String>> value(
      Call call, Path workspace, CredentialSetting setting) {
    return switch (setting.source()) {
      case Source.Variable(String name) -> {
        String value = call.world().variable(name, "");
        if (value.isEmpty()) {
          CommandOutput.note(
              call,
              "redoubt: the credential \"%s\" is left out: %s is not set",
              setting.name(),
              name);
          yield Optional.empty();
        }
        String usable = usable(setting, value);
        yield Optional.of(() -> usable);
      }
      case Source.File(Path path) -> {
        String usable = usable(setting, text(setting, path, workspace));
        yield Optional.of(() -> usable);
      }
      case Source.Program(List<String> words) -> Optional.of(new Printed(call, setting, words));
    };
  }

  private void add(CredentialSetting setting, Supplier<String> value) {
    CredentialBinding binding = CredentialBinding.hidden(setting.where(), value);
    bindings.add(binding);
    variables.put(setting.variable(), binding.placeholder());
  }

  /// Returns what stands for what.
  List<CredentialBinding> bindings() {
    return List.copyOf(bindings);
  }

  /// Returns the variables with the placeholders.
  Map<String, String> variables() {
    return Map.copyOf(variables);
  }

  private static String text(CredentialSetting setting, Path path, Path workspace) {
    try {
      Path real = path.toRealPath();
      if (real.startsWith(workspace)) {
        throw wrong(setting, "lies in the workspace, where commands read it");
      }
      if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
        throw wrong(setting, "is no file");
      }
      Set<PosixFilePermission> open = EnumSet.copyOf(OF_OTHERS);
      open.retainAll(Files.getPosixFilePermissions(real));
      if (!open.isEmpty()) {
        throw wrong(setting, "is open to others: chmod 600 \"%s\"".formatted(path));
      }
      try (InputStream in = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
        return new String(in.readNBytes(LONGEST + 2), UTF_8);
      }
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "the credential \"%s\" cannot be read from \"%s\": %s"
              .formatted(setting.name(), path, RedoubtException.reason(e)),
          e);
    }
  }

  private static String usable(CredentialSetting setting, String text) {
    String value = text.strip();
    boolean visible = value.chars().allMatch(c -> c >= ' ' && c <= '~');
    if (value.isEmpty() || value.length() > LONGEST || !visible) {
      throw wrong(setting, "gives no 1 to %d visible ASCII characters".formatted(LONGEST));
    }
    return value;
  }

  private static RedoubtException wrong(CredentialSetting setting, String what) {
    return new RedoubtException(
        ErrorCode.USAGE,
        "the credential \"%s\" cannot be used: %s %s"
            .formatted(setting.name(), setting.source().shown(), what));
  }

  /* Asked from the threads of the proxy, one at a time. */
  private static final class Printed implements Supplier<String> {

    private record Value(String text, Instant at) {}

    private final Call call;
    private final CredentialSetting setting;
    private final List<String> words;
    private Value value = new Value("", Instant.MIN);

    Printed(Call call, CredentialSetting setting, List<String> words) {
      this.call = requireNonNull(call, "call");
      this.setting = setting;
      this.words = words;
    }

    @Override
    public synchronized String get() {
      Instant now = call.world().clock().instant();
      if (value.at().isBefore(now.minus(FRESH))) {
        try {
          value = new Value(usable(setting, printed()), now);
        } catch (RedoubtException e) {
          CommandOutput.note(call, "redoubt: %s", RedoubtException.reason(e));
          throw e;
        }
      }
      return value.text();
    }

    private String printed() {
      try {
        OperatorProgram.Result result =
            OperatorProgram.run(
                words, call.world().environment(), call.world().home(), "", PATIENCE);
        if (result.code() != 0) {
          throw wrong(setting, result.code() < 0 ? "took too long" : "ended with " + result.code());
        }
        return result.output();
      } catch (IOException e) {
        throw wrong(setting, "cannot be started: " + RedoubtException.reason(e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw wrong(setting, "was cancelled");
      }
    }
  }
}
