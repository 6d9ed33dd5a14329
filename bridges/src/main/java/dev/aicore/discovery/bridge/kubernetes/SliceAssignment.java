package dev.aicore.discovery.bridge.kubernetes;

import dev.aicore.discovery.bridge.kubernetes.ExportedSlices.SliceGroup;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Distributes the instances of a service over slices. Instances stay in their slice, so that a change writes one slice;
 * new ones fill the first slice with room.
 */
final class SliceAssignment {

    /** Maximum number of endpoints of a slice: as Kubernetes does by default. */
    static final int MAX_ENDPOINTS = 100;

    /** Maximum number of characters of the annotation. Kubernetes allows 256 KiB of annotations. */
    private static final int MAX_CHARACTERS = 60_000;

    private final String service;
    private final String namePrefix;
    private final ExportedSlices codec;
    private final List<Bucket> buckets = new ArrayList<>();

    /**
     * Writes that lead to the assignment.
     *
     * @param updated slices with the version that they replace
     */
    record SliceChanges(List<EndpointSlice> created, List<EndpointSlice> updated, List<EndpointSlice> deleted) {}

    private SliceAssignment(String service, String namePrefix, ExportedSlices codec) {
        this.service = service;
        this.namePrefix = namePrefix;
        this.codec = codec;
    }

    /**
     * Returns the writes that lead from the present slices to the wanted instances.
     *
     * @param namePrefix beginning of the names of slices
     * @param present slices of the bridge for this service
     * @param wanted all instances of the service, by id
     */
    static SliceChanges changes(
            String service,
            String namePrefix,
            ExportedSlices codec,
            List<EndpointSlice> present,
            Map<String, BridgedInstance> wanted) {
        var assignment = new SliceAssignment(service, namePrefix, codec);
        var left = new TreeMap<>(wanted);
        present.forEach(slice -> assignment.keep(slice, left));
        left.values().forEach(assignment::add);
        return assignment.changes();
    }

    /** Keeps the instances of a slice that are still wanted with its group. */
    private void keep(EndpointSlice slice, Map<String, BridgedInstance> left) {
        var before = ExportedSlices.decode(slice, service);
        var group = before.isEmpty() ? null : SliceGroup.of(before.getFirst());
        var bucket = new Bucket(slice, before, group);
        for (var instance : before) {
            var now = left.get(instance.id());
            if (now != null && bucket.accepts(now)) {
                bucket.add(now);
                left.remove(now.id());
            }
        }
        buckets.add(bucket);
    }

    private void add(BridgedInstance instance) {
        var group = SliceGroup.of(instance);
        for (var bucket : buckets) {
            if (bucket.accepts(instance)) {
                bucket.add(instance);
                return;
            }
        }
        var bucket = new Bucket(null, List.of(), group);
        bucket.add(instance);
        buckets.add(bucket);
    }

    private SliceChanges changes() {
        var names = new HashSet<String>();
        buckets.forEach(bucket -> {
            if (bucket.slice != null) {
                names.add(bucket.slice.getMetadata().getName());
            }
        });
        var created = new ArrayList<EndpointSlice>();
        var updated = new ArrayList<EndpointSlice>();
        var deleted = new ArrayList<EndpointSlice>();
        for (var bucket : buckets) {
            var slice = bucket.slice;
            if (slice == null) {
                created.add(codec.encode(freeName(names), bucket.group(), service, bucket.instances()));
            } else if (bucket.instances.isEmpty()) {
                deleted.add(slice);
            } else if (!bucket.isUnchanged()) {
                var next = codec.encode(slice.getMetadata().getName(), bucket.group(), service, bucket.instances());
                next.getMetadata().setResourceVersion(slice.getMetadata().getResourceVersion());
                next.getMetadata().setUid(slice.getMetadata().getUid());
                updated.add(next);
            }
        }
        return new SliceChanges(created, updated, deleted);
    }

    private String freeName(Set<String> names) {
        int number = 0;
        while (!names.add(namePrefix + number)) {
            number++;
        }
        return namePrefix + number;
    }

    /** Slice that is being filled. */
    private static final class Bucket {

        private final @Nullable EndpointSlice slice;
        private final List<BridgedInstance> before;
        private final @Nullable SliceGroup group;
        private final Map<String, BridgedInstance> instances = new LinkedHashMap<>();
        private int characters;

        Bucket(@Nullable EndpointSlice slice, List<BridgedInstance> before, @Nullable SliceGroup group) {
            this.slice = slice;
            this.before = before;
            this.group = group;
        }

        /** Returns true if the instance fits. A slice whose content can't be read gets none, and is deleted. */
        boolean accepts(BridgedInstance instance) {
            return SliceGroup.of(instance).equals(group)
                    && instances.size() < MAX_ENDPOINTS
                    && (instances.isEmpty() || characters + ExportedSlices.length(instance) <= MAX_CHARACTERS);
        }

        void add(BridgedInstance instance) {
            instances.put(instance.id(), instance);
            characters += ExportedSlices.length(instance);
        }

        SliceGroup group() {
            return SliceGroup.of(instances.values().iterator().next());
        }

        Collection<BridgedInstance> instances() {
            return instances.values();
        }

        boolean isUnchanged() {
            return before.equals(List.copyOf(instances.values()));
        }
    }
}
