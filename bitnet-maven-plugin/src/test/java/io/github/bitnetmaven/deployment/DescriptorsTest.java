package io.github.bitnetmaven.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageReference;
import io.github.bitnetmaven.configuration.ImageSettings;
import io.github.bitnetmaven.configuration.ModelSettings.Placement;
import io.github.bitnetmaven.configuration.Variant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorsTest {
    @TempDir
    Path directory;

    @Test
    void aComposeFileMountsTheModelAndKeepsTheContainerHarmless() throws Exception {
        assertThat(Descriptors.text(new ComposeFile(), deployment("acme/bitnet:1.0", Variant.NATIVE, Placement.VOLUME)))
                .isEqualTo(
                        """
                        # Written by bitnet-maven-plugin: copy it where it may stay.
                        # Put ggml-model-i2_s.gguf into ./models, or set BITNET_MODELS to the directory that has it.
                        # docker compose --file compose.yaml up
                        services:
                          bitnet:
                            image: acme/bitnet:1.0
                            ports:
                              - target: 8001
                                published: 8001
                            user: 65532:65532
                            read_only: true
                            cap_drop:
                              - ALL
                            security_opt:
                              - no-new-privileges:true
                            pids_limit: 256
                            restart: unless-stopped
                            volumes:
                              - type: bind
                                source: "${BITNET_MODELS:-./models}"
                                target: /app/models
                                read_only: true
                            deploy:
                              resources:
                                limits:
                                  memory: 2048M
                        """);
    }

    @Test
    void aComposeFileForADownloadHasAVolumeAndTakesTheTokenFromTheEnvironment() throws Exception {
        assertThat(Descriptors.text(new ComposeFile(), deployment("acme/bitnet:1.0", Variant.NATIVE, Placement.DOWNLOAD)))
                .contains(
                        """
                            environment:
                              - HF_TOKEN
                              - HTTPS_PROXY
                              - HTTP_PROXY
                              - NO_PROXY
                            volumes:
                              - type: volume
                                source: models
                                target: /app/models
                        """)
                .endsWith("volumes:\n  models: {}\n");
    }

    @Test
    void anImageWithTheModelInItMountsNothing() throws Exception {
        Deployment embedded = deployment("acme/bitnet:1.0", Variant.NATIVE, Placement.EMBEDDED);

        assertThat(Descriptors.text(new ComposeFile(), embedded)).doesNotContain("volumes:", "environment:");
        assertThat(Descriptors.text(new KubernetesManifest(), embedded))
                .doesNotContain("volumes:", "volumeMounts:", "PersistentVolumeClaim", "env:");
    }

    @Test
    void aManifestKeepsTheRestrictedLevelAndProbesTheServer() throws Exception {
        assertThat(Descriptors.text(new KubernetesManifest(), deployment("acme/bitnet:1.0", Variant.NATIVE, Placement.VOLUME)))
                .startsWith(
                        """
                        # Written by bitnet-maven-plugin: copy it where it may stay.
                        # Put ggml-model-i2_s.gguf into the volume of the claim bitnet-models.
                        # kubectl apply --filename kubernetes.yaml
                        apiVersion: v1
                        kind: PersistentVolumeClaim
                        metadata:
                          name: bitnet-models
                          labels:
                            app.kubernetes.io/name: bitnet
                        spec:
                          accessModes:
                            - ReadWriteOnce
                          resources:
                            requests:
                              storage: 5Gi
                        ---
                        apiVersion: apps/v1
                        kind: Deployment
                        """)
                .contains(
                        """
                              securityContext:
                                runAsNonRoot: true
                                runAsUser: 65532
                                runAsGroup: 65532
                                fsGroup: 65532
                                seccompProfile:
                                  type: RuntimeDefault
                        """,
                        """
                                  securityContext:
                                    allowPrivilegeEscalation: false
                                    readOnlyRootFilesystem: true
                                    capabilities:
                                      drop:
                                        - ALL
                                  startupProbe:
                                    httpGet:
                                      path: /health
                                      port: http
                                    periodSeconds: 5
                                    timeoutSeconds: 5
                                    failureThreshold: 60
                        """,
                        """
                                    limits:
                                      memory: 2048Mi
                                  volumeMounts:
                                    - name: models
                                      mountPath: /app/models
                                      readOnly: true
                              volumes:
                                - name: models
                                  persistentVolumeClaim:
                                    claimName: bitnet-models
                                    readOnly: true
                        """);
    }

    @Test
    void thePythonServerHasRoomForTemporaryFiles() throws Exception {
        Deployment python = deployment("acme/bitnet:1.0", Variant.PYTHON, Placement.EMBEDDED);

        assertThat(Descriptors.text(new ComposeFile(), python)).contains("    tmpfs:\n      - /tmp\n");
        assertThat(Descriptors.text(new KubernetesManifest(), python)).contains("          emptyDir: {}\n");
    }

    @Test
    void aTokenForADownloadComesFromASecret() throws Exception {
        assertThat(Descriptors.text(
                        new KubernetesManifest(), deployment("acme/bitnet:1.0", Variant.NATIVE, Placement.DOWNLOAD)))
                .contains(
                        "# If it needs a token: kubectl create secret generic bitnet --from-literal=token=TOKEN\n",
                        """
                                  env:
                                    - name: HF_TOKEN
                                      valueFrom:
                                        secretKeyRef:
                                          name: bitnet
                                          key: token
                                          optional: true
                        """,
                        "    failureThreshold: 720\n");
    }

    @Test
    void aMockIsSmallAndHasNoModel() throws Exception {
        assertThat(Descriptors.text(new ComposeFile(), deployment("acme/mock:1.0", Variant.MOCK, null)))
                .contains("memory: 64M")
                .doesNotContain("volumes:");
    }

    @Test
    void namesAreLabelsOfTheDomainNameSystem() throws Exception {
        assertThat(deployment("localhost:5000/acme/my_bit.net__2:1.0", Variant.NATIVE, Placement.EMBEDDED).name())
                .isEqualTo("my-bit-net-2");
        assertThat(deployment("a".repeat(49) + "-b:1", Variant.NATIVE, Placement.EMBEDDED).name())
                .isEqualTo("a".repeat(49));
    }

    @Test
    void whatIsNotAskedForAnyMoreIsRemoved() throws Exception {
        Deployment deployment = deployment("acme/bitnet:1.0", Variant.NATIVE, Placement.EMBEDDED);

        assertThat(Descriptors.of(List.of("compose", "kubernetes")).write(deployment, directory))
                .containsExactly(directory.resolve("compose.yaml"), directory.resolve("kubernetes.yaml"));
        Descriptors.of(List.of("kubernetes")).write(deployment, directory);

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("kubernetes.yaml"));
        }
    }

    @Test
    void aMisspeltDescriptorIsRefused() {
        assertThatThrownBy(() -> Descriptors.of(List.of("composes", "helm")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        """
                        The configuration has 2 problems:
                        - <deployments> (-Dbitnet.deployments) names 'composes', but the descriptors are compose and kubernetes. Did you mean compose?
                        - <deployments> (-Dbitnet.deployments) names 'helm', but the descriptors are compose and kubernetes.""");
    }

    private static Deployment deployment(String image, Variant variant, @Nullable Placement placement)
            throws BitnetException {
        return new Deployment(
                new ImageSettings(image, variant, "scratch", 8001, List.of()),
                ImageReference.parse(image),
                placement,
                placement == null ? null : "ggml-model-i2_s.gguf",
                placement == null ? 0 : 1_187_801_280L);
    }
}
