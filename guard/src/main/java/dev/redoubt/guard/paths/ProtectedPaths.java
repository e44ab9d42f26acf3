// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

/// The written table of places that are obeyed or executed later, so that writing them is as much
/// as running a command. In the form of [SecretPaths].
final class ProtectedPaths {

  private ProtectedPaths() {}

  /// The table.
  static final String TABLE =
      """
      startup protected a file that runs when a person logs in or starts a program
        ~/.bashrc  ~/.bash_profile  ~/.bash_login  ~/.bash_logout  ~/.bash_aliases  ~/.profile
        ~/.bashrc.d/**  ~/.zshrc*  ~/.zshenv  ~/.zprofile  ~/.zlogin  ~/.zlogout  ~/.zshrc.d/**
        ~/.kshrc  ~/.cshrc  ~/.tcshrc  ~/.login  ~/.logout  ~/.inputrc  ~/.xprofile  ~/.xinitrc
        ~/.xsession  ~/.xsessionrc  ~/.xresources  ~/.pam_environment  ~/.config/fish/**
        ~/.config/zsh/**  ~/.config/bash/**  ~/.config/nushell/**  ~/.config/powershell/**
        ~/documents/powershell/**  ~/documents/windowspowershell/**  ~/.oh-my-zsh/**
        ~/.config/environment.d/**  ~/.config/starship.toml  ~/.tmux.conf  ~/.config/tmux/**
        ~/.screenrc  ~/.vimrc  ~/.vim/**  ~/.exrc  ~/.config/nvim/**  ~/.emacs  ~/.emacs.d/**
        ~/.config/emacs/**  ~/.gitconfig  ~/.config/git/**  ~/.hgrc  ~/.curlrc  ~/.wgetrc
        ~/.ripgreprc  ~/.config/ripgrep/**  ~/.pdbrc  ~/.pythonrc*  ~/.irbrc  ~/.gdbinit
        ~/.lldbinit  ~/.psqlrc  ~/.sqliterc  ~/.rprofile  ~/.mavenrc  ~/.config/direnv/**
        ~/.pydistutils.cfg  ~/.cargo/config  ~/.cargo/config.toml  ~/.cargo/env  ~/.cargo/bin/**
        ~/.m2/extensions.xml  ~/.local/bin/**  ~/bin/**  ~/go/bin/**  ~/.config/mise/**
        ~/.asdfrc  ~/.nvm/**  ~/.sdkman/bin/**  ~/.local/lib/python*/**  ~/.lesskey  ~/.toprc
        ~/.nanorc  ~/.dircolors  ~/.selected_editor  ~/.hushlogin  ~/.config/htop/**
      autostart protected a program that is started by itself
        ~/.config/autostart/**  ~/.config/systemd/**  ~/.local/share/systemd/**
        ~/library/launchagents/**  ~/.local/share/applications/**  ~/.config/upstart/**
        ~/.config/plasma-workspace/**  ~/.kde/autostart/**  ~/.local/share/dbus-1/**
        ~/appdata/roaming/microsoft/windows/start*menu/**  ~/.crontab  ~/.forward  ~/.procmailrc
      git protected what git executes or obeys
        **/.git  **/.git/hooks/**  **/.git/config  **/.git/config.lock  **/.git/config.worktree
        **/.git/info/attributes  **/.git/info/sparse-checkout  **/.git/modules/**
        **/.git/worktrees/*/config.worktree  **/.git/worktrees/*/gitdir
        **/.git/worktrees/*/commondir  **/.git/commondir  **/.git/gitdir
        **/.git/objects/info/alternates  **/*.git/hooks/**  **/*.git/config  **/.githooks/**
        **/git~1/**  **/.hg/hgrc  **/.hg/hgrc-not-shared  **/.jj/repo/**  **/.bzr/**
      git careful the inner files of git
        **/.git/**  **/.gitmodules  **/.gitattributes  **/.gitconfig  **/.hg/**  **/.svn/**
        **/.lfsconfig
      agent-config protected the configuration of a coding agent or an editor
        **/.mcp.json  **/mcp.json  **/.claude/**  **/.codex/**  **/.gemini/**  **/.cursor/**
        **/.vscode/**  **/.idea/**  **/.run/**  **/.zed/**  **/.windsurf/**  **/.kiro/**
        **/.continue/**  **/.roo/**  **/.roomodes  **/.cline/**  **/.amp/**  **/.opencode/**
        **/opencode.json  **/opencode.jsonc  **/.devcontainer/**  **/.devcontainer.json
        **/.aider*  **/.goose/**  **/.crush/**  **/.crush.json  **/crush.json  **/.qwen/**
        **/.trae/**  **/.augment/**  **/.factory/**  **/.junie/**  **/.openclaw/**
        **/.copilot/**  **/.github/skills/**  **/.github/hooks/**  **/.agents/**  **/.bmo/**
        **/bmo.json  **/.bmo.json  **/*.code-workspace  **/claude_desktop_config.json
        **/.fleet/**  **/.nvim.lua  **/.exrc  **/.vimrc  **/.lvimrc  **/.dir-locals.el
        **/.fabric/**  **/.mcp/**  **/cline_mcp_settings.json  **/mcp_config.json
      build-config protected the configuration of a build tool, which loads programs
        **/.envrc  **/.npmrc  **/.yarnrc  **/.yarnrc.yml  **/.yarn/releases/**
        **/.yarn/plugins/**  **/.pnpmfile.cjs  **/.pnpmfile.mjs  **/pnpmfile.js  **/bunfig.toml
        **/.mvn/**  **/gradle/wrapper/**  **/.gradle/init.d/**  **/.cargo/config
        **/.cargo/config.toml  **/.pre-commit-config.yaml  **/.pre-commit-config.yml
        **/.husky/**  **/lefthook*.yml  **/.lefthook*.yml  **/lefthook*.toml  **/.overcommit.yml
        **/.bazelrc  **/.bundle/config  **/.mise.toml  **/mise.toml  **/.mise/**
        **/.config/mise/**  **/sitecustomize.py  **/usercustomize.py  **/.pip/**  **/pip.conf
        **/.gdbinit  **/.lldbinit  **/.condarc
      build-config careful the start of a build tool
        **/mvnw  **/mvnw.cmd  **/gradlew  **/gradlew.bat  **/nuget.config  **/.tool-versions
        **/.bashrc  **/.bash_profile  **/.profile  **/.zshrc  **/.zshenv  **/.zprofile
        **/.ripgreprc  **/.curlrc  **/.wgetrc  **/.pdbrc  **/.pypirc.example  **/.node-version
      ci careful what a build server runs
        **/.github/workflows/**  **/.github/actions/**  **/.gitlab-ci.yml  **/.gitlab/ci/**
        **/.circleci/**  **/jenkinsfile  **/azure-pipelines*.yml  **/.travis.yml
        **/bitbucket-pipelines.yml  **/.drone.yml  **/.woodpecker/**  **/.woodpecker.yml
        **/.buildkite/**  **/.forgejo/**  **/.gitea/**  **/appveyor.yml  **/.appveyor.yml
        **/codeowners  **/.github/dependabot.yml  **/.ci/**
      instructions careful instructions that agents obey
        **/agents.md  **/agents.override.md  **/agent.md  **/claude.md  **/claude.local.md
        **/gemini.md  **/qwen.md  **/.cursorrules  **/.windsurfrules  **/.clinerules
        **/.clinerules/**  **/.roorules*  **/.goosehints  **/skill.md  **/.rules
        **/.github/copilot-instructions.md  **/.github/instructions/**  **/.github/prompts/**
        **/.github/chatmodes/**  **/.github/agents/**
      policy protected the rules Redoubt itself obeys
        **/redoubt.toml  **/.redoubt.toml  **/.redoubt/**  ~/.config/redoubt/**  /etc/redoubt/**
      """;
}
