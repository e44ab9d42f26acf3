// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.db;

import dev.redoubt.advisory.sync.AdvisorySync.Origins;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.config.Settings.AdvisorySettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Where advisories are fetched from: a flag, else a variable `REDOUBT_ADVISORIES_<FEED>_URL`, else
/// the user's own configuration, else the public address.
public final class FeedAddresses {

  private FeedAddresses() {}

  /// Returns the addresses for one call.
  ///
  /// @param settings of the user's own configuration
  public static Origins of(Call call, AdvisorySettings settings) {
    return new Origins(
        address(call, "osv", settings.osvUrl(), Origins.PUBLIC.osv()),
        address(call, "kev", settings.kevUrl(), Origins.PUBLIC.kev()),
        address(call, "epss", settings.epssUrl(), Origins.PUBLIC.epss()));
  }

  private static URI address(Call call, String feed, String configured, URI fallback) {
    String option = "--%s-url".formatted(feed);
    String variable =
        switch (feed) {
          case "osv" -> "REDOUBT_ADVISORIES_OSV_URL";
          case "kev" -> "REDOUBT_ADVISORIES_KEV_URL";
          default -> "REDOUBT_ADVISORIES_EPSS_URL";
        };
    boolean hasOption = call.arguments().commandSpec().findOption(option) != null;
    String address =
        (hasOption ? call.text(option) : Optional.<String>empty())
            .orElse(
                call.world()
                    .variable(variable, configured.isEmpty() ? fallback.toString() : configured));
    try {
      URI uri = new URI(address);
      if (uri.getHost() == null || uri.getUserInfo() != null) {
        throw new UsageException("%s is not the address of a host: %s".formatted(option, address));
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new UsageException("%s is no address: %s".formatted(option, e.getMessage()));
    }
  }
}
