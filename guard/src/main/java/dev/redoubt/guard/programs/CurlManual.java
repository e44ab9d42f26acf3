// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Arguments.Used;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `curl`: every address it would ask, every file it would send or write.
///
/// A plain GET that prints is harmless besides its connection. Whatever sends something, or sends
/// it somewhere else than the address says (proxies, `--resolve`, `--connect-to`, sockets), and
/// `-K`, which can say anything, are questions on their own.
///
/// Sources: curl(1) of 7.88 to 8.16, "URL" on globbing and on addresses without a scheme.
final class CurlManual implements Manual {

  private static final Set<String> NAMES = Set.of("curl");

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public Reading read(Call call) {
    Table table = CurlOptions.table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.ofOptions("curl", table, arguments));
    List<Arg> urls = new ArrayList<>();
    for (Used one : arguments.used()) {
      if (one.name().equals("--url") && one.value() != null) {
        urls.add(one.value());
      } else if (one.value() instanceof Arg.Known(String value)) {
        value(draft, one.name(), value, arguments);
      } else if (one.value() != null && CurlOptions.touchesFiles(one.name())) {
        draft.raise(Nature.UNKNOWN, "the value of curl " + one.name() + " is not known");
      }
    }
    urls.addAll(arguments.operands());
    String method = method(draft, arguments);
    for (Arg url : urls) {
      url(draft, method, url, arguments);
    }
    return draft.done();
  }

  private static String method(Draft draft, Arguments arguments) {
    boolean data =
        arguments.has("-d", "--data", "--data-ascii", "--data-binary", "--data-raw")
            || arguments.has("--data-urlencode", "-F", "--form", "--form-string", "--json");
    boolean uploads = arguments.has("-T", "--upload-file");
    String usual = uploads ? "PUT" : data && !arguments.has("-G", "--get") ? "POST" : "GET";
    if (arguments.has("-I", "--head")) {
      usual = "HEAD";
    }
    String method = arguments.value("-X", "--request").orElse(new Arg.Known(usual)).shown();
    String upper = method.toUpperCase(Locale.ROOT);
    if (data || uploads || !(upper.equals("GET") || upper.equals("HEAD"))) {
      draft.raise(Nature.CHANGES, "curl sends something with " + upper);
    }
    return upper;
  }

  private static void url(Draft draft, String method, Arg url, Arguments arguments) {
    if (!(url instanceof Arg.Known(String text))) {
      draft.want(new Want.Connect(method, url));
      named(draft, "index.html", arguments);
      return;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("file:")) {
      file(draft, text.substring(5));
    } else {
      boolean scheme = text.contains("://");
      if (scheme && !lower.startsWith("http://") && !lower.startsWith("https://")) {
        draft.raise(Nature.CHANGES, "curl speaks something else than HTTP to " + text);
      }
      boolean brackets = text.indexOf('[') >= 0 && !lower.contains("://[");
      if ((text.indexOf('{') >= 0 || brackets) && !arguments.has("-g", "--globoff")) {
        draft.raise(Nature.UNKNOWN, text + " stands for several addresses");
      }
      draft.want(new Want.Connect(method, new Arg.Known(scheme ? text : "http://" + text)));
    }
    named(draft, lastName(text), arguments);
  }

  private static void file(Draft draft, String rest) {
    String path = rest;
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      path = slash < 0 ? "/" : rest.substring(slash);
    }
    if (path.indexOf('%') >= 0 || path.indexOf('{') >= 0 || path.indexOf('[') >= 0) {
      draft.raise(Nature.UNKNOWN, "which file \"" + rest + "\" is, is not known");
    }
    draft.want(new Want.File(Access.READ, new Arg.Known(path)));
  }

  /// `-O` writes a file of the address's last name, `-J` one the server names.
  private static void named(Draft draft, String name, Arguments arguments) {
    if (arguments.has("-J", "--remote-header-name")) {
      draft.raise(Nature.CHANGES, "curl -J writes a file the server names");
    }
    if (arguments.has("-O", "--remote-name", "--remote-name-all")) {
      writes(draft, "-O", name, arguments);
    }
  }

  private static String lastName(String url) {
    int end = url.length();
    for (int i = 0; i < url.length(); i++) {
      if (url.charAt(i) == '?' || url.charAt(i) == '#') {
        end = i;
        break;
      }
    }
    String name = url.substring(url.lastIndexOf('/', end - 1) + 1, end);
    return name.isEmpty() ? "curl_response" : name;
  }

  private static void writes(Draft draft, String option, String name, Arguments arguments) {
    Arg folder = arguments.value("--output-dir").orElse(null);
    boolean inFolder = folder != null && (option.equals("-o") || option.equals("-O"));
    Arg path = new Arg.Known(name);
    if (inFolder && folder instanceof Arg.Known(String parent)) {
      path = new Arg.Known(name.startsWith("/") ? name : parent + "/" + name);
    } else if (inFolder) {
      path = new Arg.Unknown(name, "the folder of curl --output-dir is not known");
    }
    draft.file(Access.WRITE, path, "curl " + option + " writes a file");
  }

  private static void value(Draft draft, String name, String value, Arguments arguments) {
    switch (CurlOptions.use(name)) {
      case NOTHING -> {}
      case OUTPUT -> {
        if (!value.equals("-") && !value.equals("%")) {
          writes(draft, name.equals("--output") ? "-o" : name, value, arguments);
        }
      }
      case INPUT -> {
        reads(draft, value);
        if (value.indexOf('{') >= 0 || value.indexOf('[') >= 0) {
          draft.raise(Nature.UNKNOWN, "curl -T with several files");
        }
      }
      case AT_FILE -> at(draft, value, 0);
      case NAME_AT_FILE -> {
        int equals = value.indexOf('=');
        int at = value.indexOf('@');
        at(draft, value, equals >= 0 && equals < at ? 0 : Math.max(at, 0));
      }
      case FORM -> form(draft, value);
      case COOKIES -> {
        if (value.indexOf('=') < 0 && !value.isEmpty()) {
          reads(draft, value);
        }
      }
      case CERTIFICATE -> {
        int colon = value.indexOf(':');
        reads(draft, colon < 0 ? value : value.substring(0, colon));
      }
      case WRITE_OUT -> {
        at(draft, value, 0);
        if (value.contains("output{")) {
          draft.raise(Nature.CHANGES, "curl -w with %output{} writes a file");
        }
      }
    }
  }

  private static void at(Draft draft, String value, int at) {
    if (value.startsWith("@", at)) {
      reads(draft, value.substring(at + 1));
    }
  }

  private static void form(Draft draft, String value) {
    int equals = value.indexOf('=');
    String content = value.substring(equals + 1);
    if (content.startsWith("@") || content.startsWith("<")) {
      for (String part : content.substring(1).split("[;,]", -1)) {
        reads(draft, part.startsWith("\"") ? part.replace("\"", "") : part);
        if (content.indexOf('"') >= 0) {
          draft.raise(Nature.UNKNOWN, "the files of curl -F are quoted");
        }
      }
    }
  }

  private static void reads(Draft draft, String path) {
    if (!path.equals("-")) {
      draft.want(new Want.File(Access.READ, new Arg.Known(path)));
    }
  }
}
