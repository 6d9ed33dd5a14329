package dev.aicore.discovery.bench.clients;

import dev.aicore.discovery.bench.rig.EurekaBuild;
import dev.aicore.discovery.bench.rig.TempDirectory;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Servers and callers of the scenarios. Callers start when they are first needed. */
final class ClientBenchRig implements AutoCloseable {

    /** Service of 20 instances, in the registry and in Eureka. */
    static final String LEDGER = "ledger";

    static final int LEDGER_INSTANCES = 20;

    private final ClientBenchOptions options;
    private final TempDirectory directory;
    private final Optional<EurekaBuild> build;
    private final MeasuredRegistry registry;
    private @Nullable SpringCallerProcess springCaller;
    private @Nullable EurekaPeer eureka;
    private @Nullable SpringCallerProcess eurekaCaller;

    private ClientBenchRig(
            ClientBenchOptions options,
            TempDirectory directory,
            Optional<EurekaBuild> build,
            MeasuredRegistry registry) {
        this.options = options;
        this.directory = directory;
        this.build = build;
        this.registry = registry;
    }

    /** Starts a registry with the ledger. */
    static ClientBenchRig start(ClientBenchOptions options) throws IOException, InterruptedException {
        Optional<EurekaBuild> build = options.peers() ? EurekaBuild.make() : Optional.empty();
        var directory = TempDirectory.make();
        var registry = MeasuredRegistry.start(directory.directory(), 0);
        registry.register(LEDGER, LEDGER_INSTANCES);
        return new ClientBenchRig(options, directory, build, registry);
    }

    ClientBenchOptions options() {
        return options;
    }

    TempDirectory directory() {
        return directory;
    }

    MeasuredRegistry registry() {
        return registry;
    }

    /** Returns the caller with the starter; empty without peers. */
    Optional<SpringCallerProcess> springCaller() throws IOException, InterruptedException {
        if (springCaller == null && build.isPresent()) {
            registry.configure("caller", 1);
            springCaller = SpringCallerProcess.ofRegistry(build.get(), registry.url());
        }
        return Optional.ofNullable(springCaller);
    }

    /** Starts another caller with the starter. */
    Optional<SpringCallerProcess> springCallerOf(MeasuredRegistry other) throws IOException, InterruptedException {
        if (build.isEmpty()) {
            return Optional.empty();
        }
        other.configure("caller", 1);
        return Optional.of(SpringCallerProcess.ofRegistry(build.get(), other.url()));
    }

    /** Returns Eureka with the ledger; empty without peers. */
    Optional<EurekaPeer> eureka() throws IOException, InterruptedException {
        if (eureka == null && build.isPresent()) {
            eureka = EurekaPeer.start(build.get());
            eureka.register(LEDGER, LEDGER_INSTANCES);
        }
        return Optional.ofNullable(eureka);
    }

    /** Returns the caller with Eureka's client; empty without peers. */
    Optional<SpringCallerProcess> eurekaCaller() throws IOException, InterruptedException {
        var server = eureka();
        if (eurekaCaller == null && build.isPresent() && server.isPresent()) {
            eurekaCaller =
                    SpringCallerProcess.ofEureka(build.get(), server.get().port());
        }
        return Optional.ofNullable(eurekaCaller);
    }

    @Override
    public void close() throws IOException {
        for (var process : new @Nullable AutoCloseable[] {springCaller, eurekaCaller, eureka, registry}) {
            closeQuietly(process);
        }
        directory.close();
    }

    private static void closeQuietly(@Nullable AutoCloseable process) {
        try {
            if (process != null) {
                process.close();
            }
        } catch (Exception e) {
            System.err.println("A process didn't end: " + e);
        }
    }
}
