package dev.aicore.discovery.bridge.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Builds each form of the manifests, and refuses broken ones. */
class KubernetesManifestsTest {

    private static final Path MANIFESTS =
            Path.of("../deploy/kubernetes").toAbsolutePath().normalize();

    /** Secrets that docs/operations.md tells operators to create; the last one is written by CloudNativePG. */
    private static final Set<String> EXTERNAL_SECRETS =
            Set.of("db-credentials", "redis-credentials", "jwt-secret", "service-discovery-db-app");

    private static final int SECONDS_PER_BUILD = 60;

    @TempDir
    Path directory;

    static Stream<Path> forms() throws IOException {
        try (var overlays = Files.list(MANIFESTS.resolve("overlays"))) {
            return Stream.concat(Stream.of(MANIFESTS.resolve("base")), overlays.sorted().toList().stream());
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void eachForm_isValidAndRefersToWhatExists(Path form) throws Exception {
        var resources = ManifestReader.read(build(form));

        assertThat(resources).isNotEmpty();
        assertThat(ManifestReferences.problems(resources, EXTERNAL_SECRETS)).isEmpty();
    }

    @Test
    void components_areValidInAnOverlayOfTheBase() throws Exception {
        var resources = ManifestReader.read(build(overlayWithAllComponents()));

        assertThat(ManifestReferences.problems(resources, EXTERNAL_SECRETS)).isEmpty();
        assertThat(resources)
                .extracting(resource -> resource.getKind())
                .contains("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding", "ServiceMonitor");
    }

    private Path overlayWithAllComponents() throws IOException {
        // kustomize takes paths relative to the file only, without links.
        var overlay = directory.toRealPath();
        var manifests = overlay.relativize(MANIFESTS.toRealPath());
        var text =
                new StringBuilder("namespace: registry\nresources: [" + manifests.resolve("base") + "]\ncomponents:\n");
        try (var components = Files.list(MANIFESTS.resolve("components"))) {
            components
                    .sorted()
                    .forEach(component -> text.append("  - ")
                            .append(manifests.resolve("components").resolve(component.getFileName()))
                            .append('\n'));
        }
        Files.writeString(overlay.resolve("kustomization.yaml"), text);
        return overlay;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        replicas: 3                       | replica: 3                     | replica
        periodSeconds: 2                  | periodSecond: 2                | periodSecond
        replicas: 3                       | replicas: three                | three
        apiVersion: apps/v1               | apiVersion: apps/v1beta1       | unknown kind
        kind: PodDisruptionBudget         | kind: PodDisruptionBudge       | unknown kind
        runAsNonRoot: true                | runAsNonRoot: perhaps          | perhaps
        """)
    void invalidManifest_isRefused(String part, String broken, String reason) throws Exception {
        var manifests = brokenBase(part, broken);
        assertThatThrownBy(() -> ManifestReader.read(manifests)).hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        serviceName: service-discovery-nodes      | serviceName: nodes             | names Service nodes
        serviceAccountName: service-discovery     | serviceAccountName: other      | ServiceAccount other
        name: jwt-secret                          | name: jwt                      | names Secret jwt
        targetPort: http                          | targetPort: web                | a port to web
        mountPath: /data\\n          name: data   | mountPath: /data\\n          name: dat | volume dat,
        """)
    void danglingReference_isFound(String part, String broken, String problem) throws Exception {
        var manifests = brokenBase(part.replace("\\n", "\n"), broken.replace("\\n", "\n"));
        assertThat(ManifestReferences.problems(ManifestReader.read(manifests), EXTERNAL_SECRETS))
                .anyMatch(found -> found.contains(problem));
    }

    @Test
    void serviceThatSelectsNoPods_isFound() throws Exception {
        var manifests = build(MANIFESTS.resolve("base"));
        int service = manifests.indexOf("kind: Service\n");
        var broken = manifests.substring(0, service)
                + manifests
                        .substring(service)
                        .replaceFirst("selector:\n    app: service-discovery", "selector:\n    app: x");

        assertThat(broken).isNotEqualTo(manifests);
        assertThat(ManifestReferences.problems(ManifestReader.read(broken), EXTERNAL_SECRETS))
                .containsExactly("Service service-discovery selects no pods");
    }

    private String brokenBase(String part, String broken) throws Exception {
        var manifests = build(MANIFESTS.resolve("base"));
        assertThat(manifests).contains(part);
        return manifests.replace(part, broken);
    }

    /** Returns what {@code kubectl apply -k} would apply. */
    private String build(Path form) throws IOException, InterruptedException {
        var program = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(path -> Path.of(path, "kustomize"))
                .filter(Files::isExecutable)
                .findFirst();
        // Where all programs must be installed, a missing one is a failure.
        Assumptions.assumeTrue(
                program.isPresent() || System.getenv("CI") != null,
                "kustomize isn't installed: './registry --install --test-programs' installs it");
        var output = directory.resolve("manifests.yaml");
        var errors = directory.resolve("errors.txt");
        var process = new ProcessBuilder(List.of(program.orElseThrow().toString(), "build", form.toString()))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor(SECONDS_PER_BUILD, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readString(output);
    }
}
