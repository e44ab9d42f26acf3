// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The options of the git subcommands that only show something.
///
/// Sources: the manual pages git-log(1), git-diff(1), git-status(1) and so on, of git 2.39 to 2.51.
/// `--output` writes, `--ext-diff`, `--textconv` and `--show-signature` start programs that the
/// configuration names, `-O` of `grep` starts a pager.
final class GitTables {

  /// Built when first asked for: to put together the one of `git log` takes half of a decision.
  private static final Map<String, Table> BUILT = new ConcurrentHashMap<>();

  private GitTables() {}

  static void forget() {
    BUILT.clear();
  }

  /// Returns the table of the options in front of a subcommand, git(1).
  static Table globals() {
    return Table.harmless("shows something about git")
        .endsAtOperand()
        .words()
        .flags("-v --version -h --help -P --no-pager --bare --no-replace-objects --no-lazy-fetch")
        .flags("--no-optional-locks --no-advice --literal-pathspecs --glob-pathspecs")
        .flags("--noglob-pathspecs --html-path --man-path --info-path")
        .values("--namespace --attr-source")
        .values(Meaning.FOLDER, "-C")
        .values(Meaning.SEARCHES, "--git-dir --work-tree")
        .flags(Meaning.CHANGES, "-p --paginate")
        .values(Meaning.CHANGES, "-c --config-env --exec-path --super-prefix")
        .build();
  }

  /// Returns the table of `verb`; null when it does not only show something, or is not known.
  static @Nullable Table table(String verb) {
    return BUILT.computeIfAbsent(verb, GitTables::build);
  }

  private static @Nullable Table build(String verb) {
    return switch (verb) {
      case "status" -> status();
      case "diff" -> diff("shows what changed").flags(diffOwn()).build();
      case "diff-files", "diff-index", "diff-tree" -> plumbingDiff();
      case "log", "show", "whatchanged", "reflog", "reflog show", "stash list", "stash show" ->
          log().build();
      case "shortlog" -> shortlog();
      case "rev-list" -> revList();
      case "blame", "annotate" -> blame();
      case "grep" -> grep();
      case "branch" -> branch();
      case "tag" -> tag();
      case "ls-files" -> lsFiles();
      case "config", "config get", "config list" -> config();
      default -> small(verb);
    };
  }

  private static @Nullable Table small(String verb) {
    return switch (verb) {
      case "ls-tree" ->
          only("lists a tree")
              .flags("-drtlz --long --name-only --name-status --object-only --full-name")
              .flags("--full-tree")
              .values("--format")
              .optional("--abbrev")
              .build();
      case "rev-parse" -> revParse();
      case "describe" ->
          only("names a commit")
              .flags("--contains --debug --all --tags --long --first-parent --exact-match --always")
              .optional("--abbrev --dirty --broken")
              .values("--candidates --match --exclude")
              .build();
      case "name-rev" ->
          only("names commits")
              .flags("--name-only --tags --all --annotate-stdin --undefined --no-undefined")
              .flags("--always")
              .values("--refs --no-refs --exclude")
              .build();
      case "merge-base" ->
          only("finds the common ancestor")
              .flags("-a --all --octopus --independent --is-ancestor --fork-point")
              .build();
      case "show-ref" ->
          only("lists refs")
              .flags("--tags --heads --branches --verify --exists --head -dq --dereference")
              .flags("--quiet")
              .optional("-s --hash --abbrev --exclude-existing")
              .build();
      case "for-each-ref" ->
          refFilter(only("lists refs"))
              .flags("-sp --shell --perl --python --tcl --stdin --include-root-refs")
              .values("--count --exclude --format")
              .build();
      case "cat-file" ->
          only("shows an object")
              .flags("-epts --buffer --batch-all-objects --unordered --follow-symlinks -z -Z")
              .flags("--use-mailmap --mailmap --no-mailmap --no-use-mailmap")
              .optional("--batch-check")
              .flags(Meaning.CHANGES, "--textconv --filters")
              .values("--path")
              .build();
      case "check-ignore" ->
          only("names the ignored")
              .flags("-qvnz --quiet --verbose --non-matching --no-index --stdin")
              .build();
      case "check-attr" ->
          only("shows attributes").flags("-az --all --cached --stdin").values("--source").build();
      case "count-objects" ->
          only("counts objects").flags("-vH --verbose --human-readable").build();
      case "version" -> only("shows the version").flags("--build-options").build();
      case "help" ->
          only("lists commands")
              .flags("-avgc --all --verbose --guides --config --no-external-commands --no-aliases")
              .operands(Operands.UNKNOWN)
              .build();
      default -> smaller(verb);
    };
  }

