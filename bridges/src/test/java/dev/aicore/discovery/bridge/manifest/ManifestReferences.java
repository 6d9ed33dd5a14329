package dev.aicore.discovery.bridge.manifest;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
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
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds references between resources that lead nowhere. */
final class ManifestReferences {

    private final List<HasMetadata> resources;
    private final Set<String> externalSecrets;
    private final List<String> problems = new ArrayList<>();

    private ManifestReferences(List<HasMetadata> resources, Set<String> externalSecrets) {
        this.resources = resources;
        this.externalSecrets = externalSecrets;
    }

    /** Workload with its pods. */
    private record Workload(String name, PodTemplateSpec template) {

        boolean matches(Map<String, String> selector) {
            var labels = template.getMetadata() == null
                    ? null
                    : template.getMetadata().getLabels();
            return labels != null && !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
        }

        List<Container> containers() {
            return template.getSpec().getContainers();
        }

        boolean hasPort(@Nullable IntOrString port) {
            return containers().stream().anyMatch(container -> ManifestReferences.hasPort(container, port));
        }
    }

    /**
     * Returns a sentence for each reference that leads nowhere.
     *
     * @param externalSecrets secrets that must exist in the cluster, as the documentation says
     */
    static List<String> problems(List<HasMetadata> resources, Set<String> externalSecrets) {
        var references = new ManifestReferences(resources, externalSecrets);
        resources.forEach(references::check);
        return references.problems;
    }

    private void check(HasMetadata resource) {
        switch (resource) {
            case StatefulSet set -> {
                require(Service.class, set.getSpec().getServiceName(), "serviceName of " + name(set));
                checkPods(name(set), set.getSpec().getSelector(), set.getSpec().getTemplate());
            }
            case Deployment deployment ->
                checkPods(
                        name(deployment),
                        deployment.getSpec().getSelector(),
                        deployment.getSpec().getTemplate());
            case Service service -> checkService(service);
            case PodDisruptionBudget budget ->
                requirePods(budget.getSpec().getSelector().getMatchLabels(), name(budget));
            case NetworkPolicy policy -> checkPolicy(policy);
            case HorizontalPodAutoscaler scaler -> {
                var target = scaler.getSpec().getScaleTargetRef();
                var found = target.getKind().equals("StatefulSet")
                        ? find(StatefulSet.class, target.getName())
                        : find(Deployment.class, target.getName());
                requireTrue(found, name(scaler) + " scales " + target.getName() + ", which doesn't exist");
            }
            case RoleBinding binding ->
                checkBinding(
                        name(binding),
                        binding.getSubjects(),
                        find(Role.class, binding.getRoleRef().getName()));
            case ClusterRoleBinding binding ->
                checkBinding(
                        name(binding),
                        binding.getSubjects(),
                        find(ClusterRole.class, binding.getRoleRef().getName()));
            case GenericKubernetesResource custom
            when custom.getKind().equals("ServiceMonitor") -> checkMonitor(custom);
            default -> {}
        }
    }

    private static String name(HasMetadata resource) {
        return resource.getKind() + ' ' + resource.getMetadata().getName();
    }

    private void requireTrue(boolean condition, String problem) {
        if (!condition) {
            problems.add(problem);
        }
    }

    private <T extends HasMetadata> boolean find(Class<T> kind, @Nullable String name) {
        return resources.stream()
                .anyMatch(resource -> kind.isInstance(resource)
                        && resource.getMetadata().getName().equals(name));
    }

    private <T extends HasMetadata> void require(Class<T> kind, @Nullable String name, String where) {
        requireTrue(find(kind, name), where + " names " + kind.getSimpleName() + ' ' + name + ", which doesn't exist");
    }

    private void requireSecret(String name, String where) {
        if (!externalSecrets.contains(name)) {
            require(Secret.class, name, where);
        }
    }

    private Stream<Workload> workloads() {
        return resources.stream().mapMulti((resource, found) -> {
            if (resource instanceof StatefulSet set) {
                found.accept(new Workload(name(set), set.getSpec().getTemplate()));
            } else if (resource instanceof Deployment deployment) {
                found.accept(new Workload(name(deployment), deployment.getSpec().getTemplate()));
            }
        });
    }

    private void requirePods(@Nullable Map<String, String> selector, String where) {
        requireTrue(
                workloads().anyMatch(workload -> workload.matches(Objects.requireNonNullElse(selector, Map.of()))),
                where + " selects no pods");
    }

