// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Arguments.Used;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.Locale;
import java.util.Set;

/// `wget`: it writes what it fetches into a file named by the address, unless told otherwise.
///
/// Sources: wget(1) of 1.21 to 1.25.
final class WgetManual implements Manual {

  private static final Set<String> NAMES = Set.of("wget");

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.ofOptions("wget", table, arguments));
    String method = method(draft, arguments);
    Arg output = arguments.value("-O", "--output-document").orElse(null);
    if (output != null && !output.equals(new Arg.Known("-"))) {
      draft.file(Access.WRITE, output, "wget writes a file");
    }
    for (Used one : arguments.used()) {
      boolean log = one.name().equals("-o") || one.name().equals("--output-file");
      if (log && one.value() != null && !one.value().equals(new Arg.Known("-"))) {
        draft.file(Access.WRITE, one.value(), "wget writes its log");
      }
    }
    for (Arg url : arguments.operands()) {
      url(draft, method, url);
      if (output == null && !arguments.has("--spider")) {
        draft.file(Access.WRITE, target(url, arguments), "wget writes a file");
      }
    }
    return draft.done();
  }

  private static String method(Draft draft, Arguments arguments) {
    boolean sends =
        arguments.has("--post-data", "--post-file", "--body-data", "--body-file", "--method");
    if (sends) {
      draft.raise(Nature.CHANGES, "wget sends something");
    }
    if (arguments.has("--post-data", "--post-file")) {
      return "POST";
    }
    String method = arguments.value("--method").orElse(new Arg.Known("GET")).shown();
    return method.toUpperCase(Locale.ROOT);
  }

  private static void url(Draft draft, String method, Arg url) {
    if (!(url instanceof Arg.Known(String text))) {
      draft.want(new Want.Connect(method, url));
      return;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    boolean scheme = text.contains("://");
    if (scheme && !lower.startsWith("http://") && !lower.startsWith("https://")) {
      draft.raise(Nature.CHANGES, "wget speaks something else than HTTP to " + text);
    }
    draft.want(new Want.Connect(method, new Arg.Known(scheme ? text : "http://" + text)));
  }

  /// Returns the file a URL is saved to; its own folders need `-x`, which is a question.
  private static Arg target(Arg url, Arguments arguments) {
    Arg folder = arguments.value("-P", "--directory-prefix").orElse(new Arg.Known("."));
    if (!(url instanceof Arg.Known(String text)) || !(folder instanceof Arg.Known(String parent))) {
      return new Arg.Unknown(url.shown(), "the name of the file is not known");
    }
    String path = text.substring(text.indexOf("://") < 0 ? 0 : text.indexOf("://") + 3);
    int hash = path.indexOf('#');
    path = hash < 0 ? path : path.substring(0, hash);
    int query = path.indexOf('?');
    int slash = path.lastIndexOf('/', query < 0 ? path.length() : query);
    String name = slash < 0 ? "" : path.substring(slash + 1);
    String file = name.isEmpty() ? "index.html" : name;
    return new Arg.Known(parent.equals(".") ? file : parent + "/" + file);
  }

  private static Table table() {
    return Table.harmless("asks a server")
        .flags("-VhdqvFNScELkKp46 --version --help --debug --quiet --verbose --no-verbose")
        .flags("--force-html --no-config --retry-connrefused --no-clobber --continue")
        .flags("--show-progress --timestamping --server-response --spider --random-wait")
        .flags("--no-dns-cache --ignore-case --inet4-only --inet6-only --no-directories")
        .flags("--no-host-directories --no-cache --adjust-extension --ignore-length")
        .flags("--no-http-keep-alive --no-cookies --keep-session-cookies --content-on-error")
        .flags("--no-check-certificate --https-only --no-hsts --no-parent --no-netrc")
        .values("-twTQUB --tries --timeout --dns-timeout --connect-timeout --read-timeout --wait")
        .values("--waitretry --quota --limit-rate --user-agent --referer --header --compression")
        .values("--max-redirect --progress --report-speed --secure-protocol --start-pos --user")
        .values("--password --http-user --http-password --method --body-data --post-data -n")
        .values("-OPo --output-document --directory-prefix --output-file")
        .values(Meaning.WRITES, "-a --append-output --save-cookies --rejected-log")
        .values(Meaning.READS, "--load-cookies --certificate --private-key --ca-certificate")
        .values(Meaning.READS, "--post-file --body-file --crl-file")
        .flags(Meaning.CHANGES, "-brmxHD --background --recursive --mirror --force-directories")
        .flags(Meaning.CHANGES, "--span-hosts --content-disposition --trust-server-names --xattr")
        .flags(Meaning.CHANGES, "--no-proxy --page-requisites --convert-links --delete-after")
        .flags(Meaning.CHANGES, "--protocol-directories --unlink --save-headers --ask-password")
        .values(Meaning.CHANGES, "-eil --execute --input-file --config --use-askpass --base")
        .values(Meaning.CHANGES, "--hsts-file --bind-address --dns-servers --warc-file")
        .values(Meaning.CHANGES, "--proxy-user --proxy-password --default-page --backups --level")
        .values(Meaning.CHANGES, "--warc-tempdir --warc-dedup --cut-dirs --proxy")
        .build();
  }
}
