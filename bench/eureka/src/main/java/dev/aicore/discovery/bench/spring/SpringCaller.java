package dev.aicore.discovery.bench.spring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import reactor.core.publisher.Mono;

/**
 * Finds instances through Spring Cloud's load balancer, with whichever discovery client is configured. Carries out
 * commands from standard input, each beside the others, and prints what it observes in lines that begin with {@code >}.
 *
 * <pre>
 *   watch NAME                      prints "&gt; come ID" and "&gt; gone ID": reads the balancer's list each 5 ms
 *   pick NAME COUNT                 prints "&gt; pick NANOSECONDS": CPU time of a choice, median of nine rounds
 *   call NAME PER_SECOND SECONDS    prints "&gt; called FOUND NONE"
 *   pool                            prints "&gt; pool SIZE" at each change of a bound property
 * </pre>
 */
@EnableAutoConfiguration
@EnableConfigurationProperties(PoolProperties.class)
public class SpringCaller {

    private static final long POLL_NANOS = 5_000_000;
    private static final long BEAN_POLL_NANOS = 1_000_000;
    private static final int ROUNDS = 9;

    private final LoadBalancerClientFactory balancers;
    private final PoolProperties pool;

    SpringCaller(LoadBalancerClientFactory balancers, PoolProperties pool) {
        this.balancers = balancers;
        this.pool = pool;
    }

    /** Runs until the end of standard input. */
    public static void main(String... arguments) throws IOException {
        var context = new SpringApplicationBuilder(SpringCaller.class)
                .web(WebApplicationType.NONE)
                .properties("spring.application.name=caller", "spring.main.banner-mode=off", "logging.level.root=warn")
                .run(arguments);
        System.out.println("> ready");
        var caller = context.getBean(SpringCaller.class);
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var words = line.split(" ", 4);
            Thread.ofPlatform().daemon().start(() -> caller.run(words));
        }
        context.close();
    }

    private void run(String... words) {
        switch (words[0]) {
            case "watch" -> watch(words[1]);
            case "pick" -> pick(words[1], Integer.parseInt(words[2]));
            case "call" -> call(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            case "pool" -> watchPool();
            default -> System.out.println("> unknown command");
        }
    }

    private void watch(String name) {
        var supplier = balancers.getInstance(name, ServiceInstanceListSupplier.class);
        var before = new HashSet<String>();
        while (true) {
            var now = ids(supplier);
            now.stream().filter(id -> !before.contains(id)).forEach(id -> System.out.println("> come " + id));
            before.stream().filter(id -> !now.contains(id)).forEach(id -> System.out.println("> gone " + id));
            before.clear();
            before.addAll(now);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static Set<String> ids(ServiceInstanceListSupplier supplier) {
        var ids = new HashSet<String>();
        var list = supplier.get().blockFirst();
        if (list != null) {
            list.forEach(instance -> ids.add(instance.getInstanceId()));
        }
        return ids;
    }

    private void pick(String name, int count) {
        var balancer = balancers.getInstance(name);
        var rounds = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            rounds[i] = nanosOfPick(balancer, count);
        }
        Arrays.sort(rounds);
        System.out.printf("> pick %.0f%n", rounds[ROUNDS / 2]);
    }

    private static double nanosOfPick(ReactiveLoadBalancer<ServiceInstance> balancer, int count) {
        var threads = ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < count; i++) {
            if (!isFound(balancer)) {
                throw new IllegalStateException("A choice found no instance.");
            }
        }
        return (double) (threads.getCurrentThreadCpuTime() - begin) / count;
    }

    /** Chooses as Spring Cloud's blocking client does. */
    private static boolean isFound(ReactiveLoadBalancer<ServiceInstance> balancer) {
        var response = Mono.from(balancer.choose(ReactiveLoadBalancer.REQUEST)).block();
        return response != null && response.hasServer();
    }

    private void call(String name, int perSecond, int seconds) {
        var balancer = balancers.getInstance(name);
        int found = 0;
        int none = 0;
        long begin = System.nanoTime();
        for (int i = 0; i < perSecond * seconds; i++) {
            long due = begin + 1_000_000_000L * i / perSecond;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (isFound(balancer)) {
                found++;
            } else {
                none++;
            }
        }
        System.out.println("> called " + found + " " + none);
    }

    private void watchPool() {
        int before = -1;
        while (true) {
            int size = pool.getSize();
            if (size != before) {
                before = size;
                System.out.println("> pool " + size);
            }
            LockSupport.parkNanos(BEAN_POLL_NANOS);
        }
    }
}
