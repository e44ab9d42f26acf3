// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Programs that act on a service with someone else's rights: containers, clusters, clouds,
/// databases.
///
/// Even `docker ps` is a question: whoever reaches the socket of the daemon is root on the machine,
/// and the address of the daemon can come from the environment or a context of the workspace. The
/// tools of clouds and clusters run credential programs named in their configuration, and what they
/// print is often a secret. Database shells run commands of their own (`.shell`, `\!`).
///
/// Sources: the Docker documentation, "Docker daemon attack surface"; the references of kubectl
/// ("exec credential plugins"), psql(1), sqlite3(1), mysql(1), and of the cloud tools.
final class ServiceShelf implements Shelf {

  private static final Set<String> CONTAINERS =
      Set.of(
          "buildah",
          "crictl",
          "ctr",
          "docker",
          "docker-compose",
          "lxc",
          "nerdctl",
          "podman",
          "podman-compose",
          "runc",
          "skopeo");
  private static final Set<String> CLUSTERS =
      Set.of("helm", "k9s", "kind", "kubectl", "kustomize", "minikube", "oc");
  private static final Set<String> CLOUDS =
      Set.of(
          "ansible",
          "ansible-playbook",
          "aws",
          "az",
          "flyctl",
          "gcloud",
          "gsutil",
          "heroku",
          "pulumi",
          "terraform",
          "terragrunt",
          "tofu",
          "vault",
          "vercel",
          "wrangler");
  private static final Set<String> DATABASES =
      Set.of(
          "duckdb",
          "mariadb",
          "mongo",
          "mongosh",
          "mysql",
          "mysqldump",
          "pg_dump",
          "psql",
          "redis-cli",
          "sqlite3");

  @Override
  public List<String> names() {
    return Stream.of(CONTAINERS, CLUSTERS, CLOUDS, DATABASES)
        .flatMap(Set::stream)
        .sorted()
        .toList();
  }

  @Override
  public @Nullable Manual manual(String name) {
    if (CONTAINERS.contains(name)) {
      return new AskManual(CONTAINERS, name + " acts through a service that is root");
    }
    if (CLUSTERS.contains(name)) {
      return new AskManual(CLUSTERS, name + " acts on a cluster with your rights");
    }
    if (CLOUDS.contains(name)) {
      return new AskManual(CLOUDS, name + " acts on a cloud or on servers with your rights");
    }
    if (DATABASES.contains(name)) {
      return new AskManual(DATABASES, name + " acts on a database and can run commands");
    }
    return null;
  }
}
