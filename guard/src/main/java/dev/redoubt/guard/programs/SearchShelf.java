// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static dev.redoubt.guard.programs.Meaning.CHANGES;
import static dev.redoubt.guard.programs.Meaning.READS;
import static dev.redoubt.guard.programs.Meaning.RECURSES;
import static dev.redoubt.guard.programs.Meaning.STARTS;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Programs that look for text or for files: `grep`, `rg`, `find`.
///
/// Sources: grep(1) 3.8, zgrep(1), the guide and `rg --help` of ripgrep 14, ag(1) 2.2, ack(1) 3,
/// locate(1); the manuals of `find` and `fd` name their own.
final class SearchShelf implements Shelf {

  private static final List<String> NAMES =
      List.of(
          "grep", "egrep", "fgrep", "rgrep", "zgrep", "zegrep", "zfgrep", "bzgrep", "xzgrep", "rg",
          "ag", "ack", "locate", "mlocate", "plocate", "find", "fd", "fdfind");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "find" -> new FindManual();
      case "fd", "fdfind" -> new FdManual(name);
      case "grep", "egrep", "fgrep", "zgrep", "zegrep", "zfgrep", "bzgrep", "xzgrep" ->
          TableManual.of(name, grep(Operands.PATTERN_THEN_READ).build());
      case "rgrep" ->
          TableManual.of(
              name,
              grep(Operands.PATTERN_THEN_SEARCH)
                  .operands(Operands.PATTERN_THEN_SEARCH, ".")
                  .build());
      case "rg" -> TableManual.of(name, rg());
      case "ag" -> TableManual.of(name, ag());
      case "ack" -> TableManual.of(name, ack());
      case "locate", "mlocate", "plocate" -> TableManual.of(name, locate());
      default -> null;
    };
  }

  private static Table.Builder grep(Operands operands) {
    return Table.harmless("searches text")
        .numbers()
        .flags("-EFGPiyvwxcLlqsbHhnTZoaIUuzV --extended-regexp --fixed-strings")
        .flags("--basic-regexp")
        .flags("--perl-regexp --ignore-case --no-ignore-case --invert-match")
        .flags("--word-regexp")
        .flags("--line-regexp --count --files-without-match --files-with-matches")
        .flags("--only-matching")
        .flags("--quiet --silent --no-messages --byte-offset --with-filename")
        .flags("--no-filename")
        .flags("--line-number --initial-tab --unix-byte-offsets --null --text --binary")
        .flags("--null-data")
        .flags("--line-buffered --help --version")
        .flags(RECURSES, "-rR --recursive --dereference-recursive")
        .optional("--color --colour")
        .values("-emABCD --regexp --max-count --after-context --before-context --context")
        .values(READS, "--include")
        .values("--exclude --exclude-dir --label --binary-files --devices")
        .values("--group-separator")
        .flags("--no-group-separator")
        .values(RECURSES, "-d --directories")
        .values(READS, "-f --file --exclude-from")
        .operands(operands)
        .patternIn("-e --regexp -f --file");
  }

  /// `--pre` and `--hostname-bin` run a program, `-z` runs unpackers that are found by name.
  private static Table rg() {
    return Table.harmless("searches text")
        .flags("-.0abcFhHIilLnNopPqSsuUvVwx --auto-hybrid-regex --no-auto-hybrid-regex")
        .flags("--binary")
        .flags("--no-binary --block-buffered --no-block-buffered --byte-offset")
        .flags("--no-byte-offset")
        .flags("--case-sensitive --column --no-column --count --count-matches --crlf")
        .flags("--no-crlf")
        .flags("--debug --no-encoding --files --files-with-matches --files-without-match")
        .flags("--fixed-strings --no-fixed-strings --follow --no-follow")
        .flags("--glob-case-insensitive")
        .flags("--no-glob-case-insensitive --heading --no-heading --help --hidden")
        .flags("--no-hidden")
        .flags(
            "--ignore --ignore-case --ignore-dot --ignore-exclude --ignore-file-case-insensitive")
        .flags("--ignore-files --ignore-global --ignore-messages --ignore-parent")
        .flags("--ignore-vcs")
        .flags("--include-zero --no-include-zero --invert-match --no-invert-match --json")
        .flags("--no-json")
        .flags("--line-buffered --no-line-buffered --line-number --no-line-number")
        .flags("--line-regexp")
        .flags("--max-columns-preview --no-max-columns-preview --messages --mmap")
        .flags("--no-mmap")
        .flags("--multiline --no-multiline --multiline-dotall --no-multiline-dotall")
        .flags("--no-config")
        .flags("--no-context-separator --no-filename --no-ignore --no-ignore-dot")
        .flags("--no-pre")
        .flags("--no-ignore-exclude --no-ignore-file-case-insensitive --no-ignore-files")
        .flags("--no-ignore-global --no-ignore-messages --no-ignore-parent")
        .flags("--no-ignore-vcs")
        .flags("--no-messages --no-pcre2-unicode --pcre2-unicode --no-require-git")
        .flags("--require-git")
        .flags("--no-unicode --unicode --null --null-data --one-file-system")
        .flags("--no-one-file-system")
        .flags("--only-matching --passthru --passthrough --pcre2 --no-pcre2")
        .flags("--pcre2-version")
        .flags("--pretty --print0 --quiet --no-search-zip --smart-case --sort-files")
        .flags("--no-sort-files --stats --no-stats --stop-on-nonmatch --text --no-text")
        .flags("--trace")
        .flags("--trim --no-trim --type-list --unrestricted --version --vimgrep")
        .flags("--with-filename")
        .flags("--word-regexp")
        .flags(CHANGES, "-z --search-zip")
        .values("-ABCdEejMmrtT --after-context --before-context --color --colors")
        .values("--context")
        .values("--context-separator --dfa-size-limit --encoding --engine --generate")
        .values(
            "--field-context-separator --field-match-separator --hyperlink-format --max-columns")
        .values("--max-count --max-depth --maxdepth --max-filesize --path-separator")
        .values("--pre-glob")
        .values("--regex-size-limit --regexp --replace --sort --sortr --threads --type")
        .values("--type-add")
        .values("--type-clear --type-not")
        .values(READS, "--glob --iglob -g -f --file --ignore-file")
        .values(STARTS, "--pre --hostname-bin")
        .operands(Operands.PATTERN_THEN_SEARCH, ".")
        .patternIn("-e --regexp -f --file --files --type-list")
        .build();
  }

  private static Table ag() {
    return Table.harmless("searches text")
        .flags("-acDfFhHilLnoQqrRsStuUvVwz0 --ackmate --all-types --all-text --break")
        .flags("--nobreak")
        .flags("--group --nogroup --heading --noheading --color --nocolor --column")
        .flags("--count")
        .flags("--filename --nofilename --follow --nofollow --files-with-matches")
        .flags("--files-without-matches --fixed-strings --hidden --ignore-case")
        .flags("--case-sensitive")
        .flags("--smart-case --invert-match --literal --line-numbers --numbers")
        .flags("--nonumbers")
        .flags("--list-file-types --multiline --nomultiline --no-numbers --norecurse")
        .flags("--null")
        .flags("--one-device --only-matching --print-all-files --print-long-lines")
        .flags("--passthrough")
        .flags("--passthru --recurse --search-binary --search-files --search-zip")
        .flags("--silent --stats")
        .flags("--stats-only --skip-vcs-ignores --unrestricted --vimgrep --word-regexp")
        .flags("--help")
        .flags("--version --debug --nopager")
        .values("-gGmW --depth --max-count --file-search-regex --ignore --ignore-dir")
        .values("--width")
        .values("--color-line-number --color-match --color-path --workers")
        .optional("-ABC --after --before --context")
        .values(READS, "-p --path-to-ignore")
        .values(STARTS, "--pager")
        .operands(Operands.PATTERN_THEN_SEARCH, ".")
        .patternIn("-g")
        .build();
  }

  /// `--output` and the options in a checkout's `.ackrc` are left out: they are evaluated.
  private static Table ack() {
    return Table.harmless("searches text")
        .flags("-1acfhHiILlnoQqrRsSvwx --color --nocolor --colour --nocolour --column")
        .flags("--nocolumn")
        .flags("--count --files-with-matches --files-without-matches --follow --nofollow")
        .flags("--group")
        .flags("--nogroup --heading --noheading --break --nobreak --ignore-case")
        .flags("--smart-case")
        .flags("--invert-match --literal --no-filename --with-filename --no-recurse")
        .flags("--recurse")
        .flags("--print0 --passthru --sort-files --show-types --help-types --word-regexp")
        .flags("--help")
        .flags("--version --noenv --ignore-ack-defaults")
        .values("-gmABCtT --match --max-count --after-context --before-context --context")
        .values("--type")
        .values("--ignore-dir --ignore-directory --ignore-file --noignore-dir --type-add")
        .values(STARTS, "--pager")
        .operands(Operands.PATTERN_THEN_SEARCH, ".")
        .patternIn("-g -f --match")
        .build();
  }

  private static Table locate() {
    return Table.harmless("looks names up")
        .flags("-0AbceHiLNPpqrSwV --all --basename --count --existing --ignore-case")
        .flags("--follow")
        .flags(
            "--nofollow --null --print --quiet --regex --statistics --wholename --help --version")
        .values("-ln --limit --max-database-age --regexp --regextype")
        .values(READS, "-d --database")
        .build();
  }
}
