// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

/// The written table of places that hold secrets.
///
/// A line at the margin opens a section: its class, its [Protection] and what lies there. The lines
/// below are patterns in lower case. `~/` means every home, `**/` every folder, `/` the root.
final class SecretPaths {

  private SecretPaths() {}

  /// The table of the homes and the folders of projects.
  static final String OF_PEOPLE =
      """
      ssh secret SSH keys and settings
        **/.ssh/**  **/id_rsa  **/id_dsa  **/id_ecdsa  **/id_ecdsa_sk  **/id_ed25519
        **/id_ed25519_sk  **/id_xmss  **/id_rsa_*  **/id_rsa.*  **/id_dsa.*  **/id_ecdsa.*
        **/id_ecdsa_*  **/id_ed25519.*  **/id_ed25519_*  **/id_rsa-*  **/id_ed25519-*
        **/ssh_host_*_key  **/etc/ssh/*key  ~/.putty/**
      ssh ordinary public keys
        **/id_*.pub
      gnupg secret GnuPG keys
        **/.gnupg/**  **/secring.gpg  ~/appdata/roaming/gnupg/**
      cloud secret the credentials of a cloud
        **/.aws/**  **/.azure/**  ~/.config/gcloud/**  **/application_default_credentials.json
        ~/appdata/roaming/gcloud/**  **/.oci/**  ~/.config/doctl/**  ~/.bluemix/**  ~/.aliyun/**
        ~/.config/linode-cli  ~/.config/hcloud/**  ~/.config/scw/**  ~/.config/exoscale/**
        ~/.fly/**  ~/.config/fly/**  ~/.local/share/com.vercel.cli/**  ~/.config/vercel/**
        ~/.vercel/**  ~/.config/netlify/**  ~/.netlify/**  ~/.config/heroku/**  ~/.boto  ~/.s3cfg
        ~/.config/rclone/**  ~/.cf/**  ~/.pulumi/**  ~/.config/.wrangler/**  ~/.wrangler/**
        ~/.cloudflared/**  ~/.databrickscfg  ~/.snowsql/**  ~/.snowflake/**  ~/.config/ngrok/**
        ~/.ngrok2/**  ~/.config/railway/**  ~/.railway/**  ~/.config/supabase/**  ~/.supabase/**
        ~/.config/stripe/**  ~/.tccli/**  ~/.ibmcloud/**  ~/.openstack/**
        ~/.config/openstack/**  **/clouds.yaml
      kubernetes secret the access to a cluster
        **/.kube/**  **/kubeconfig  ~/.config/k9s/**  ~/.helm/**  ~/.config/helm/**
        ~/.talos/**  ~/.minikube/**  ~/.argocd/**  ~/.config/argocd/**
      containers secret the credentials of container registries
        ~/.docker/**  **/.docker/config.json  **/.dockercfg  **/.dockerconfigjson
        ~/.config/containers/**  ~/.config/docker/**
      registries secret the credentials of a package registry
        ~/.npmrc  ~/.config/npm/**  ~/.yarnrc  ~/.yarnrc.yml  ~/.config/yarn/**  ~/.bunfig.toml
        **/.pypirc  ~/.cargo/credentials  ~/.cargo/credentials.toml  ~/.gem/**
        ~/.local/share/gem/credentials  ~/.bundle/config  ~/.m2/settings*.xml
        ~/.gradle/gradle.properties  ~/.gradle/init.gradle*  ~/.gradle/init.d/**
        ~/.nuget/nuget/**  ~/.config/nuget/**  ~/appdata/roaming/nuget/**  ~/.composer/auth.json
        ~/.config/composer/auth.json  ~/.config/pip/**  ~/.pip/**  ~/.config/pypoetry/**
        ~/.config/uv/**  ~/.local/share/uv/credentials/**  ~/.condarc  ~/.hex/**
        ~/.pub-cache/credentials.json  ~/.config/dart/**  ~/.ivy2/.credentials
        ~/.sbt/.credentials  ~/.sbt/credentials  ~/.huggingface/**  ~/.cache/huggingface/token
        ~/.cache/huggingface/stored_tokens  ~/.kaggle/**  ~/.conan2/credentials.json
      git-credentials secret the credentials of git hosts and other machines
        **/.netrc  **/_netrc  **/.git-credentials  ~/.config/git/credentials  ~/.config/gh/**
        ~/.config/hub  ~/.config/glab-cli/**  ~/.config/tea/**  ~/.git-credential-cache/**
        ~/.cache/git/credential/**  ~/.config/github-copilot/**  ~/.authinfo  ~/.authinfo.gpg
        ~/.subversion/auth/**
      databases secret the passwords of databases
        **/.pgpass  ~/appdata/roaming/postgresql/**  **/.my.cnf  **/.mylogin.cnf
        **/.pg_service.conf  ~/.local/share/dbeaverdata/**  **/.cqlshrc  ~/.cassandra/**
      terraform secret the state or credentials of Terraform
        ~/.terraform.d/**  **/.terraformrc  **/*.tfstate  **/*.tfstate.backup
        ~/appdata/roaming/terraform.d/**
      vault secret the token or password of a vault
        **/.vault-token  ~/.vault/**  **/.vault_pass*  **/.vault-pass*  ~/.config/sops/**
        ~/.config/age/**  ~/.age/**
      passwords secret stored passwords
        **/.password-store/**  ~/.local/share/keyrings/**  ~/.gnome2/**  ~/.local/share/kwalletd/**
        ~/.kde/**  ~/library/keychains/**  /library/keychains/**  **/*.kdbx  **/*.kdb
        ~/.config/keepassxc/**  ~/.config/bitwarden*/**  ~/.1password/**  ~/.config/op/**
        ~/.config/1password/**  ~/appdata/*/microsoft/credentials/**
        ~/appdata/*/microsoft/protect/**  ~/appdata/*/microsoft/vault/**  **/.htpasswd
        **/windows/system32/config/**  ~/.lastpass/**  ~/.config/gopass/**
        ~/.config/redoubt/keys/**  **/redoubt/keys/*.key*
        ~/.local/share/gopass/**
      browsers secret the profile of a browser
        ~/.mozilla/**  ~/.config/google-chrome*/**  ~/.config/chromium/**
        ~/.config/bravesoftware/**  ~/.config/microsoft-edge*/**  ~/.config/opera*/**
        ~/.config/vivaldi*/**  ~/.librewolf/**  ~/.zen/**  ~/snap/**  ~/.var/app/**
        ~/library/application*support/google/**  ~/library/application*support/firefox/**
        ~/library/application*support/bravesoftware/**  ~/library/application*support/chromium/**
        ~/library/application*support/microsoft*edge/**  ~/library/application*support/arc/**
        ~/library/application*support/vivaldi/**  ~/library/safari/**  ~/library/cookies/**
        ~/appdata/*/google/**  ~/appdata/*/mozilla/**  ~/appdata/*/microsoft/edge/**
        ~/appdata/*/bravesoftware/**  ~/.cache/google-chrome*/**  ~/.cache/mozilla/**
      mail secret mail and messages
        ~/.thunderbird/**  ~/.mutt/**  ~/.muttrc  ~/.config/mutt/**  ~/.config/neomutt/**
        ~/.msmtprc  ~/.config/msmtp/**  ~/.mbsyncrc  ~/.offlineimaprc  ~/.fetchmailrc
        ~/.getmail/**  ~/.local/share/evolution/**  ~/.config/evolution/**  ~/maildir/**
        ~/library/mail/**  ~/library/messages/**  /var/mail/**  /var/spool/mail/**
        ~/.config/slack/**  ~/.config/discord/**  ~/.config/signal/**
        ~/.local/share/telegramdesktop/**  ~/.weechat/**  ~/.irssi/**  ~/appdata/*/thunderbird/**
      history secret what a person typed
        **/.bash_history*  **/.zsh_history*  **/.zhistory  **/.histfile  **/.sh_history
        **/.ash_history  ~/.history  **/.python_history  **/.node_repl_history
        **/.mysql_history  **/.psql_history*  **/.sqlite_history  **/.rediscli_history
        **/.mongo_history  **/.mongosh/**  **/.dbshell  **/.lesshst  **/.viminfo
        **/.irb_history  **/.pry_history  **/.php_history  **/.gdb_history  **/.duckdb_history
        **/.scala_history  **/.fish_history  **/fish_history  ~/.local/state/bash/**
        ~/.local/share/nvim/**  ~/.local/state/nvim/**  ~/.ipython/**  ~/.zsh_sessions/**
        ~/.bash_sessions/**  **/consolehost_history.txt  ~/.local/share/atuin/**
        ~/.config/nushell/history*  ~/.local/share/recently-used.xbel
      environment secret the secrets of an environment
        **/.env*  **/..env.sw?  **/.dev.vars*  **/.secrets  **/.secrets/**
        **/.streamlit/secrets.toml  **/.credentials  **/.credentials/**  **/.aws-credentials
        **/config/master.key  **/config/credentials/*.key
      environment ordinary environment examples
        **/.env*.example  **/.env*.sample  **/.env*.template  **/.env*.dist  **/.env.example.*
        **/.env-example  **/.env_example  **/.env.defaults  **/.env.schema  **/.envrc.example
        **/.env.sample.*
      key private a key or a password store
        **/*.pem  **/*.key  **/*.p12  **/*.pfx  **/*.jks  **/*.keystore  **/*.p8  **/*.ppk
        **/*.asc  **/*.gpg  **/*.env  **/*.tfvars  **/*.tfvars.json  **/credentials.json
        **/client_secret*.json  **/service-account*.json  **/service_account*.json
        **/secrets.yml  **/secrets.yaml  **/secrets.json  **/secrets.toml  **/credentials.yml
        **/credentials.yaml  **/local.settings.json  **/auth.json  **/*.ovpn  **/*.agekey
      key ordinary certificates everybody has
        /etc/ssl/certs/**  /etc/pki/ca-trust/**  /etc/ca-certificates/**  /usr/**  /lib/**  /opt/**
        /nix/store/**  **/cacert.pem  **/ca-certificates.crt  **/ca-bundle.pem  **/example.env
        **/sample.env  **/*.example.env  **/*.pub.asc
      agent secret the credentials and settings of a coding agent
        ~/.claude/**  ~/.claude.json*  ~/.config/claude/**  ~/.codex/**  ~/.gemini/**
        ~/.config/opencode/**  ~/.local/share/opencode/**  ~/.cursor/**  ~/.config/cursor/**
        ~/.aider*  ~/.aider*/**  ~/.continue/**  ~/.codeium/**  ~/.copilot/**  ~/.config/goose/**
        ~/.local/share/goose/**  ~/.openclaw/**  ~/.clawdbot/**  ~/.qwen/**  ~/.config/crush/**
        ~/.local/share/crush/**  ~/.factory/**  ~/.amp/**  ~/.config/amp/**  ~/.kiro/**  ~/.roo/**
        ~/.cline/**  ~/.windsurf/**  ~/.config/zed/**  ~/.config/code/**  ~/.config/windsurf/**
        ~/library/application*support/claude/**  ~/library/application*support/code/**
        ~/library/application*support/cursor/**  ~/appdata/*/claude/**  ~/appdata/*/code/**
        ~/appdata/*/cursor/**  ~/.anthropic/**  ~/.openai/**  ~/.bmo/**  ~/.config/bmo/**
        ~/.local/share/bmo/**  ~/.agents/**  ~/.config/agents/**  ~/.trae/**  ~/.augment/**
        ~/.junie/**  ~/.vscode/**  ~/.vscode-server/**  ~/.config/mcp/**  ~/.mcp-auth/**
      agent ordinary checkouts that agents keep
        ~/.claude/worktrees/**  ~/.cursor/worktrees/**  ~/.codex/worktrees/**
      wallet secret a crypto wallet
        **/wallet.dat  ~/.bitcoin/**  ~/.ethereum/**  ~/.electrum/**  ~/.monero/**
        ~/.config/solana/**  ~/.solana/**  ~/.config/exodus/**  ~/.exodus/**  ~/.litecoin/**
        ~/.dogecoin/**  ~/.zcash/**  ~/.foundry/keystores/**  ~/.brownie/**
        ~/.near-credentials/**  ~/.sui/**  ~/.aptos/**  ~/.cardano/**  ~/.config/ledger*live/**
        ~/library/application*support/bitcoin/**  ~/library/application*support/exodus/**
        ~/library/application*support/electrum/**  ~/library/ethereum/**
      tokens private settings that often hold a token
        **/.git/config  **/.npmrc  **/.yarnrc.yml  **/.pypirc  **/.mcp.json  **/.cursor/mcp.json
        **/.vscode/mcp.json  **/.gemini/settings.json  **/.codex/config.toml
        **/.claude/settings.json  **/.claude/settings.local.json
      redoubt secret what Redoubt keeps: evidence, trust and keys
        ~/.local/share/redoubt/**  ~/library/application*support/redoubt/**
        ~/appdata/*/redoubt/**
      """;