  private static @Nullable Table smaller(String verb) {
    return switch (verb) {
      case "cherry" -> only("compares branches").flags("-v --verbose").optional("--abbrev").build();
      case "show-branch" ->
          only("compares branches")
              .flags("-ar --all --remotes --current --topo-order --date-order --sparse --list")
              .flags("--merge-base --independent --no-name --sha1-name --topics --no-color")
              .optional("--more --color -g --reflog")
              .build();
      case "check-ref-format" ->
          only("checks a name").flags("--normalize --allow-onelevel --branch --print").build();
      case "check-mailmap" -> only("looks up names").flags("--stdin").build();
      case "worktree list" ->
          only("lists worktrees").flags("--porcelain -vz --verbose").values("--expire").build();
      case "remote" ->
          only("lists remotes").flags("-v --verbose").operands(Operands.UNKNOWN).build();
      case "var" -> only("shows a variable of git").flags("-l").build();
      case "remote show" -> only("lists remotes").operands(Operands.CHANGES).build();
      case "remote get-url" -> only("shows a remote").flags("--push --all").build();
      case "notes list", "notes show", "bisect log", "sparse-checkout list" ->
          only("shows something").build();
      case "submodule", "submodule status" ->
          only("lists submodules")
              .flags("--cached --recursive -q --quiet")
              .operands(verb.equals("submodule") ? Operands.CHANGES : Operands.PLAIN)
              .build();
      case "symbolic-ref" ->
          only("shows a symbolic ref")
              .flags("-q --quiet --short --recurse --no-recurse")
              .flags(Meaning.CHANGES, "-d --delete")
              .values(Meaning.CHANGES, "-m")
              .build();
      default -> null;
    };
  }

  private static Table.Builder only(String reason) {
    return Table.harmless(reason);
  }

  private static Table status() {
    return only("shows the state")
        .flags("-vsbz --verbose --short --branch --show-stash --ahead-behind --no-ahead-behind")
        .flags("--long --null --no-renames --renames --no-column --no-porcelain --no-branch")
        .optional("--porcelain -u --untracked-files --ignored --ignore-submodules --column")
        .optional("-M --find-renames")
        .build();
  }

  private static String diffOwn() {
    return "--cached --staged --merge-base --base --ours --theirs -123q0 --no-index";
  }

  /// Returns the options every command has that can show a difference.
  private static Table.Builder diff(String reason) {
    return only(reason)
        .flags("-pusRabwWDtz --patch --no-patch --raw --patch-with-raw --patch-with-stat")
        .flags("--indent-heuristic --no-indent-heuristic --minimal --patience --histogram")
        .flags("--numstat --shortstat --compact-summary --no-compact-summary --summary")
        .flags("--name-only --name-status --no-color --no-color-moved --no-color-moved-ws")
        .flags("--check --full-index --binary --find-copies-harder --irreversible-delete")
        .flags("--pickaxe-all --pickaxe-regex --no-relative --text --ignore-cr-at-eol")
        .flags("--ignore-space-at-eol --ignore-space-change --ignore-all-space")
        .flags("--ignore-blank-lines --function-context --exit-code --quiet --no-ext-diff")
        .flags("--no-textconv --no-prefix --default-prefix --ita-invisible-in-index")
        .flags("--ita-visible-in-index --no-renames --rename-empty --no-rename-empty -c --cc")
        .flags("--combined-all-paths --cumulative --follow --no-follow")
        .optional("--stat --dirstat --dirstat-by-file -X --color --color-moved --color-moved-ws")
        .optional("--word-diff --color-words --submodule --abbrev -BMC --break-rewrites")
        .optional("--find-renames --find-copies --relative --ignore-submodules --root")
        .values("-UlSG --unified --diff-algorithm --anchored --stat-width --stat-name-width")
        .values("--stat-count --stat-graph-width --ws-error-highlight --word-diff-regex")
        .values("--diff-filter --find-object --inter-hunk-context --src-prefix --dst-prefix")
        .values("-I --ignore-matching-lines --line-prefix --output-indicator-new --rotate-to")
        .values("--output-indicator-old --output-indicator-context --skip-to --max-depth")
        .values(Meaning.READS, "-O --orderfile")
        .values(Meaning.WRITES, "--output")
        .flags(Meaning.CHANGES, "--ext-diff --textconv");
  }

