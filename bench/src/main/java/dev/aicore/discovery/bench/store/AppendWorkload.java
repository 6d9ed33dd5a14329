package dev.aicore.discovery.bench.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.eventstore.NewEvent;
import java.util.SplittableRandom;

/** Workloads of one event per unit. Every appender has its own shard, so that none waits for another's sequence. */
enum AppendWorkload {
    /** Events of 65 heartbeats of 4 bytes: those that a shard receives in 50 ms at 20,000 per second. */
    OBSERVATIONS(16, 65) {
        @Override
        NewEvent event(int shard, long seq, SplittableRandom random) {
            var packed = new byte[65 * 4 + 10];
            random.nextBytes(packed);
            return new NewEvent(shard, seq, "O", 1, false, null, packed);
        }
    },
    /** Registrations with some metadata. */
    FACTS(256, 1) {
        @Override
        NewEvent event(int shard, long seq, SplittableRandom random) {
            var id = "instance-%08x".formatted(random.nextInt());
            return new NewEvent(
                    shard,
                    seq,
                    "InstanceRegistered",
                    2,
                    true,
                    id,
                    FACT.replace("%s", id).getBytes(UTF_8));
        }
    };

    private static final String FACT = """
            {"id":"%s","service":"user-service","slot":4711,"generation":3,"owner":"anonymous","declaration":{"name":"user-service",\
            "version":"1.4.2","address":"10.1.2.3","port":8080,"protocol":"http","weight":100,"ttl":30,"health_check":{"check_type":\
            "http","interval":10,"timeout":5,"failure_threshold":3,"success_threshold":2,"config":{"path":"/health"}},"metadata":\
            {"region":"eu-1","team":"identity"},"tags":["api","v1"],"zone":"a"},"initial_health":"HEALTHY","registered_at":\
            "2026-11-23T12:00:00.123Z","envelope":{"namespace":"default","actor":"anonymous","role":"admin","source_address":\
            "127.0.0.1","protocol":"rest","request_id":"0b6f5a4e-7d43-4a54-9d1e-5f0d5b1f3c11"}}""";

    private final int appenders;
    private final int perEvent;

    AppendWorkload(int appenders, int perEvent) {
        this.appenders = appenders;
        this.perEvent = perEvent;
    }

    int appenders() {
        return appenders;
    }

    /** Returns the number of observations or facts in one event. */
    int perEvent() {
        return perEvent;
    }

    abstract NewEvent event(int shard, long seq, SplittableRandom random);
}
