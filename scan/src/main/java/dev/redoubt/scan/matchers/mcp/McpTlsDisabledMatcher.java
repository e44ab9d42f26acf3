// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.mcp;

import dev.redoubt.model.Credential;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.Matches;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.commands.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Reports every MCP server that runs with the check of TLS certificates switched off.
///
/// Whoever is on the path of its connections can answer in the name of any host. Switches in the
/// environment count by name and by whether they are on or off; arguments by what they say.
public final class McpTlsDisabledMatcher implements Matcher {

  private static final PluginId ID = new PluginId("mcp-tls-disabled");
  private static final Set<String> OFF_DISABLES =
      Set.of(
          "NODE_TLS_REJECT_UNAUTHORIZED",
          "PYTHONHTTPSVERIFY",
          "SSL_VERIFY",
          "VERIFY_SSL",
          "TLS_VERIFY",
          "VERIFY_TLS",
          "SSL_VERIFICATION",
          "VERIFY_CERTS",
          "NPM_CONFIG_STRICT_SSL",
          "REQUESTS_VERIFY",
          "HTTPX_VERIFY",
          "CURL_SSL_VERIFY");
  private static final Pattern VERIFIES =
      Pattern.compile(
          "(?:.*_)?(?:SSL_VERIFY|VERIFY_SSL|TLS_VERIFY|VERIFY_TLS|VERIFY_CERTS?"
              + "|VERIFY_CERTIFICATES?|SSL_VERIFICATION|STRICT_SSL|REJECT_UNAUTHORIZED)");
  private static final Pattern IGNORES =
      Pattern.compile(
          "(?:.*_)?(?:INSECURE|(?:SKIP|NO|DISABLE|IGNORE)_(?:TLS|SSL|CERT|CERTIFICATE)"
              + "(?:_VERIFY|_VERIFICATION|_VALIDATION|_CHECK|_ERRORS?)?|(?:SSL|TLS)_NO_VERIFY"
              + "|(?:TLS|SSL)_(?:SKIP_VERIFY|INSECURE)|INSECURE_SKIP_VERIFY|TLS_INSECURE_SKIP_VERIFY)");
  private static final Pattern ARGUMENT =
      Pattern.compile(
          "(?i)(?<![\\w-])(?:NODE_TLS_REJECT_UNAUTHORIZED=[\"']?0|PYTHONHTTPSVERIFY=[\"']?0"
              + "|GIT_SSL_NO_VERIFY=[\"']?(?:1|true)"
              + "|--insecure(?:-skip-(?:tls-)?verify)?(?:=true)?(?![\\w=-])"
              + "|--(?:tls-)?skip-(?:tls|ssl|cert(?:ificate)?)-(?:verify|verification|validation)(?!=false)"
              + "|--(?:tls|ssl)-(?:skip-verify|no-verify|insecure)(?!=false)"
              + "|--no-(?:verify-(?:ssl|tls)|check-certificate|ssl-verify|tls-verify|strict-ssl)(?!=false)"
              + "|--disable-(?:ssl|tls)(?:-(?:verify|verification|validation))?(?!=false)"
              + "|--ignore-(?:certificate|ssl|tls|https)-errors(?!=false)|--(?:strict-ssl|verify-ssl|ssl-verify|verify-tls|tls-verify|verify)[="
              + " ](?:false|0|no|off)|--allow-insecure-host(?=[= ]|$)|--trusted-host(?=[= ]|$)"
              + "|rejectUnauthorized\\s*[:=]\\s*false|verify\\s*=\\s*false|(?<=curl"
              + " )[^|;&]{0,200}?(?:-k|-[a-z]*k[a-z]*)(?= ))");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public Matches match(Inventory inventory) {
    List<Finding> findings = new ArrayList<>();
    for (McpServer server : inventory.servers()) {
      List<String> evidence = new ArrayList<>(environment(server));
      String line = String.join(" ", ServerFinding.words(server).stream().map(Word::text).toList());
      var argument = ARGUMENT.matcher(line);
      while (argument.find()) {
        evidence.add(argument.group());
      }
      if (server.settings().enabled() && !evidence.isEmpty()) {
        findings.add(
            ServerFinding.of(
                ID,
                Severity.HIGH,
                server,
                "runs with the check of TLS certificates switched off",
                evidence.stream().distinct().toList()));
      }
    }
    return Matches.of(findings);
  }

  private static List<String> environment(McpServer server) {
    return server.settings().credentials().stream()
        .filter(credential -> credential.channel() == Credential.Channel.ENVIRONMENT)
        .filter(McpTlsDisabledMatcher::isSwitchedOff)
        .map(credential ->
            credential.name() + (credential.form() == Credential.Form.OFF ? " is off" : " is on"))
        .toList();
  }

  private static boolean isSwitchedOff(Credential credential) {
    String name = credential.name().toUpperCase(Locale.ROOT);
    return switch (credential.form()) {
      case OFF ->
          OFF_DISABLES.contains(name)
              || (VERIFIES.matcher(name).matches() && !IGNORES.matcher(name).matches());
      case ON -> IGNORES.matcher(name).matches();
      case LITERAL_SECRET, REFERENCE, PLAIN -> false;
    };
  }
}
