// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class GitManualTest {

  static final List<String> SHOWS =
      List.of(
          "git",
          "git --version",
          "git version",
          "git status",
          "git status -sb",
          "git status --short --branch --untracked-files=all",
          "git status --porcelain=v2",
          "git --no-pager status",
          "git log",
          "git log --oneline -5",
          "git log -n5 --graph --all --decorate",
          "git log --since=2.weeks --author=me --format='%h_%s",
          "git log --pretty=format:%H main..HEAD",
          "git --no-pager log -1 --stat",
          "git diff",
          "git diff --cached --stat",
          "git diff --name-only 'HEAD~1",
          "git diff -U0 -w -M90% 'HEAD^",
          "git diff main...HEAD",
          "git show",
          "git show --stat HEAD",
          "git show -s --format=%cI",
          "git branch",
          "git branch -a -vv",
          "git branch --show-current",
          "git branch --list 'feature/*",
          "git branch -r --contains HEAD",
          "git branch --merged main",
          "git tag",
          "git tag -l 'v*",
          "git tag --sort=-creatordate",
          "git remote",
          "git remote -v",
          "git remote get-url origin",
          "git stash list",
          "git worktree list --porcelain",
          "git reflog",
          "git reflog -5",
          "git reflog show HEAD",
          "git ls-files",
          "git ls-files -o --exclude-standard",
          "git ls-tree -r --name-only HEAD",
          "git var GIT_AUTHOR_IDENT",
          "git rev-parse HEAD",
          "git rev-parse --show-toplevel",
          "git rev-parse --abbrev-ref HEAD",
          "git rev-parse $rev",
          "git rev-list --count HEAD",
          "git describe --tags --always --dirty",
          "git shortlog -sn",
          "git shortlog -sne --all",
          "git cat-file -t HEAD",
          "git name-rev HEAD",
          "git merge-base main HEAD",
          "git for-each-ref --format='%(refname:short) --sort=-committerdate",
          "git show-ref --heads",
          "git config user.name",
          "git config --get user.email",
          "git config --list",
          "git config get user.name",
          "git check-ignore -v target",
          "git count-objects -vH",
          "git symbolic-ref --short HEAD",
          "git submodule status",
          "git diff -h",
          "git help -a");

  static final List<String> ASKS =
      List.of(
          "git -c core.pager=./x log",
          "git -c alias.x='!sh x",
          "git -ccore.pager=x log",
          "git --config-env=core.pager=X log",
          "git --exec-path=/tmp status",
          "git -p log",
          "git --paginate log",
          "git $x",
          "git $x status",
          "git st",
          "git my-alias",
          "git log $x",
          "git log --ext-diff -p",
          "git log --ext -p",
          "git diff --ext-diff",
          "git diff --textconv",
          "git show --show-signature",
          "git show --show-sig",
          "git log --format=%G?",
          "git log --pretty='format:%h_%GS",
          "git log --pretty=mine",
          "git branch --format='%(signature)",
          "git grep -O./x foo",
          "git grep -Oless foo",
          "git grep --open-files-in-pager=./x foo",
          "git grep --open=./x foo",
          "git grep -nO foo",
          "git cat-file --textconv HEAD:a",
          "git cat-file --filters HEAD:a",
          "git cat-file --batch",
          "git branch new",
          "git branch -v new",
          "git branch $x",
          "git branch -D old",
          "git branch -m a b",
          "git branch -u origin/x",
          "git branch --edit-description",
          "git tag v1",
          "git tag -d v1",
          "git tag -v v1",
          "git tag -a v1 -m x",
          "git remote add x https://a.example/x",
          "git remote set-url origin ext::sh",
          "git remote show origin",
          "git remote update",
          "git stash",
          "git stash pop",
          "git stash drop",
          "git worktree add ../x",
          "git reflog expire --all",
          "git reflog delete x",
          "git symbolic-ref HEAD refs/heads/x",
          "git symbolic-ref -d HEAD",
          "git config user.name me",
          "git config alias.x '!sh",
          "git config --global core.hooksPath x",
          "git config --add a.b c",
          "git config --unset a.b",
          "git config --unset-al a.b",
          "git config -e",
          "git config set a.b c",
          "git config unset a.b",
          "git config edit",
          "git config --get http.https://a.example/.extraheader",
          "git config credential.helper",
          "git add .",
          "git commit -m x",
          "git commit --amend --no-edit",
          "git checkout main",
          "git checkout -- .",
          "git switch main",
          "git restore .",
          "git reset --hard",
          "git clean -fdx",
          "git rebase -x ./x main",
          "git merge x",
          "git push",
          "git push origin HEAD",
          "git pull",
          "git fetch",
          "git fetch --upload-pack=./x",
          "git fetch --upload-pa=./x",
          "git ls-remote",
          "git ls-remote --upload-pack=./x .",
          "git clone https://a.example/x",
          "git bisect run ./x",
          "git submodule foreach ./x",
          "git submodule update --init",
          "git filter-branch --tree-filter ./x",
          "git difftool",
          "git mergetool",
          "git archive -o x HEAD",
          "git archive --remote=x --exec=./y HEAD",
          "git apply x",
          "git am x",
          "git send-email x",
          "git credential fill",
          "git credential-store get",
          "git fsmonitor--daemon start",
          "git interpret-trailers x",
          "git hook run pre-commit",
          "git for-each-repo --config=x status",
          "git notes add -m x",
          "git update-ref refs/heads/x HEAD",
          "git help log",
          "git --icase-pathspecs diff -- .ENV",
          "git log --help",
          "git instaweb");

  @ParameterizedTest
  @FieldSource("SHOWS")
  void whatOnlyShowsIsHarmless(String line) {
    Call call = Calls.call(line);

    assertThat(new GitManual().read(call).nature()).isEqualTo(Nature.HARMLESS);
  }

  @ParameterizedTest
  @FieldSource("ASKS")
  void whatChangesExecutesOrIsUnknownIsNotHarmless(String line) {
    Call call = Calls.call(line);

    assertThat(new GitManual().read(call).nature()).isGreaterThanOrEqualTo(Nature.CHANGES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          git status                            | HARMLESS
          git -C sub status                     | HARMLESS IN:sub(SEARCH:.)
          git -C a -C b log                     | HARMLESS IN:a(IN:b(SEARCH:.))
          git --git-dir=/x/.git log             | HARMLESS SEARCH:/x/.git
          git --work-tree /x status             | HARMLESS SEARCH:/x
          git diff HEAD~1 -- src/a.c            | HARMLESS READ:src/a.c
          git diff -- .env                      | HARMLESS READ:.env
          git diff /dev/null /etc/shadow        | HARMLESS READ:/dev/null READ:/etc/shadow
          git diff --no-index a ../b            | HARMLESS READ:a READ:../b
          git show HEAD:.env                    | HARMLESS READ:.env
          git show main:src/a.c                 | HARMLESS READ:src/a.c
          git show :/.env                       | HARMLESS READ:.env
          git diff id_rsa~                      | HARMLESS READ:id_rsa~
          git show :0:.env                      | HARMLESS READ:.env
          git show HEAD@{12:00}:.env            | HARMLESS READ:.env
          git show HEAD:HEAD/.env               | HARMLESS READ:HEAD/.env
          git show HEAD^:a^b/.env               | HARMLESS READ:a^b/.env
          git diff ':(icase).ENV                | UNKNOWN READ:.ENV
          git diff main..HEAD -- ../x           | HARMLESS READ:../x
          git diff ':(top).env                  | HARMLESS READ:.env
          git diff ':!vendor                    | HARMLESS
          git diff -- '*.pem                    | HARMLESS READ:*.pem
          git cat-file -p HEAD:.env             | HARMLESS READ:.env
          git blame -L1,5 a.c                   | HARMLESS READ:a.c
          git blame --contents /etc/shadow a.c  | HARMLESS READ:/etc/shadow READ:a.c
          git blame --cont=/etc/shadow a.c      | HARMLESS READ:/etc/shadow READ:a.c
          git log --oneline -- .env             | HARMLESS
          git log -p -- .env                    | HARMLESS READ:.env
          git log -L1,5:.env                    | HARMLESS READ:.env
          git log -O/etc/shadow                 | HARMLESS READ:/etc/shadow
          git log --output=x                    | CHANGES WRITE:x
          git log --outp=x                      | UNKNOWN
          git log --output x                    | CHANGES WRITE:x
          git diff --output=../x                | CHANGES WRITE:../x
          git shortlog -n --outp=../x           | CHANGES WRITE:../x
          git grep foo                          | HARMLESS SEARCH:.
          git grep -n foo -- src                | HARMLESS SEARCH:src
          git grep -e a -e b src                | HARMLESS SEARCH:src
          git grep -f /etc/shadow src           | HARMLESS READ:/etc/shadow SEARCH:src
          git grep --no-index x /etc            | HARMLESS SEARCH:/etc
          git ls-files -X /etc/shadow           | HARMLESS READ:/etc/shadow
          git config -f /etc/x --list           | HARMLESS READ:/etc/x
          git clone https://a.example/x y       | CHANGES CONNECT:https://a.example/x
          git clone me@a.example:x              | CHANGES CONNECT:a.example:22
          git clone ext::sh y                   | CHANGES SHELL(sh)
          git fetch --upload-pack=a x           | CHANGES
          git push ssh://me@a.example/x         | CHANGES CONNECT:a.example:22
          git archive --remote=https://a.example/x HEAD | CHANGES CONNECT:https://a.example/x
          """)
  void theFilesAndHostsOfACallAreFound(String line, String expected) {
    assertThat(Calls.shown(new GitManual().read(Calls.call(line)))).isEqualTo(expected);
  }
}
