package dev.aicore.discovery.bridge.kubernetes;

import dev.aicore.discovery.config.settings.BridgeDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options of a bridge to Kubernetes.
 *
 * @param kubeconfig file with clusters and users; null for the account of the pod, or the file of the environment
 * @param context context of the file; null for its current one
 * @param namespaces namespaces that are read; empty for that of the context or of the pod
 * @param labelSelector selector of the Services that are imported; null for all
 * @param ports names of ports, of which the first one that a Service has is imported; empty for the Service's first
 * port
 */
record KubernetesOptions(
        @Nullable Path kubeconfig,
        @Nullable String context,
        List<String> namespaces,
        @Nullable String labelSelector,
        List<String> ports) {

    private static final String ALL = "*";
    private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

    static KubernetesOptions of(BridgeDefinition definition) {
        var namespaces = definition.texts("namespace");
        for (var namespace : namespaces) {
            if (!namespace.matches(DNS_LABEL) && !(namespace.equals(ALL) && namespaces.size() == 1)) {
                throw definition.invalid("namespace", "names of namespaces, or * alone for all");
            }
        }
        if (definition.exports() && (namespaces.size() > 1 || namespaces.contains(ALL))) {
            throw definition.invalid("namespace", "one namespace, since the bridge exports to it");
        }
        var kubeconfig = definition.textOrNull("kubeconfig");
        if (kubeconfig != null && !Files.isReadable(Path.of(kubeconfig))) {
            throw definition.invalid("kubeconfig", "a readable file");
        }
        return new KubernetesOptions(
                kubeconfig == null ? null : Path.of(kubeconfig),
                definition.textOrNull("context"),
                namespaces,
                definition.textOrNull("label-selector"),
                definition.texts("port"));
    }

    /** Returns true if the bridge reads the Services of all namespaces. */
    boolean allNamespaces() {
        return namespaces.contains(ALL);
    }

    /** Returns true if the names of imported services need their namespace to be unique. */
    boolean namespacedNames() {
        return allNamespaces() || namespaces.size() > 1;
    }
}
