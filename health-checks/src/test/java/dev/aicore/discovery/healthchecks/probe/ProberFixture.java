package dev.aicore.discovery.healthchecks.probe;

import static java.util.Objects.requireNonNull;

import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.settings.SettingsBinder;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.healthchecks.outbound.Egress;
import dev.aicore.discovery.healthchecks.outbound.OutboundClients;
import dev.aicore.discovery.healthchecks.outbound.TestOutboundClients;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Creates probers as in development mode, with a time that tests control. */
final class ProberFixture implements AutoCloseable {

    static final int TIMEOUT_SECONDS = 5;

    private static final int PATIENCE_SECONDS = 60;

    private final OutboundClients outboundClients;
    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private @Nullable Path scripts;
    private @Nullable Egress egress;

    ProberFixture(OutboundClients outboundClients) {
        this.outboundClients = outboundClients;
    }

    static ProberFixture plain() {
        return new ProberFixture(TestOutboundClients.trusting());
    }

    ProberFixture through(Egress other) {
        egress = other;
        return this;
    }

    ProberFixture scripts(Path directory) {
        scripts = directory;
        return this;
    }

    DispatchingProber probers() {
        return new DispatchingProber(
                egress == null ? outboundClients.egress() : egress, outboundClients, settings(), time, timer);
    }

    private HealthCheckSettings settings() {
        var directory = scripts == null ? "" : scripts.toString();
        return SettingsBinder.with(Map.of("service-discovery.registry.health-checks.scripts-directory", directory))
                .get(HealthCheckSettings.class);
    }

    ProbeResult probe(Probe probe) throws Exception {
        return await(begin(probe));
    }

    CompletableFuture<@Nullable ProbeResult> begin(Probe probe) {
        return probers().probe(probe).toFuture();
    }

    static ProbeResult await(CompletableFuture<@Nullable ProbeResult> result) throws Exception {
        return requireNonNull(result.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    /** Prolongs the checks under way by some seconds, without causing a timeout. */
    void prolong(int seconds) {
        time.pass(Duration.ofSeconds(seconds));
    }

    /** Advances the time of timeouts by some seconds. */
    void pass(int seconds) {
        timer.advanceTimeBy(Duration.ofSeconds(seconds));
    }

    static Probe http(int port, Map<String, Object> config) {
        return of("127.0.0.1", port, "http", "http", config);
    }

    static Probe https(String host, int port, Map<String, Object> config) {
        return of(host, port, "https", "http", config);
    }

    static Probe of(String host, int port, String protocol, String type, Map<String, Object> config) {
        return new Probe("web-1", host, port, protocol, new HealthCheck(type, 30, TIMEOUT_SECONDS, 3, 2, config));
    }

    @Override
    public void close() {
        outboundClients.close();
        timer.dispose();
    }
}
