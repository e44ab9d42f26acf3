// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Content;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What makes programs use a proxy: variables for their environment and files beside them.
///
/// Written for curl, git, pip, npm, Maven and Java, and for what reads the same variables. Java's
/// own clients cannot be given a token this way: they need a way in where reaching the proxy is
/// enough. Nothing here keeps a program from connecting by itself; that is what the sandbox is for.
///
/// @param variables for the environment; may hold the proxy's token
/// @param files by name, to be put into the folder that was named; readable for the programs only
public record EgressSettings(Map<String, String> variables, Map<String, Content> files) {

  /// The password of the store of certificates for Java, which keeps nothing secret.
  static final String STORE_PASSWORD = "changeit";

  private static final String MAVEN = "maven-settings.xml";
  private static final String STORE = "trust.p12";
  private static final String BUNDLE = "trust.pem";

  public EgressSettings {
    variables = Map.copyOf(variables);
    files = Map.copyOf(files);
  }

  /// What a program means by `localhost`.
  public enum Loopback {
    /// The sandbox's own: it has a network of its own, and programs in it talk to each other.
    INSIDE,
    /// This machine's, which takes a rule: everything goes to the proxy.
    THROUGH_PROXY
  }

  /// Returns the settings for programs that reach the proxy at `at`.
  ///
  /// @param at as programs see it; with an empty token where reaching it is enough
  /// @param folder where programs will find the files, absolute, without white space and quotes
  /// @param inspection the authority to trust, if TLS is opened
  public static EgressSettings of(
      EgressEndpoint.Port at,
      String folder,
      Loopback loopback,
      Optional<SessionAuthority> inspection) {
    requireNonNull(loopback, "loopback");
    if (!folder.startsWith("/")
        || folder.chars().anyMatch(c -> c <= ' ' || "\"'\\".indexOf(c) >= 0)) {
      throw new IllegalArgumentException(
          "the folder \"%s\" is not absolute, or has white space or quotes".formatted(folder));
    }
    Map<String, String> variables = new TreeMap<>();
    Map<String, Content> files = new TreeMap<>();
    String direct = loopback == Loopback.INSIDE ? "localhost,127.0.0.1,::1" : "";
    proxy(variables, url(at), direct);
    StringBuilder java = new StringBuilder();
    java(java, at, loopback);
    if (!at.token().isEmpty()) {
      files.put(MAVEN, Content.of(maven(at, loopback)));
      variables.put("MAVEN_ARGS", "-gs " + folder + "/" + MAVEN);
    }
    if (inspection.isPresent()) {
      files.put(BUNDLE, Content.of(TrustStore.pem(inspection.get())));
      files.put(STORE, TrustStore.pkcs12(inspection.get(), STORE_PASSWORD));
      trust(variables, folder + "/" + BUNDLE);
      java.append(" -Djavax.net.ssl.trustStore=").append(folder).append('/').append(STORE);
      java.append(" -Djavax.net.ssl.trustStoreType=PKCS12");
      java.append(" -Djavax.net.ssl.trustStorePassword=").append(STORE_PASSWORD);
    }
    variables.put("JAVA_TOOL_OPTIONS", java.toString());
    return new EgressSettings(variables, files);
  }

  @Override
  public String toString() {
    return "EgressSettings[variables=%s, files=%s]".formatted(variables.keySet(), files.keySet());
  }

  private static String url(EgressEndpoint.Port at) {
    String user = at.token().isEmpty() ? "" : Pass.USER + ":" + at.token() + "@";
    return "http://" + user + at.host() + ":" + at.port();
  }

  private static void proxy(Map<String, String> variables, String url, String direct) {
    for (String name : new String[] {"http_proxy", "https_proxy", "all_proxy"}) {
      variables.put(name, url);
    }
    for (String name : new String[] {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"}) {
      variables.put(name, url);
    }
    variables.put("no_proxy", direct);
    variables.put("NO_PROXY", direct);
    variables.put("npm_config_proxy", url);
    variables.put("npm_config_https_proxy", url);
    variables.put("npm_config_noproxy", direct);
    variables.put("NODE_USE_ENV_PROXY", "1");
    variables.put("PIP_PROXY", url);
  }

  /* The JDK has no setting for the password of a proxy; Gradle reads proxyUser and proxyPassword.
   * Maven's own transport asks for system properties only when it is told to. */
  private static void java(StringBuilder java, EgressEndpoint.Port at, Loopback loopback) {
    String direct = loopback == Loopback.INSIDE ? "localhost|127.*|[::1]" : "";
    for (String scheme : new String[] {"http", "https"}) {
      java.append(java.isEmpty() ? "" : " ");
      java.append("-D").append(scheme).append(".proxyHost=").append(at.host());
      java.append(" -D").append(scheme).append(".proxyPort=").append(at.port());
      if (!at.token().isEmpty()) {
        java.append(" -D").append(scheme).append(".proxyUser=").append(Pass.USER);
        java.append(" -D").append(scheme).append(".proxyPassword=").append(at.token());
      }
    }
    java.append(" -Dhttp.nonProxyHosts=").append(direct);
    java.append(" -Djdk.http.auth.tunneling.disabledSchemes=");
    java.append(" -Daether.connector.http.useSystemProperties=true");
  }

  private static String maven(EgressEndpoint.Port at, Loopback loopback) {
    StringBuilder text = new StringBuilder("<settings>\n  <proxies>\n");
    for (String scheme : new String[] {"http", "https"}) {
      text.append(
          """
              <proxy>
                <id>redoubt-%s</id>
                <active>true</active>
                <protocol>%s</protocol>
                <host>%s</host>
                <port>%d</port>
                <username>%s</username>
                <password>%s</password>
                <nonProxyHosts>%s</nonProxyHosts>
              </proxy>
          """
              .formatted(
                  scheme,
                  scheme,
                  at.host(),
                  at.port(),
                  Pass.USER,
                  at.token(),
                  loopback == Loopback.INSIDE ? "localhost|127.*|[::1]" : ""));
    }
    // What Maven's own settings say, which these take the place of.
    return text.append(
            """
              </proxies>
              <mirrors>
                <mirror>
                  <id>no-plain-http</id>
                  <mirrorOf>external:http:*</mirrorOf>
                  <url>http://0.0.0.0/</url>
                  <blocked>true</blocked>
                </mirror>
              </mirrors>
            </settings>
            """)
        .toString();
  }

  private static void trust(Map<String, String> variables, String bundle) {
    for (String name :
        new String[] {
          "SSL_CERT_FILE",
          "CURL_CA_BUNDLE",
          "GIT_SSL_CAINFO",
          "REQUESTS_CA_BUNDLE",
          "PIP_CERT",
          "NODE_EXTRA_CA_CERTS",
          "npm_config_cafile",
          "CARGO_HTTP_CAINFO",
          "AWS_CA_BUNDLE",
          "DENO_CERT",
          "BUNDLE_SSL_CA_CERT"
        }) {
      variables.put(name, bundle);
    }
  }
}