  private static Table plumbingDiff() {
    return diff("compares trees")
        .flags("-rmqv --no-commit-id --cached --always --merge-base --base --ours --theirs -123")
        .flags("--pretty --no-abbrev")
        .build();
  }

  private static Table.Builder log() {
    return revisions(diff("shows history"))
        .flags("-gim --walk-reflogs --source --mailmap --no-mailmap --use-mailmap")
        .flags("--no-use-mailmap --full-diff --log-size --clear-decorations --no-decorate")
        .flags("--abbrev-commit --no-abbrev-commit --no-abbrev --oneline --no-expand-tabs")
        .flags("--no-notes --standard-notes --no-standard-notes --relative-date --graph")
        .flags("--no-graph --no-diff-merges --remerge-diff --dd")
        .flags("--no-show-signature --no-signature --include-untracked --only-untracked")
        .optional("--decorate --notes --show-notes --expand-tabs --show-linear-break --pretty")
        .values("-nL --decorate-refs --decorate-refs-exclude --encoding --date --diff-merges")
        .values("--format")
        .flags(Meaning.CHANGES, "--show-signature");
  }

  private static Table.Builder revisions(Table.Builder table) {
    return table
        .numbers()
        .flags("-EFPr --all-match --invert-grep --regexp-ignore-case --basic-regexp")
        .flags("--extended-regexp --fixed-strings --perl-regexp --remove-empty --merges")
        .flags("--no-merges --no-min-parents --no-max-parents --first-parent --not --all")
        .flags("--exclude-first-parent-only --reflog --alternate-refs --single-worktree")
        .flags("--ignore-missing --bisect --cherry-mark --cherry-pick --left-only --right-only")
        .flags("--cherry --merge --boundary --simplify-by-decoration --show-pulls --dense")
        .flags("--full-history --sparse --simplify-merges --reverse --date-order --topo-order")
        .flags("--author-date-order --do-walk --parents --children --left-right --count")
        .flags("--timestamp --header")
        .optional("--branches --tags --remotes --ancestry-path --no-walk")
        .values("--max-count --skip --since --after --until --before --since-as-filter")
        .values("--author --committer --grep --grep-reflog --min-parents --max-parents --glob")
        .values("--exclude --exclude-hidden --max-age --min-age");
  }

  private static Table shortlog() {
    return revisions(only("counts commits"))
        .flags("-cseni --numbered --summary --email --no-mailmap")
        .values(Meaning.WRITES, "--output")
        .optional("-w")
        .values("--group --format --date")
        .build();
  }

  private static Table revList() {
    return revisions(only("lists commits"))
        .flags("--objects --objects-edge --unpacked --quiet --bisect-vars --bisect-all -ig")
        .flags("--abbrev-commit --no-abbrev-commit --no-abbrev --oneline --no-object-names")
        .flags("--object-names --no-commit-header --commit-header --graph --walk-reflogs")
        .flags("--use-bitmap-index --no-filter --in-commit-order --indexed-objects")
        .optional("--disk-usage --abbrev --pretty --missing")
        .values("-n --format --date --filter")
        .build();
  }

  private static Table blame() {
    return only("shows who wrote each line")
        .flags("-bfnpctlsew --root --show-stats --progress --no-progress --score-debug")
        .flags("--incremental --show-name --show-number --porcelain --line-porcelain")
        .flags("--show-email --minimal --color-lines --color-by-age --reverse --first-parent")
        .flags("--no-textconv")
        .optional("-MC --abbrev")
        .values("-L --ignore-rev --date --since --after --until --before --encoding")
        .values(Meaning.READS, "-S --contents --ignore-revs-file")
        .flags(Meaning.CHANGES, "--textconv")
        .build();
  }