    private void checkService(Service service) {
        var selector = Objects.requireNonNullElse(service.getSpec().getSelector(), Map.<String, String>of());
        requirePods(selector, name(service));
        for (var port : service.getSpec().getPorts()) {
            requireTrue(
                    workloads()
                            .filter(workload -> workload.matches(selector))
                            .allMatch(workload -> workload.hasPort(port.getTargetPort())),
                    name(service) + " has a port to " + text(port.getTargetPort()) + ", which its pods don't have");
        }
    }

    private void checkPolicy(NetworkPolicy policy) {
        var selector = policy.getSpec().getPodSelector().getMatchLabels();
        requirePods(selector, name(policy));
        policy.getSpec().getIngress().stream()
                .flatMap(rule -> rule.getPorts().stream())
                .forEach(port -> requireTrue(
                        workloads().anyMatch(workload -> workload.hasPort(port.getPort())),
                        name(policy) + " opens port " + text(port.getPort()) + ", which no pod has"));
    }

    private void checkBinding(String name, List<Subject> subjects, boolean roleExists) {
        requireTrue(roleExists, name + " grants a role that doesn't exist");
        subjects.forEach(subject -> {
            require(ServiceAccount.class, subject.getName(), name);
            requireTrue(subject.getNamespace() != null, name + " has a subject without namespace");
        });
    }

    private void checkMonitor(GenericKubernetesResource monitor) {
        var spec = (JsonNode)
                Objects.requireNonNull(monitor.getAdditionalProperties().get("spec"));
        var app = spec.at("/selector/matchLabels/app").asString("");
        var port = spec.at("/endpoints/0/port").asString("");
        requireTrue(
                resources.stream()
                        .anyMatch(resource -> resource instanceof Service service
                                && service.getMetadata().getLabels() != null
                                && app.equals(service.getMetadata().getLabels().get("app"))
                                && service.getSpec().getPorts().stream()
                                        .anyMatch(candidate -> port.equals(candidate.getName()))),
                name(monitor) + " selects no Service with a port " + port);
    }

    private void checkPods(String name, LabelSelector selector, PodTemplateSpec template) {
        var workload = new Workload(name, template);
        requireTrue(
                selector.getMatchLabels() != null && workload.matches(selector.getMatchLabels()),
                name + " doesn't select its own pods");
        var account = template.getSpec().getServiceAccountName();
        if (account != null) {
            require(ServiceAccount.class, account, name);
        }
        workload.containers().forEach(container -> checkContainer(name, container, template));
    }

    private void checkContainer(String name, Container container, PodTemplateSpec template) {
        for (var source : container.getEnvFrom()) {
            if (source.getConfigMapRef() != null) {
                require(ConfigMap.class, source.getConfigMapRef().getName(), name);
            }
            if (source.getSecretRef() != null) {
                requireSecret(source.getSecretRef().getName(), name);
            }
        }
        for (var variable : container.getEnv()) {
            var source = variable.getValueFrom();
            if (source != null && source.getConfigMapKeyRef() != null) {
                require(ConfigMap.class, source.getConfigMapKeyRef().getName(), name);
            }
            if (source != null && source.getSecretKeyRef() != null) {
                requireSecret(source.getSecretKeyRef().getName(), name);
            }
        }
        for (var mount : container.getVolumeMounts()) {
            requireTrue(
                    template.getSpec().getVolumes().stream()
                            .anyMatch(volume -> volume.getName().equals(mount.getName())),
                    name + " mounts volume " + mount.getName() + ", which doesn't exist");
        }
        Stream.of(container.getLivenessProbe(), container.getReadinessProbe(), container.getStartupProbe())
                .filter(Objects::nonNull)
                .map(Probe::getHttpGet)
                .forEach(probe -> requireTrue(
                        hasPort(container, probe.getPort()),
                        name + " probes port " + text(probe.getPort()) + ", which its container doesn't have"));
    }

    private static String text(@Nullable IntOrString port) {
        return port == null ? "none" : String.valueOf(port.getValue());
    }

    private static boolean hasPort(Container container, @Nullable IntOrString port) {
        return port != null
                && container.getPorts().stream()
                        .anyMatch(candidate -> port.getStrVal() == null
                                ? candidate.getContainerPort().equals(port.getIntVal())
                                : port.getStrVal().equals(candidate.getName()));
    }
}
