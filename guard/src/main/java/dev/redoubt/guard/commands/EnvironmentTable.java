// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says what a variable of the environment can do to the programs that see it.
///
/// A name that is in no list is not harmless: some program may run what it says.
final class EnvironmentTable {

  /// Names that programs read as a plain word: a language, a colour, a level of detail.
  private static final Set<String> HARMLESS =
      words(
          """
          LANG LANGUAGE TZ TERM COLUMNS LINES COLORTERM NO_COLOR FORCE_COLOR CLICOLOR
          CLICOLOR_FORCE CI DEBIAN_FRONTEND SOURCE_DATE_EPOCH VERBOSE DEBUG HISTSIZE
          RUST_BACKTRACE RUST_LOG CARGO_TERM_COLOR CARGO_INCREMENTAL CGO_ENABLED GOOS
          GOARCH GO111MODULE NODE_ENV RAILS_ENV RACK_ENV PYTHONUNBUFFERED
          PYTHONDONTWRITEBYTECODE PYTHONHASHSEED PYTHONUTF8 GIT_TERMINAL_PROMPT
          GIT_OPTIONAL_LOCKS GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_AUTHOR_DATE
          GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL GIT_COMMITTER_DATE GIT_ADVICE GIT_FLUSH
          GIT_LITERAL_PATHSPECS GIT_MERGE_AUTOEDIT OMP_NUM_THREADS MAKELEVEL
          POSIXLY_CORRECT TESTCONTAINERS_RYUK_DISABLED
          """);

  /// Names of programs to start; those that only pass text on are fine.
  private static final Set<String> PROGRAMS =
      words(
          """
          PAGER GIT_PAGER MANPAGER SYSTEMD_PAGER BAT_PAGER GH_PAGER DELTA_PAGER EDITOR
          VISUAL GIT_EDITOR GIT_SEQUENCE_EDITOR BROWSER
          """);

  private static final Set<String> INERT_PROGRAMS = Set.of("", "cat", "true", ":");

  /// Names that decide what the shell or the loader runs, and where names and paths lead.
  private static final Set<String> SHELL_AND_LOADER =
      words(
          """
          PATH BASH_ENV ENV SHELLOPTS BASHOPTS PS0 PS1 PS2 PS3 PS4 PROMPT_COMMAND IFS
          CDPATH GLOBIGNORE FIGNORE EXECIGNORE SHELL BASH_LOADABLES_PATH BASH_XTRACEFD
          BASH_COMPAT HISTFILE HISTCONTROL FCEDIT INPUTRC HOSTFILE MAIL MAILPATH TMOUT
          POSIX FPATH ZDOTDIR NULLCMD READNULLCMD FUNCNEST BASH_FUNC HOME PWD OLDPWD
          TMPDIR TMP TEMP USER LOGNAME MALLOC_CONF GCONV_PATH LOCPATH NLSPATH HOSTALIASES
          RESOLV_HOST_CONF RES_OPTIONS LOCALDOMAIN GETCONF_DIR TERMINFO TERMINFO_DIRS
          TERMCAP TZDIR LIBRARY_PATH CPATH C_INCLUDE_PATH CPLUS_INCLUDE_PATH CC CXX LD AR
          CFLAGS CXXFLAGS LDFLAGS CPPFLAGS MAKEFLAGS MFLAGS MAKEFILES GNUMAKEFLAGS PREFIX
          CLASSPATH JAVA_HOME JAVA_OPTS JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS
          JDK_JAVAC_OPTIONS M2_HOME ANT_OPTS ANT_ARGS SBT_OPTS KUBECONFIG PSQLRC
          PGSERVICEFILE PGPASSFILE LESSOPEN LESSCLOSE HTTP_PROXY HTTPS_PROXY ALL_PROXY
          FTP_PROXY NO_PROXY SUDO_ASKPASS TAR_OPTIONS GREP_OPTIONS GZIP BZIP2 XZ_OPT
          XZ_DEFAULTS ZIPOPT UNZIP RSYNC_RSH CVS_RSH SVN_SSH RIPGREP_CONFIG_PATH
          FZF_DEFAULT_COMMAND ACK_PAGER CURL_HOME CURL_CA_BUNDLE SSL_CERT_FILE
          SSL_CERT_DIR WGETRC OPENSSL_CONF OPENSSL_MODULES RUSTC RUSTC_WRAPPER RUSTFLAGS
          RUSTDOCFLAGS GOFLAGS GOPROXY GOROOT GOPATH GOENV GOTOOLCHAIN VIMINIT EXINIT
          PHPRC PHP_INI_SCAN_DIR VIRTUAL_ENV CONDA_PREFIX
          """);

