package dev.aicore.discovery.bridge.manifest;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads manifests strictly: a field, kind or version that Kubernetes doesn't have is an error. */
final class ManifestReader {

    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            ClusterRole.class,
            ClusterRoleBinding.class,
            ConfigMap.class,
            Deployment.class,
            HorizontalPodAutoscaler.class,
            NetworkPolicy.class,
            PodDisruptionBudget.class,
            Role.class,
            RoleBinding.class,
            Service.class,
            ServiceAccount.class,
            StatefulSet.class);

    /** Kinds that operators define, which are read without a model. */
    private static final Set<String> CUSTOM_KINDS =
            Set.of("monitoring.coreos.com/v1 ServiceMonitor", "postgresql.cnpg.io/v1 Cluster");

    private static final ObjectMapper MAPPER = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new StrictIntrospector())
            .build();

    private ManifestReader() {}

    /** Introspector that ignores the methods with which the models accept unknown fields. */
    private static final class StrictIntrospector extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
            return false;
        }
    }

    /**
     * Returns the resources of a text with several documents.
     *
     * @throws tools.jackson.core.JacksonException if a document isn't valid for its kind
     * @throws IllegalArgumentException if a kind is unknown
     */
    static List<HasMetadata> read(String manifests) {
        var resources = new ArrayList<HasMetadata>();
        try (var documents = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(manifests)) {
            while (documents.hasNext()) {
                resources.add(resource(documents.next()));
            }
        }
        return resources;
    }

    private static HasMetadata resource(JsonNode document) {
        var type = document.path("apiVersion").asString("")
                + ' '
                + document.path("kind").asString("");
        if (CUSTOM_KINDS.contains(type)) {
            var custom = new GenericKubernetesResource();
            custom.setApiVersion(document.path("apiVersion").asString());
            custom.setKind(document.path("kind").asString());
            custom.setMetadata(MAPPER.treeToValue(document.path("metadata"), ObjectMeta.class));
            custom.setAdditionalProperty("spec", document.path("spec"));
            return custom;
        }
        return KINDS.stream()
                .filter(kind -> type.equals(HasMetadata.getApiVersion(kind) + ' ' + HasMetadata.getKind(kind)))
                .findFirst()
                .map(kind -> (HasMetadata) MAPPER.treeToValue(document, kind))
                .orElseThrow(() -> new IllegalArgumentException("unknown kind: " + type));
    }
}
