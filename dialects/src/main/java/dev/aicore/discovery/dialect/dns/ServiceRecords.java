package dev.aicore.discovery.dialect.dns;

import dev.aicore.discovery.api.instance.InstanceView;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * Instances of a service in the form of DNS. Immutable; computed once for all queries until the service changes.
 *
 * @param endpoints discoverable instances
 * @param hasLabels false if tags are unknown, because the service is too large to be kept in memory completely
 */
record ServiceRecords(List<Endpoint> endpoints, boolean hasLabels) {

    /** Records of a service without instances. */
    static final ServiceRecords NONE = new ServiceRecords(List.of(), true);

    private static final Comparator<InstanceView> BY_AGE =
            Comparator.comparing(InstanceView::registeredAt).thenComparing(InstanceView::id);

    ServiceRecords {
        endpoints = List.copyOf(endpoints);
    }

    /**
     * Instance of a service.
     *
     * @param labels tags and version in lower case
     * @param address null if the instance has a host name
     * @param target SRV target: the host name, or the relative name of the address, to which the domain is appended
     */
    record Endpoint(
            Set<String> labels,
            int weight,
            int port,
            @Nullable InetAddress address,
            Name target) {}

    /**
     * Returns the records of a service. Instances whose host name isn't valid in DNS are omitted.
     *
     * <p>The oldest instance on an address has the plain name of the address as SRV target; the names of the others
     * contain the port. HAProxy resolves a target once for all instances that share it, and may leave a new one
     * without an address. A new instance doesn't change the targets of the others.
     *
     * @param present all instances, so that a change of health doesn't change targets
     * @param discoverable those that discovery returns
     */
    static ServiceRecords of(List<InstanceView> present, List<InstanceView> discoverable, boolean hasLabels) {
        Map<String, InstanceView> oldest = new HashMap<>();
        present.forEach(instance -> oldest.merge(
                instance.address(), instance, (one, other) -> BY_AGE.compare(one, other) <= 0 ? one : other));
        var endpoints = new ArrayList<Endpoint>(discoverable.size());
        for (var instance : discoverable) {
            var first = oldest.get(instance.address());
            var endpoint = endpoint(instance, first != null && !first.id().equals(instance.id()));
            if (endpoint != null) {
                endpoints.add(endpoint);
            }
        }
        return new ServiceRecords(endpoints, hasLabels);
    }

    /** Returns the endpoints with a tag or version in lower case; all of them if it is null. */
    List<Endpoint> matching(@Nullable String label) {
        return label == null
                ? endpoints
                : endpoints.stream()
                        .filter(endpoint -> endpoint.labels().contains(label))
                        .toList();
    }

    private static @Nullable Endpoint endpoint(InstanceView instance, boolean withPort) {
        var labels = instance.tags().stream()
                .map(tag -> tag.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        labels.add(instance.version().toLowerCase(Locale.ROOT));
        var address = address(instance.address());
        var target = address == null
                ? name(instance.address(), Name.root)
                : name(HexFormat.of().formatHex(address.getAddress()) + (withPort ? "-" + instance.port() : ""), null);
        return target == null ? null : new Endpoint(labels, instance.weight(), instance.port(), address, target);
    }

    private static @Nullable InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException hostName) {
            return null;
        }
    }

    private static @Nullable Name name(String text, @Nullable Name origin) {
        try {
            return Name.fromString(text, origin);
        } catch (TextParseException e) {
            return null;
        }
    }
}
