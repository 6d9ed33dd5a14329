package dev.aicore.discovery.bridge.consul;

import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.sync.ForeignCatalog.ForeignInstance;
import dev.aicore.discovery.bridge.sync.ForeignRegistryException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;

/**
 * Services of one datacenter. Two blocking queries say that something has changed: one of the services, one of all
 * checks. The difference to the answers before names the services to read. If it doesn't, such as after a change of
 * the metadata of an instance without a check, all services are read.
 */
final class ConsulDatacenter {

    /** Consul's own servers. */
    private static final String CONSUL = "consul";

    private final ConsulClient client;
    private final ConsulRequests requests;
    private final String name;
    private final ConsulWatch services;
    private final ConsulWatch checks;
    private final Map<String, ServiceReading> readings = new TreeMap<>();
    private JsonNode servicesBefore;
    private long servicesIndex;
    private Map<String, Map<String, String>> checksBefore = Map.of();

    /**
     * Instances of a service.
     *
     * @param instances by {@link BridgedInstance#key()}
     * @param modifyIndex index of the last change of an instance that still exists
     * @param invalid number of entries that are no instances
     */
    record ServiceReading(Map<String, ForeignInstance> instances, long modifyIndex, int invalid) {}

    /**
     * Makes the first queries.
     *
     * @param name name of the datacenter; empty for that of the agent
     * @param listener called after each change; must not block
     */
    ConsulDatacenter(ConsulClient client, ConsulRequests requests, String name, Runnable listener)
            throws ForeignRegistryException, InterruptedException {
        this.client = client;
        this.requests = requests;
        this.name = name;
        this.services = ConsulWatch.start(client, ConsulClient.in(name, "/v1/catalog/services"), listener);
        this.checks = ConsulWatch.start(client, ConsulClient.in(name, "/v1/health/state/any"), listener);
        this.servicesBefore = services.answer().body();
    }

    /** Returns the queries, which are to run in threads of their own. */
    List<Runnable> watches() {
        return List.of(services::run, checks::run);
    }

    long index() {
        return Math.max(services.answer().index(), checks.answer().index());
    }

    /** Returns the present instances by service. */
    Map<String, ServiceReading> readings() {
        return readings;
    }

    /** Reads all services. */
    void readAll() throws ForeignRegistryException, InterruptedException {
        var _ = services.isFresh();
        var _ = checks.isFresh();
        servicesBefore = services.answer().body();
        servicesIndex = services.answer().index();
        checksBefore = checksByService(checks.answer().body());
        read(allServices());
    }

    private Set<String> allServices() {
        var all = new TreeSet<>(readings.keySet());
        servicesBefore.propertyNames().forEach(all::add);
        all.remove(CONSUL);
        return all;
    }

    /** Reads what has changed since the last call. */
    void refresh() throws ForeignRegistryException, InterruptedException {
        boolean freshServices = services.isFresh();
        boolean freshChecks = checks.isFresh();
        var changed = new HashSet<String>();
        if (freshChecks) {
            var now = checksByService(checks.answer().body());
            changed.addAll(differences(checksBefore, now));
            checksBefore = now;
        }
        if (freshServices) {
            changed.addAll(tagDifferences(servicesBefore, services.answer().body()));
            servicesBefore = services.answer().body();
        }
        // Checks of nodes, such as that of their agent, belong to all their services.
        if (changed.remove("")) {
            changed.addAll(allServices());
        }
        changed.remove(CONSUL);
        long explained = read(changed);
        long index = services.answer().index();
        if (freshServices && index != servicesIndex && explained < index) {
            var _ = read(allServices());
        }
        servicesIndex = index;
    }

    /** Returns the checks by service and check; those of nodes have the service "". */
    private static Map<String, Map<String, String>> checksByService(JsonNode answer) {
        var byService = new HashMap<String, Map<String, String>>();
        for (var check : answer) {
            byService
                    .computeIfAbsent(check.path("ServiceName").asString(""), _ -> new HashMap<>())
                    .put(
                            check.path("Node").asString("")
                                    + ' '
                                    + check.path("CheckID").asString(""),
                            check.path("Status").asString("")
                                    + ' '
                                    + check.path("ModifyIndex").asString(""));
        }
        return byService;
    }

    private static Set<String> differences(
            Map<String, Map<String, String>> before, Map<String, Map<String, String>> now) {
        var names = new HashSet<>(before.keySet());
        names.addAll(now.keySet());
        names.removeIf(service -> before.getOrDefault(service, Map.of()).equals(now.getOrDefault(service, Map.of())));
        return names;
    }

    private static Set<String> tagDifferences(JsonNode before, JsonNode now) {
        var names = new HashSet<>(before.propertyNames());
        names.addAll(now.propertyNames());
        names.removeIf(service -> before.path(service).equals(now.path(service)));
        return names;
    }

    /** Reads services; returns the index of the last change in what was read. */
    private long read(Set<String> names) throws ForeignRegistryException, InterruptedException {
        var order = List.copyOf(names);
        var reads = new ArrayList<Callable<ServiceReading>>();
        order.forEach(service -> reads.add(() -> reading(service)));
        var results = requests.run(reads);
        long explained = 0;
        for (int i = 0; i < order.size(); i++) {
            explained = Math.max(explained, results.get(i).modifyIndex());
            readings.put(order.get(i), results.get(i));
        }
        readings.values().removeIf(reading -> reading.instances().isEmpty() && reading.invalid() == 0);
        return explained;
    }

    private ServiceReading reading(String service) throws ForeignRegistryException, InterruptedException {
        var answer = client.get(ConsulClient.in(name, "/v1/health/service/" + ConsulClient.encode(service)));
        var instances = new HashMap<String, ForeignInstance>();
        long modifyIndex = 0;
        int invalid = 0;
        for (var entry : answer.body()) {
            modifyIndex = Math.max(modifyIndex, ConsulInstanceReader.modifyIndex(entry));
            var instance = ConsulInstanceReader.read(entry);
            if (instance == null) {
                invalid++;
            } else {
                instances.put(instance.instance().key(), instance);
            }
        }
        return new ServiceReading(instances, modifyIndex, invalid);
    }
}
