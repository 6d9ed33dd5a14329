package dev.aicore.discovery.client.testing;

import dev.aicore.discovery.client.PickStrategy;
import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.client.Service;
import dev.aicore.discovery.client.ServiceOptions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;

/** Measures the CPU time of picks of 20 instances. It is started by hand: ADR 32 has the command. */
final class PickBenchmark {

    private static final int INSTANCES = 20;
    private static final int PICKS = 2_000_000;
    private static final int ROUNDS = 9;

    private PickBenchmark() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (var registry = new TestRegistry();
                var client = RegistryClient.at(registry.url().toString()).open()) {
            for (int i = 0; i < INSTANCES; i++) {
                registry.has("payments", "10.0.0." + i + ":80");
            }
            for (var strategy : PickStrategy.values()) {
                var service =
                        client.service("payments", ServiceOptions.defaults().strategy(strategy));
                service.awaitList(Duration.ofSeconds(10));
                int picks = strategy == PickStrategy.CONSISTENT_HASH ? PICKS / 10 : PICKS;
                var nanos = new double[ROUNDS];
                for (int round = 0; round < ROUNDS; round++) {
                    nanos[round] = measure(service, picks);
                }
                Arrays.sort(nanos);
                System.out.printf(
                        "%-18s median %.0f ns, min %.0f ns, max %.0f ns%n",
                        strategy, nanos[ROUNDS / 2], nanos[0], nanos[ROUNDS - 1]);
            }
        }
    }

    private static double measure(Service service, int picks) {
        var threads = ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        long ports = 0;
        for (int i = 0; i < picks; i++) {
            try (var pick = service.pick()) {
                ports += pick.instance().port();
                pick.discarded();
            }
        }
        if (ports != 80L * picks) {
            throw new AssertionError("A pick had another port.");
        }
        return (double) (threads.getCurrentThreadCpuTime() - begin) / picks;
    }
}