  private static final Set<String> FAMILIES =
      words(
          """
          npm_config_ LD_ DYLD_ BASH_ GIT_ LESS NODE_ NPM_ YARN_ PNPM_
          COREPACK_ BUN_ DENO_ PYTHON PIP_ UV_ POETRY_ PERL RUBY
          GEM_ BUNDLE_ MAVEN_ MVN GRADLE_ DOCKER_ BUILDKIT_ COMPOSE_ KUBE
          HELM_ AWS_ AZURE_ GOOGLE_ CLOUDSDK_ GCLOUD_ SSH_ XDG_ CARGO_
          RUSTUP_ LUA_ PHP_ GCC_ MALLOC_ GLIBC_ QT_ GTK_ ELECTRON_
          CHROME_ JAVA KOTLIN_ SCALA_ ANSIBLE_ TF_ VAULT_ PG MYSQL
          REDIS ANTHROPIC_ OPENAI_ CLAUDE_ CODEX_ GEMINI_ REDOUBT_ GH_ GITHUB_
          HF_ BASH_FUNC
          """);

  /// Families whose names are settings of an account or of a service, and the words in them that
  /// name a file or a program all the same.
  private static final Set<String> ACCOUNTS =
      words(
          """
          AWS_ AZURE_ GOOGLE_ CLOUDSDK_ GCLOUD_ VAULT_ PG MYSQL REDIS ANTHROPIC_ OPENAI_ CLAUDE_
          GEMINI_ GH_ GITHUB_ HF_ DOCKER_HOST TF_VAR_
          """);

  private static final Set<String> LEADING =
      words("FILE PATH CONFIG COMMAND PROGRAM EXE PYTHON EDITOR BROWSER PAGER DIR HOME BUNDLE RC");

  private static final Set<String> KEYS = words("_TOKEN _SECRET _PASSWORD _API_KEY _ACCESS_KEY");

  private static final Set<String> LOADERS = words("LD_ DYLD_ BASH_ GLIBC_ MALLOC_ GCC_");

  /// Endings of names that say where code or settings are looked for.
  private static final Set<String> SEARCHED =
      words(
          """
          LIBRARY_PATH MODULE_PATH MODULES_PATH PLUGIN_PATH PLUGINS_PATH EXEC_PATH CONFIG_PATH
          BIN_PATH CLASS_PATH INCLUDE_PATH LOAD_PATH SEARCH_PATH EXECUTABLE_PATH LOADABLES_PATH
          """);

  private EnvironmentTable() {}

  /// Returns whether the variable `name` can decide what code a program runs, which files it obeys
  /// or whom it connects to, whatever its value is. Keys and settings of accounts do not.
  static boolean decidesWhatRuns(String name) {
    if (HARMLESS.contains(name) || isLocale(name)) {
      return false;
    }
    if (SHELL_AND_LOADER.contains(name) || PROGRAMS.contains(name) || leads(name)) {
      return true;
    }
    boolean known = FAMILIES.stream().anyMatch(name::startsWith);
    boolean key = KEYS.stream().anyMatch(name::endsWith) && !startsWithAny(name, LOADERS);
    return known
        && !key
        && (!startsWithAny(name, ACCOUNTS)
            || Arrays.stream(name.split("_", -1)).anyMatch(LEADING::contains));
  }