  /// The table of the machine.
  static final String OF_MACHINES =
      """
      accounts secret the accounts, password hashes and rights of this machine
        /etc/passwd*  /etc/group*  **/etc/shadow*  **/etc/gshadow*  **/etc/sudoers*  **/etc/sudoers.d/**
        **/etc/master.passwd  **/etc/security/opasswd  /var/db/dslocal/**
        /var/lib/sss/**  **/sam.hive  /etc/credstore*/**  /var/backups/**
      machine-keys secret the keys and passwords of this machine
        **/*.keytab  /tmp/krb5cc_*  **/etc/wireguard/**  /etc/openvpn/**  /etc/ipsec.secrets
        /etc/networkmanager/system-connections/**  /etc/wpa_supplicant/**  /etc/ppp/*-secrets
        /etc/ssl/private/**  /etc/letsencrypt/**  /etc/pki/tls/private/**  /etc/mysql/debian.cnf
        /etc/docker/key.json  /etc/kubernetes/**  /etc/rancher/**  /etc/netplan/**
        /etc/ipsec.d/private/**  /var/lib/tor/**  /etc/swanctl/private/**  /etc/salt/pki/**
      process secret the memory, environment or files of a process
        /proc/*/environ  /proc/*/mem  /proc/*/root/**  /proc/*/cwd/**  /proc/*/fd/**
        /proc/*/fdinfo/**  /proc/*/maps  /proc/*/smaps*  /proc/*/numa_maps  /proc/*/map_files/**
        /proc/*/auxv  /proc/*/stack  /proc/*/syscall  /proc/*/pagemap  /proc/*/clear_refs
        /proc/*/task/*/environ  /proc/*/task/*/mem  /proc/*/task/*/root/**
        /proc/*/task/*/cwd/**  /proc/*/task/*/fd/**  /proc/*/task/*/maps  /proc/*/task/*/smaps*
        /proc/*/task/*/map_files/**  /proc/*/task/*/auxv  /proc/*/cmdline  /proc/*/task/*/cmdline
        /proc/kcore  /proc/kmem  /proc/kallsyms  /proc/keys
        /proc/kmsg  /proc/vmcore  /proc/sysrq-trigger  /proc/sys/kernel/core_pattern
        /proc/sys/kernel/modprobe  /sys/kernel/debug/**  /sys/kernel/security/**
        /sys/kernel/tracing/**  /sys/firmware/**  /sys/fs/cgroup/**/release_agent
      device secret a device, which reaches past every file
        /dev/mem  /dev/kmem  /dev/port  /dev/sd*  /dev/nvme*  /dev/hd*  /dev/vd*  /dev/xvd*
        /dev/dm-*  /dev/mapper/**  /dev/disk*/**  /dev/rdisk*  /dev/loop*  /dev/mmcblk*  /dev/md*
        /dev/block/**  /dev/input/**  /dev/tpm*  /dev/hidraw*  /dev/video*  /dev/snd/**  /dev/ram*
        /dev/zram*  /dev/nbd*  /dev/sg*  /dev/bus/**  /dev/vsock  /dev/uinput  /dev/mtd*
      network secret a network connection in the shape of a file
        /dev/tcp/**  /dev/udp/**
      socket secret the socket of a daemon that acts for whoever reaches it
        **/docker.sock  **/podman.sock  **/containerd.sock  **/crio.sock  **/buildkitd.sock
        **/dockerd.sock  **/docker.raw.sock  /run/podman/**  /run/containerd/**  /run/docker/**
        /run/user/**  /run/dbus/**  /run/snapd*.socket  /run/snapd.socket
        /nix/var/nix/daemon-socket/**  /tmp/ssh-*/**  **/s.gpg-agent*  **/agent.sock
        /tmp/com.apple.launchd.*/**  /run/libvirt/**  /run/systemd/private  /tmp/.x11-unix/**
        ~/.xauthority  **/.xauthority  /tmp/tmux-*/**  /run/screen/**  ~/.colima/**  ~/.lima/**
        ~/.orbstack/**  ~/.rd/**  /run/wsl/**  **/vscode-ipc-*.sock  **/ssh_auth_sock
      mounted-secrets secret secrets mounted into this machine
        /run/secrets/**  /run/credentials/**  /run/containers/**  /run/cloud-init/**
        **/run/secrets/kubernetes.io/**  /var/lib/cloud/**  /var/lib/docker/**
        /var/lib/containerd/**  /var/lib/containers/**  /var/lib/kubelet/**  /var/lib/waagent/**
        /var/lib/rancher/**
      """;
}
