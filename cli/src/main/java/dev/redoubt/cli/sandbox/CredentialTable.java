// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.sandbox;

import dev.redoubt.cli.Call;
import dev.redoubt.guard.network.Host;
import dev.redoubt.guard.network.IpAddress;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.sandbox.processes.OperatorProgram;
import dev.redoubt.sandbox.wall.EnvironmentRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads `[options.sandbox.credentials]`.
public final class CredentialTable {

  private static final List<String> KEYS = List.of("for", "from", "variable");
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

  private CredentialTable() {}

  /// Returns what is configured, in the order of the file.
  ///
  /// @param passed what commands get of the operator's environment; none of it may be a credential
  static List<CredentialSetting> settings(Call call, Table credentials, List<String> passed) {
    List<CredentialSetting> settings = new ArrayList<>();
    Set<String> variables = new HashSet<>();
    for (String name : credentials.keys()) {
      Table table = credentials.table(name);
      table.requireKeys(KEYS);
      CredentialSetting setting =
          new CredentialSetting(
              name,
              server(table),
              variable(table, "variable"),
              source(call, table, "from", passed));
      if (!variables.add(setting.variable())) {
        throw table.wrong("variable", "is the variable of another credential too");
      }
      requireHidden(table, "variable", setting.variable(), passed);
      settings.add(setting);
    }
    return settings;
  }

  private static StrictUrl server(Table table) {
    String text = needed(table, "for");
    return switch (StrictUrl.read(text)) {
      case Reading.Bad<StrictUrl>(String _, String reason) ->
          throw table.wrong("for", "is no address of a server: " + reason);
      case Reading.Good<StrictUrl>(StrictUrl url) -> {
        if (!url.path().equals("/") || url.query() != null) {
          throw table.wrong("for", "names more than a server, in the manner of https://HOST");
        }
        if (url.scheme().isSecure() && url.port() != url.scheme().defaultPort()) {
          throw table.wrong("for", "names a port to which the proxy opens no TLS; it does to 443");
        }
        if (!url.scheme().isSecure() && !isThisMachine(url.host())) {
          throw table.wrong(
              "for",
              "would send the credential in the clear: http:// is for this machine only, https://"
                  + " for %s".formatted(url.host().text()));
        }
        yield url;
      }
    };
  }

  private static boolean isThisMachine(Host host) {
    return switch (host) {
      case Host.Name(String name) -> name.equals("localhost");
      case Host.Address(IpAddress address) ->
          address.isV4() ? address.bytes()[0] == 127 : address.toString().equals("::1");
    };
  }

  /// Returns where the secret `key` of `table` comes from.
  ///
  /// @param passed what commands get of the operator's environment; none of it may be a secret
  /// @throws dev.redoubt.model.RedoubtException USAGE if it is missing or malformed
  public static CredentialSetting.Source source(
      Call call, Table table, String key, List<String> passed) {
    String text = needed(table, key);
    int colon = text.indexOf(':');
    String rest = text.substring(colon + 1).strip();
    if (colon < 0 || rest.isEmpty()) {
      throw unknown(table, key);
    }
    return switch (text.substring(0, colon)) {
      case "env" -> {
        if (!rest.matches(NAME)) {
          throw table.wrong(key, "names \"%s\", which is no variable".formatted(rest));
        }
        requireHidden(table, key, rest, passed);
        yield new CredentialSetting.Source.Variable(rest);
      }
      case "file" -> new CredentialSetting.Source.File(file(call, rest));
      case "exec" -> program(table, key, rest);
      default -> throw unknown(table, key);
    };
  }

  private static RuntimeException unknown(Table table, String key) {
    return table.wrong(key, "is not env:VARIABLE, file:PATH or exec:COMMAND");
  }

  private static Path file(Call call, String path) {
    return path.startsWith("~/")
        ? call.world().home().resolve(path.substring(2)).toAbsolutePath()
        : call.resolve(path).toAbsolutePath();
  }

  private static CredentialSetting.Source program(Table table, String key, String command) {
    try {
      return new CredentialSetting.Source.Program(OperatorProgram.words(command));
    } catch (IllegalArgumentException e) {
      throw table.wrong(key, "cannot be run: " + e.getMessage());
    }
  }

  private static String variable(Table table, String key) {
    String name = needed(table, key);
    if (!name.matches(NAME)) {
      throw table.wrong(key, "is \"%s\", which is no variable".formatted(name));
    }
    return name;
  }

  /* What commands get anyway is no secret of the proxy. */
  private static void requireHidden(Table table, String key, String name, List<String> passed) {
    if (!EnvironmentRules.of(Map.of(name, ""), passed).isEmpty()) {
      throw table.wrong(
          key, "names %s, which commands get as it is (env-pass, or always)".formatted(name));
    }
  }

  private static String needed(Table table, String key) {
    return table.text(key).orElseThrow(() -> table.wrong(key, "is needed for a credential"));
  }
}
