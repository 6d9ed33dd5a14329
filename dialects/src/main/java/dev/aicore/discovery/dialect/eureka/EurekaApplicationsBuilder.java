package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.discovery.registry.ServiceInstances;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Computes the applications that follow others: maps the instances that have changed, and rebuilds the applications
 * that contain one. Services and instances keep their object while they don't change. Not thread-safe.
 */
final class EurekaApplicationsBuilder {

    private final Function<InstanceView, EurekaEntry> mapper;
    private final Map<String, MappedService> services;
    private final SortedMap<String, EurekaApplication> applications;
    private final Map<String, SortedMap<String, List<EurekaEntry>>> changed = new HashMap<>();

    /** Service with its instances in Eureka's form, by application. */
    record MappedService(ServiceInstances source, Map<String, List<EurekaEntry>> byApplication) {}

    EurekaApplicationsBuilder(EurekaApplications before, Function<InstanceView, EurekaEntry> mapper) {
        this.mapper = mapper;
        this.services = new HashMap<>(before.services());
        this.applications = new TreeMap<>(before.byName());
    }

    /** Returns the applications of the services that are present now. */
    @SuppressWarnings("ReferenceEquality") // a service keeps its object until it changes
    EurekaApplications build(Collection<ServiceInstances> present) {
        for (var service : present) {
            var known = services.get(service.name());
            if (known == null || known.source() != service) {
                put(service, known);
            }
        }
        if (services.size() > present.size()) {
            removeAbsent(present);
        }
        changed.forEach((app, byService) -> {
            if (byService.isEmpty()) {
                applications.remove(app);
            } else {
                applications.put(app, new EurekaApplication(app, byService));
            }
        });
        return new EurekaApplications(services, applications);
    }

    private void put(ServiceInstances service, @Nullable MappedService before) {
        var known = new HashMap<String, EurekaEntry>();
        if (before != null) {
            before.byApplication()
                    .values()
                    .forEach(entries ->
                            entries.forEach(entry -> known.put(entry.view().id(), entry)));
            removeFromApplications(before);
        }
        var mapped = new HashMap<String, List<EurekaEntry>>();
        for (var view : service.instances()) {
            var entry = entry(view, known.get(view.id()));
            mapped.computeIfAbsent(entry.instance().app(), _ -> new ArrayList<>())
                    .add(entry);
        }
        mapped.forEach((app, entries) -> change(app).put(service.name(), entries));
        services.put(service.name(), new MappedService(service, mapped));
    }

    @SuppressWarnings("ReferenceEquality") // an instance keeps its object until it changes
    private EurekaEntry entry(InstanceView view, @Nullable EurekaEntry before) {
        return before != null && before.view() == view ? before : mapper.apply(view);
    }

    private void removeAbsent(Collection<ServiceInstances> present) {
        var names = present.stream().map(ServiceInstances::name).collect(Collectors.toSet());
        services.values().removeIf(service -> {
            boolean absent = !names.contains(service.source().name());
            if (absent) {
                removeFromApplications(service);
            }
            return absent;
        });
    }

    private void removeFromApplications(MappedService service) {
        service.byApplication()
                .keySet()
                .forEach(app -> change(app).remove(service.source().name()));
    }

    /** Returns the instances of an application by service, to be modified. */
    private SortedMap<String, List<EurekaEntry>> change(String app) {
        return changed.computeIfAbsent(app, _ -> {
            var known = applications.get(app);
            return known == null ? new TreeMap<>() : new TreeMap<>(known.byService());
        });
    }
}
