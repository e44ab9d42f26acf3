// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.wall.ResourceLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HardenedRunTest {

  private static final ResourceLimits LIMITS = new ResourceLimits(64, 1 << 20, 1 << 10, 4096, 150);
  private static final HardenedRun.Terms TERMS =
      new HardenedRun.Terms(
          LIMITS,
          "65534:65534",
          "none",
          mount ->
              mount.source().startsWith("/secret")
                  ? Optional.of("\"%s\" is secret".formatted(mount.source()))
                  : Optional.empty());

  private static final List<String> OURS =
      List.of(
          "--rm=true",
          "--pull=never",
          "--network=none",
          "--user=65534:65534",
          "--cap-drop=ALL",
          "--security-opt=no-new-privileges",
          "--read-only=true",
          "--tmpfs=/tmp:rw,nosuid,nodev,exec,mode=1777,size=4096",
          "--ipc=private",
          "--pids-limit=64",
          "--memory=1048576",
          "--memory-swap=1048576",
          "--cpus=1.50");

  @Test
  void aUsualServerRunsWithItsOwnOptionsAndOurs() {
    HardenedRun run =
        harden(
            "docker run -i --rm -e TOKEN --env=MODE=x --name s --network bridge --cap-drop NET_RAW"
                + " -v /data:/data:ro -p 80:80 img:1 serve --privileged -v /:/host");

    List<String> argv =
        argv(
            List.of(
                "--interactive=true",
                "--env=TOKEN",
                "--env=MODE=x",
                "--name=s",
                "--mount=type=bind,source=/data,target=/data,bind-nonrecursive=true,readonly=true"),
            List.of("img:1", "serve", "--privileged", "-v", "/:/host"));
    assertThat(run)
        .isEqualTo(
            new HardenedRun.Hardened(
                argv,
                "img:1",
                List.of(
                    new ContainerMount(Path.of("/data"), "/data", ContainerMount.Mode.READ_ONLY))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "docker run img|img",
        "docker container run img|img",
        "/usr/bin/docker run img|img",
        "podman run img|img",
        "docker run -p 80:80 img|img",
        "docker run -u 1:1 img|img",
        "docker run --memory-swap 1g img|img",
        "docker run --net bridge img|img",
        "docker run -it img a|img",
        "docker run -itw /w img a|img",
        "docker run -itw/w img a|img",
        "docker run -itw=/w img a|img",
        "docker run -i=false img|img",
        "docker run --interactive img|img",
        "docker run --interactive=true img|img",
        "docker run --rm false|false",
        "docker run -- img|img",
        "docker run -i -- img -v /:/x|img",
        "docker run --init --health-cmd x img|img",
        "docker run -e=A=B img|img",
        "docker run -eA=B img|img",
        "docker run --cpus 2 --ulimit nofile=1 img|img",
        "docker run --privileged=false img|img",
        "docker run --dns 1.1.1.1 --add-host a:1 img|img",
        "docker run img -d|img",
        "docker run reg.example/a/b@sha256:0 img|reg.example/a/b@sha256:0",
      })
  void theImageIsTheFirstWordThatBelongsToNoOption(String line, String image) {
    assertThat(harden(line))
        .isInstanceOfSatisfying(
            HardenedRun.Hardened.class, run -> assertThat(run.image()).isEqualTo(image));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "docker",
        "docker run",
        "docker run -i",
        "docker run -e",
        "docker run --",
        "docker run - img",
        "docker run -i ''",
        "docker ps",
        "docker -H tcp://a.example run img",
        "docker --context x run img",
        "docker --config /x run img",
        "sh -c docker",
        "sudo docker run img",
        "docker run --unknown img",
        "docker run --unknown=1 img",
        "docker run --privil img",
        "docker run --vol /:/x img",
        "docker run -z img",
        "docker run --privileged=maybe img",
        "docker run ---i img",
        "docker run -i--privileged img",
      })
  void whatIsNotUnderstoodIsRefused(String line) {
    assertThat(harden(line)).isInstanceOf(HardenedRun.Refused.class);
  }

  @Test
  void scenario46NoSpellingOfAPrivilegeGetsThrough() {
    List<String> through = new ArrayList<>();
    for (String option : Privileges.SPELLINGS) {
      if (!(harden("docker run -i " + option + " img") instanceof HardenedRun.Refused)) {
        through.add(option);
      }
    }
    assertThat(through).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--user 0",
        "--user root",
        "--user 0:0",
        "-u0:0",
        "--user 1000",
        "--user 1000:0",
        "--user 0:1000",
        "--user app",
        "--user ''",
        "--user 00:1",
        "--user -1:1",
        "--user 1:1:1",
      })
  void whoeverIsNoOrdinaryNumberBecomesOne(String option) {
    assertThat(harden("docker run " + option + " img"))
        .isEqualTo(new HardenedRun.Hardened(argv(List.of(), List.of("img")), "img", List.of()));
  }

  @Test
  void anOrdinaryUserStays() {
    assertThat(harden("docker run -u 1000:1001 img").toString()).contains("--user=1000:1001");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-v /a:/b|--mount=type=bind,source=/a,target=/b,bind-nonrecursive=true,readonly=false",
        "-v/a:/b:ro|--mount=type=bind,source=/a,target=/b,bind-nonrecursive=true,readonly=true",
        "--volume=/a:/b:rw,z|--mount=type=bind,source=/a,target=/b,bind-nonrecursive=true,readonly=false",
        "--mount"
            + " type=bind,src=/a,dst=/b,ro|--mount=type=bind,source=/a,target=/b,bind-nonrecursive=true,readonly=true",
        "--mount"
            + " type=bind,src=/a,dst=/b,readonly=false|--mount=type=bind,source=/a,target=/b,bind-nonrecursive=true,readonly=false",
        "-v kept:/b|--mount=type=volume,source=kept,target=/b",
        "--mount src=kept,dst=/b,ro|--mount=type=volume,source=kept,target=/b,readonly=true",
        "-v /b|--tmpfs=/b:rw,nosuid,nodev,mode=1777,size=4096",
        "--tmpfs /b:exec,suid,size=9g|--tmpfs=/b:rw,nosuid,nodev,mode=1777,size=4096",
        "--mount type=tmpfs,dst=/b,tmpfs-size=9|--tmpfs=/b:rw,nosuid,nodev,mode=1777,size=4096",
      })
  void mountsAreWrittenAnew(String option, String written) {
    assertThat(harden("docker run " + option + " img"))
        .isInstanceOfSatisfying(
            HardenedRun.Hardened.class,
            run -> assertThat(run.argv()).isEqualTo(argv(List.of(written), List.of("img"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-v /secret/x:/b",
        "--mount type=bind,source=/secret,target=/b",
        "-v ./a:/b",
        "-v ~/a:/b",
        "-v ../a:/b",
        "-v C:\\a:/b",
        "-v /a:b",
        "-v /a:/",
        "-v /a:/proc",
        "-v /a:/x/../proc",
        "-v /a:/sys/fs",
        "-v /a:/dev/shm",
        "-v /a:/b:shared",
        "-v /a:/b:rshared",
        "-v /a:/b:rslave",
        "-v /a:/b:U",
        "-v /a:/b:ro:x",
        "-v a/b:/c",
        "-v :/c",
        "-v /a:",
        "--mount type=bind,source=a,target=/b",
        "--mount type=bind,source=/a,target=/b,bind-propagation=shared",
        "--mount type=volume,source=v,target=/b,volume-opt=device=/root",
        "--mount type=volume,target=/b,volume-driver=x",
        "--mount type=volume,source=/a,target=/b",
        "--mount type=npipe,source=/a,target=/b",
        "--mount type=bind,source=/a,target=/b,unknown=1",
        "--mount type=bind,\"source=/a,target=/b",
        "--mount type=bind,source=/x,\"target=/a\",source=/secret",
        "--tmpfs /proc",
        "--tmpfs relative",
      })
  void aMountThatIsNotHarmlessIsRefused(String option) {
    assertThat(harden("docker run " + option + " img")).isInstanceOf(HardenedRun.Refused.class);
  }

  private static List<String> argv(List<String> kept, List<String> rest) {
    List<String> argv = new ArrayList<>(List.of("docker", "run"));
    argv.addAll(kept);
    argv.addAll(OURS);
    argv.addAll(rest);
    return argv;
  }

  private static HardenedRun harden(String line) {
    List<String> argv = new ArrayList<>();
    for (String word : line.isEmpty() ? new String[0] : line.split(" ")) {
      argv.add(word.equals("''") ? "" : word);
    }
    return HardenedRun.of(argv, TERMS);
  }
}