  private static Table grep() {
    return only("searches tracked files")
        .numbers()
        .flags("-viwaIrEGFPnhHlLzocpWq --cached --no-index --untracked --exclude-standard")
        .flags("--no-exclude-standard --recurse-submodules --invert-match --ignore-case --text")
        .flags("--word-regexp --recursive --no-recursive --extended-regexp --basic-regexp")
        .flags("--fixed-strings --perl-regexp --line-number --column --full-name --null")
        .flags("--files-with-matches --name-only --files-without-match --only-matching")
        .flags("--count --break --heading --show-function --function-context --and --or --not")
        .flags("--quiet --all-match --no-color --ext-grep --no-ext-grep --no-textconv")
        .optional("--color")
        .values("-ABCem --max-depth --context --before-context --after-context --threads")
        .values("--max-count")
        .values(Meaning.READS, "-f")
        .flags(Meaning.CHANGES, "--textconv")
        .optional(Meaning.CHANGES, "-O --open-files-in-pager")
        .build();
  }

  /// Adds the options that choose refs, of `branch`, `tag` and `for-each-ref`.
  private static Table.Builder refFilter(Table.Builder table) {
    return table
        .flags("--contains --no-contains --merged --no-merged --ignore-case --omit-empty")
        .optional("--color")
        .values("--sort --points-at");
  }

  private static Table branch() {
    return refFilter(only("lists branches"))
        .flags("-vqalri --verbose --quiet --all --list --remotes --show-current --no-color")
        .flags("--no-abbrev --no-column --no-verbose")
        .optional("--abbrev --column")
        .values("--format")
        .flags(Meaning.CHANGES, "-dDmMcCf --delete --move --copy --force --edit-description")
        .flags(Meaning.CHANGES, "--unset-upstream --create-reflog --recurse-submodules")
        .flags(Meaning.CHANGES, "-u --set-upstream-to --set-upstream --no-track")
        .optional(Meaning.CHANGES, "-t --track")
        .build();
  }

  private static Table tag() {
    return refFilter(only("lists tags"))
        .flags("-li --list --no-column")
        .optional("-n --column")
        .values("--format")
        .flags(Meaning.CHANGES, "-advesf --delete --verify --annotate --edit --sign --no-sign")
        .flags(Meaning.CHANGES, "--force --create-reflog")
        .values(Meaning.CHANGES, "-muF --message --file --local-user --cleanup --trailer")
        .build();
  }

  private static Table lsFiles() {
    return only("lists files")
        .flags("-ztvfcdmoisku --cached --deleted --modified --others --ignored --stage --killed")
        .flags("--directory --no-directory --eol --empty-directory --no-empty-directory")
        .flags("--unmerged --resolve-undo --exclude-standard --full-name --recurse-submodules")
        .flags("--error-unmatch --debug --deduplicate --sparse")
        .optional("--abbrev")
        .values("-x --exclude --exclude-per-directory --with-tree --format")
        .values(Meaning.READS, "-X --exclude-from")
        .build();
  }

  private static Table config() {
    return only("shows the configuration")
        .flags("--global --system --local --worktree --get --get-all --get-regexp -lz --list")
        .flags("--get-urlmatch --fixed-value --bool --int --bool-or-int --bool-or-str --path")
        .flags("--expiry-date --null --name-only --includes --no-includes --show-origin")
        .flags("--show-scope --show-names --no-show-names --all --regexp --no-type")
        .values("--blob -t --type --default --value --url")
        .values(Meaning.READS, "-f --file")
        .flags(Meaning.CHANGES, "-e --edit --replace-all --add --append --unset --unset-all")
        .flags(Meaning.CHANGES, "--rename-section --remove-section --get-color --get-colorbool")
        .values(Meaning.CHANGES, "--comment")
        .build();
  }

  private static Table revParse() {
    return only("resolves names")
        .flags("--show-toplevel --git-dir --git-common-dir --absolute-git-dir --show-prefix")
        .flags("--show-cdup --show-superproject-working-tree --is-inside-work-tree --verify")
        .flags("--is-inside-git-dir --is-bare-repository --is-shallow-repository -q --quiet")
        .flags("--symbolic --symbolic-full-name --all --not --revs-only --no-revs --flags")
        .flags("--no-flags --sq --local-env-vars --shared-index-path --end-of-options")
        .optional("--abbrev-ref --short --branches --tags --remotes --show-object-format")
        .optional("--show-ref-format")
        .values("--default --prefix --path-format --git-path --since --after --until --before")
        .values("--disambiguate --glob --exclude --resolve-git-dir")
        .build();
  }
}
