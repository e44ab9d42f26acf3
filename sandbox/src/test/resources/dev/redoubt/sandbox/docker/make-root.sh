# Makes the root of a small Linux from the programs of this machine: bash make-root.sh FOLDER
set -euo pipefail
root=$1
mkdir -p "$root"/{bin,lib64,etc,dev,proc,sys,run,tmp,var,root,home}
programs=(bash perl sh cat chmod cp cut dd df env getent grep head id kill ln ls mkdir mknod mount mv nohup
  printf pwd rm rmdir seq setsid sleep sort stat stty tail tar timeout touch tr true false umount uname unshare wc)
for program in "${programs[@]}"; do
  found=$(PATH=/usr/bin:/bin:/usr/sbin:/sbin type -P "$program")
  cp -L "$found" "$root/bin/$program"
done
for program in "$root"/bin/*; do
  ldd "$program" 2>/dev/null | grep -o '/[^ ]*' || true
done | sort -u | while read -r library; do
  mkdir -p "$root${library%/*}"
  cp -L "$library" "$root$library"
done
for modules in /usr/lib/*/perl-base; do
  mkdir -p "$root${modules%/*}"
  cp -r "$modules" "$root$modules"
done
cp "$(PATH=/usr/bin:/bin type -P busybox)" "$root/bin/wget"
cp "$root/bin/id" "$root/bin/setuid-id"
chmod u+s "$root/bin/setuid-id"
printf 'root:x:0:0::/root:/bin/sh\n' > "$root/etc/passwd"
