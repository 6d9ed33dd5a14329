package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.health.RecordCheck;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceIdGenerator;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.command.batching.CommandGateway;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * Instances and their observations: in a shuffled order, each renews its lease once per turn, and is checked half a
 * turn later.
 */
final class WriteBenchPopulation {

    private static final int MAX_CONCURRENT = 2_000;
    private static final int LATENCY_CLASS = 3;
    private static final HealthCheck CHECK = new HealthCheck("http", 10, 5, 3, 2, Map.of("path", "/health"));
    private static final EventMetadata ENVELOPE = new EventMetadata(
            EventMetadata.DEFAULT_NAMESPACE,
            "anonymous",
            EventMetadata.ADMIN,
            "127.0.0.1",
            "rest",
            "0b6f5a4e-7d43-4a54-9d1e-5f0d5b1f3c11",
            null,
            null,
            null);

    private final int inService;
    private final String[] ids;

    private WriteBenchPopulation(int inService, String[] ids) {
        this.inService = inService;
        this.ids = ids;
    }

    /**
     * Registers instances.
     *
     * @param instances number of instances
     * @param inService instances per service
     */
    static WriteBenchPopulation register(CommandGateway commandGateway, int instances, int inService)
            throws InterruptedException {
        var writeBenchPopulation = new WriteBenchPopulation(inService, new String[instances]);
        var permits = new Semaphore(MAX_CONCURRENT);
        var responseHistogram = new ResponseHistogram();
        for (int i = 0; i < instances; i++) {
            var command = writeBenchPopulation.registration(i);
            writeBenchPopulation.ids[i] = command.id();
            permits.acquire();
            var _ = commandGateway.register(command, null).whenComplete((commandReply, failure) -> {
                responseHistogram.take(commandReply, failure, 0);
                permits.release();
            });
        }
        permits.acquire(MAX_CONCURRENT);
        if (responseHistogram.good() < instances) {
            throw new IllegalStateException(
                    responseHistogram.bad() + " of " + instances + " instances were not registered.");
        }
        Collections.shuffle(Arrays.asList(writeBenchPopulation.ids), new Random(7));
        return writeBenchPopulation;
    }

    int size() {
        return ids.length;
    }

    /** Returns the registration of a number, which may lie beyond this population. */
    RegisterInstance registration(long number) {
        var service = "service-" + number / inService;
        var address = "10.%d.%d.%d".formatted(number >> 16 & 255, number >> 8 & 255, number & 255);
        var declaration = new Declaration(
                service,
                "1.4.2",
                address,
                8080,
                "http",
                100,
                30,
                CHECK,
                Map.of("region", "eu-1", "team", "identity"),
                List.of("api", "v1"),
                "a");
        var id = InstanceIdGenerator.derive(
                EventMetadata.DEFAULT_NAMESPACE, service, address, 8080 + (int) (number >> 24));
        return new RegisterInstance(id, declaration, HealthState.HEALTHY, ENVELOPE);
    }

    /** Returns the heartbeat of a number. */
    RenewLease heartbeat(long number, long now) {
        return new RenewLease(id(number), ObservationKind.RENEWED, now, ENVELOPE);
    }

    /** Returns the observation of a number: heartbeats and check results alternate. */
    ShardCommand observation(long number, long now) {
        return (number & 1) == 0
                ? heartbeat(number >> 1, now)
                : new RecordCheck(
                        id((number >> 1) + ids.length / 2),
                        ObservationKind.CHECK_PASSED,
                        0,
                        LATENCY_CLASS,
                        now,
                        ENVELOPE);
    }

    private String id(long number) {
        return ids[(int) (number % ids.length)];
    }
}
