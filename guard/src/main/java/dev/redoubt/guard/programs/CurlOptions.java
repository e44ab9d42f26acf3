// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

/// The options of curl(1).
final class CurlOptions {

  /// What is done with the value of an option.
  enum Use {
    NOTHING,
    /// A file that is written.
    OUTPUT,
    /// A file that is sent.
    INPUT,
    /// `@file` sends a file.
    AT_FILE,
    /// `@file` and `name@file` send a file, `name=…` does not.
    NAME_AT_FILE,
    /// `name=@file` and `name=<file` send a file.
    FORM,
    /// A file unless there is a `=` in it.
    COOKIES,
    /// `file:password`.
    CERTIFICATE,
    /// `@file` is a format.
    WRITE_OUT
  }

  private CurlOptions() {}

  /// Returns the table.
  static Table table() {
    Table.Builder table =
        Table.harmless("asks a server and prints what it says")
            .flags("-qfgGIikLsSvN#46012jJROZlMVB3 --disable --fail --fail-early --globoff --get")
            .flags("--fail-with-body --head --include --show-headers --insecure --location")
            .flags("--silent --no-silent --show-error --verbose --no-buffer --progress-bar")
            .flags(
                "--no-progress-meter --ipv4 --ipv6 --http1.0 --http1.1 --http2 --http3 --http0.9")
            .flags("--http2-prior-knowledge --http3-only --tlsv1 --tlsv1.0 --tlsv1.1 --tlsv1.2")
            .flags("--tlsv1.3 --compressed --compressed-ssh --create-dirs --remote-name")
            .flags("--remote-name-all --remote-header-name --remote-time --remove-on-error")
            .flags("--junk-session-cookies --list-only --manual --parallel --parallel-immediate")
            .flags("--path-as-is --post301 --post302 --post303 --raw --retry-all-errors")
            .flags("--retry-connrefused --ssl --ssl-reqd --styled-output --no-styled-output")
            .flags(
                "--tcp-fastopen --tcp-nodelay --tr-encoding --trace-time --trace-ids --use-ascii")
            .flags("--version --basic --digest --anyauth --cert-status --doh-cert-status")
            .flags(
                "--disallow-username-in-url --no-clobber --skip-existing --no-keepalive --no-alpn")
            .flags(
                "--no-sessionid --form-escape --ignore-content-length --suppress-connect-headers")
            .flags("--next -:")
            .optional("-h --help")
            .values("-AmeruwHzCYy --user-agent --max-time --referer --range --user --time-cond")
            .values("--write-out --header --continue-at --speed-limit --speed-time")
            .values("--connect-timeout --retry --retry-delay --retry-max-time --max-redirs --rate")
            .values("--max-filesize --limit-rate --keepalive-time --parallel-max --ciphers")
            .values("--tls13-ciphers --tls-max --curves --cert-type --key-type --pass --aws-sigv4")
            .values(
                "--oauth2-bearer --expect100-timeout --happy-eyeballs-timeout-ms"
                    + " --create-file-mode")
            .values(
                "-dFTbcEoDX --data --data-ascii --data-binary --data-raw --data-urlencode --form")
            .values("--form-string --json --url-query --upload-file --cookie --cookie-jar --cert")
            .values("--output --output-dir --dump-header --request --url --trace --trace-ascii")
            .values("--stderr --libcurl --hsts --alt-svc --etag-save");
    return rest(table).build();
  }

  private static Table.Builder rest(Table.Builder table) {
    return table
        .values(Meaning.READS, "--key --cacert --crlfile --proxy-cacert --proxy-key --pubkey")
        .values(Meaning.READS, "--netrc-file --etag-compare --proxy-crlfile --proxy-cert")
        .values(Meaning.READS, "--egd-file --random-file")
        .values(Meaning.SEARCHES, "--capath --proxy-capath")
        .values(Meaning.CHANGES, "-K --config --variable --resolve --connect-to --interface")
        .values(Meaning.CHANGES, "--unix-socket --abstract-unix-socket --dns-servers --noproxy")
        .values(Meaning.CHANGES, "--dns-interface --dns-ipv4-addr --dns-ipv6-addr --doh-url")
        .values(Meaning.CHANGES, "-x --proxy --preproxy --proxy1.0 --socks4 --socks4a --socks5")
        .values(Meaning.CHANGES, "--socks5-hostname -U --proxy-user --proxy-header -P --ftp-port")
        .values(Meaning.CHANGES, "--engine -Q --quote --request-target -t --telnet-option --krb")
        .values(Meaning.CHANGES, "--mail-from --mail-rcpt --mail-auth --proto --proto-default")
        .values(Meaning.CHANGES, "--proto-redir --ipfs-gateway --local-port --delegation")
        .values(Meaning.CHANGES, "--pinnedpubkey --hostpubmd5 --hostpubsha256 --ech")
        .flags(Meaning.CHANGES, "-na --netrc --netrc-optional --location-trusted -p --proxytunnel")
        .flags(
            Meaning.CHANGES, "--append --negotiate --ntlm --haproxy-protocol --metalink --xattr");
  }

  /// Returns what is done with the value of `name`.
  static Use use(String name) {
    return switch (name) {
      case "-o", "--output", "-D", "--dump-header", "-c", "--cookie-jar", "--trace" -> Use.OUTPUT;
      case "--trace-ascii", "--stderr", "--libcurl", "--hsts", "--alt-svc", "--etag-save" ->
          Use.OUTPUT;
      case "-d", "--data", "--data-ascii", "--data-binary", "--json", "-H", "--header", "--url" ->
          Use.AT_FILE;
      case "--data-urlencode", "--url-query" -> Use.NAME_AT_FILE;
      case "-F", "--form" -> Use.FORM;
      case "-T", "--upload-file" -> Use.INPUT;
      case "-b", "--cookie" -> Use.COOKIES;
      case "-E", "--cert" -> Use.CERTIFICATE;
      case "-w", "--write-out" -> Use.WRITE_OUT;
      default -> Use.NOTHING;
    };
  }

  /// Returns whether the value of `name` can be a file.
  static boolean touchesFiles(String name) {
    return use(name) != Use.NOTHING || name.equals("--output-dir");
  }
}