  private static boolean leads(String name) {
    return name.endsWith("_OPTIONS")
        || name.endsWith("_OPTS")
        || name.toLowerCase(Locale.ROOT).endsWith("_proxy")
        || SEARCHED.stream().anyMatch(name::endsWith);
  }

  private static boolean startsWithAny(String name, Set<String> starts) {
    return starts.stream().anyMatch(name::startsWith);
  }

  /// Returns why it matters that `name` is `value` for a program, empty when it does not.
  ///
  /// @param value null when it is not known
  static Optional<String> objection(String name, @Nullable String value) {
    if (PROGRAMS.contains(name)) {
      return value != null && INERT_PROGRAMS.contains(value)
          ? Optional.empty()
          : Optional.of("%s names a program that others start".formatted(name));
    }
    if (HARMLESS.contains(name) || isLocale(name)) {
      return isPlain(value)
          ? Optional.empty()
          : Optional.of("the value of %s is no plain word".formatted(name));
    }
    if (name.startsWith("GIT_TRACE")) {
      return value != null && Value.isNumber(value)
          ? Optional.empty()
          : Optional.of("%s can name a file that is written".formatted(name));
    }
    if (changesPrograms(name)) {
      return Optional.of("%s changes what programs run, read or connect to".formatted(name));
    }
    return isSwitch(value)
        ? Optional.empty()
        : Optional.of("nobody knows what programs do with %s".formatted(name));
  }

  /// Returns why it matters that the shell itself sees another value of `name`, empty when it does
  /// not: an unexported variable is seen by nobody else, unless it was exported before.
  static Optional<String> objectionInShell(String name, @Nullable String value) {
    return changesPrograms(name) && !HARMLESS.contains(name)
        ? objection(name, value)
        : Optional.empty();
  }

  /// Returns whether the value of the variable may be a secret, going by its name.
  static boolean maySecret(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.contains("TOKEN")
        || upper.contains("SECRET")
        || upper.contains("PASSW")
        || upper.contains("PASSPHRASE")
        || upper.contains("CREDENTIAL")
        || upper.contains("APIKEY")
        || upper.contains("API_KEY")
        || upper.contains("PRIVATE_KEY")
        || upper.contains("ACCESS_KEY")
        || upper.endsWith("_KEY")
        || upper.endsWith("_PAT")
        || upper.endsWith("_PASS")
        || upper.endsWith("_PWD")
        || upper.endsWith("_AUTH")
        || upper.equals("DATABASE_URL");
  }

  private static Set<String> words(String text) {
    return Set.copyOf(Arrays.asList(text.strip().replace('\n', ' ').split(" ", -1)));
  }

  private static boolean changesPrograms(String name) {
    if (SHELL_AND_LOADER.contains(name) || PROGRAMS.contains(name)) {
      return true;
    }
    for (String family : FAMILIES) {
      if (name.startsWith(family)) {
        return true;
      }
    }
    return name.endsWith("_OPTIONS")
        || name.endsWith("_OPTS")
        || name.endsWith("_PATH")
        || name.endsWith("_proxy");
  }

  /// Such a value names no program, no file and no host.
  private static boolean isSwitch(@Nullable String value) {
    return value != null
        && (value.equals("0")
            || value.equals("1")
            || value.equals("true")
            || value.equals("false"));
  }

  private static boolean isLocale(String name) {
    return name.startsWith("LC_");
  }

  private static boolean isPlain(@Nullable String value) {
    if (value == null || value.length() > 256 || value.startsWith(":")) {
      return false;
    }
    for (int at = 0; at < value.length(); at++) {
      char c = value.charAt(at);
      boolean plain = Character.isLetterOrDigit(c) || " .,_:@=+-*<>".indexOf(c) >= 0;
      if (!plain) {
        return false;
      }
    }
    return true;
  }
}
