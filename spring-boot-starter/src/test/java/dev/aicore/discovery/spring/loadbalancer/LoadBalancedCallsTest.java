package dev.aicore.discovery.spring.loadbalancer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.aicore.discovery.client.testing.TestRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.RoundRobinLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import reactor.core.publisher.Mono;

/** Calls services by name with Spring's RestClient; the registry is in the process. */
class LoadBalancedCallsTest {
    private final TestRegistry registry = new TestRegistry();
    private final List<HttpServer> backends = new CopyOnWriteArrayList<>();
    private @Nullable ConfigurableApplicationContext context;
    private String first = "";

    @BeforeEach
    void registerBackends() throws IOException {
        first = registry.has("payments", backend("first"), Map.of("id", "p1"));
        registry.has("payments", backend("second"), Map.of("id", "p2", "zone", "a"));
    }

    @AfterEach
    void close() {
        if (context != null) {
            context.close();
        }
        backends.forEach(backend -> backend.stop(0));
        registry.close();
    }

    @Test
    void calls_ofAService_reachItsInstancesAlsoWithoutTheRegistry() {
        var client = start(Application.class);
        await().until(() -> call(client).equals("first"));
        await().until(() -> call(client).equals("second"));

        registry.away();
        for (int i = 0; i < 20; i++) {
            assertThat(call(client)).isIn("first", "second");
        }
        registry.back();
    }

    @Test
    void instance_deregistered_isNotCalledAnyMore() {
        var client = start(Application.class);
        assertThat(call(client)).isIn("first", "second");
        registry.deregister(first, "ann", "disk failure");
        var discovery = context().getBean(DiscoveryClient.class);
        await().until(() -> discovery.getInstances("payments").size() == 1);
        for (int i = 0; i < 20; i++) {
            assertThat(call(client)).isEqualTo("second");
        }
    }

    /** Shows that the test above would notice Spring Cloud's cache above the client's list. */
    @Test
    void instance_deregistered_isStillChosenBehindTheCacheOfSpringCloud() {
        start(CachedListApplication.class);
        var balancer = context().getBean(LoadBalancerClient.class);
        assertThat(chosen(balancer)).containsExactly("p1", "p2");
        registry.deregister(first, "ann", "disk failure");
        var discovery = context().getBean(DiscoveryClient.class);
        await().until(() -> discovery.getInstances("payments").size() == 1);

        assertThat(chosen(balancer)).containsExactly("p1", "p2");
    }

    private static Set<String> chosen(LoadBalancerClient balancer) {
        return IntStream.range(0, 20)
                .mapToObj(i -> requireNonNull(balancer.choose("payments")).getInstanceId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void webClient_callsInstancesByName_andHttpServiceClientsToo() {
        start(Application.class);
        var client = context().getBean(WebClient.Builder.class).baseUrl("http://payments");
        assertThat(client.build().get().retrieve().bodyToMono(String.class).block())
                .isIn("first", "second");
        var payments = HttpServiceProxyFactory.builderFor(RestClientAdapter.create(context()
                        .getBean(RestClient.Builder.class)
                        .baseUrl("http://payments")
                        .build()))
                .build()
                .createClient(PaymentsClient.class);
        assertThat(payments.charge()).isIn("first", "second");
    }

    @HttpExchange
    interface PaymentsClient {
        @GetExchange("/")
        String charge();
    }

    @Test
    void discoveryClient_knowsServicesAndInstances() {
        start(Application.class);
        var discovery = context().getBean(DiscoveryClient.class);
        assertThat(discovery.getServices()).contains("payments");
        assertThat(discovery.getInstances("payments"))
                .extracting(ServiceInstance::getInstanceId)
                .containsExactly("p1", "p2");
        assertThat(discovery.getInstances("unknown")).isEmpty();
    }

    @Test
    void service_withoutInstances_isAnError() {
        var client = start(Application.class);
        assertThatThrownBy(() -> client.get().uri("http://nobody/").retrieve().body(String.class))
                .hasMessageContaining("nobody");
    }

    @Test
    void balancer_byDefault_isOurs() {
        start(Application.class);
        var factory = context().getBean(LoadBalancerClientFactory.class);
        assertThat(factory.getInstance("payments")).isInstanceOf(RegistryLoadBalancer.class);
        assertThat(factory.getInstance("payments", ServiceInstanceListSupplier.class))
                .isInstanceOf(RegistryInstanceListSupplier.class);
    }

    @Test
    void balancer_ofTheUsersDefaults_wins() {
        start(OwnBalancerApplication.class);
        var chosen = context().getBean(LoadBalancerClient.class).choose("payments");
        assertThat(requireNonNull(chosen).getInstanceId()).isEqualTo("p2");
    }

    @Test
    void supplier_selectedByAProperty_getsOurInstances() {
        start(
                Application.class,
                "spring.cloud.loadbalancer.configurations=zone-preference",
                "spring.cloud.loadbalancer.zone=a");
        var balancer = context().getBean(LoadBalancerClient.class);
        for (int i = 0; i < 10; i++) {
            assertThat(requireNonNull(balancer.choose("payments")).getInstanceId())
                    .isEqualTo("p2");
        }
    }

    private RestClient start(Class<?> application, String... properties) {
        context = new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.application.name=orders",
                        "service-discovery.url=" + registry.url(),
                        "service-discovery.cache-directory=")
                .properties(properties)
                .run();
        return context.getBean(RestClient.Builder.class).build();
    }

    private ConfigurableApplicationContext context() {
        return requireNonNull(context);
    }

    private static String call(RestClient client) {
        return requireNonNull(client.get().uri("http://payments/").retrieve().body(String.class));
    }

    private String backend(String name) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, name.length());
            try (var body = exchange.getResponseBody()) {
                body.write(name.getBytes(UTF_8));
            }
        });
        server.start();
        backends.add(server);
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        @LoadBalanced
        RestClient.Builder loadBalanced() {
            return RestClient.builder();
        }

        @Bean
        @LoadBalanced
        WebClient.Builder loadBalancedReactive() {
            return WebClient.builder();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @LoadBalancerClients(defaultConfiguration = OwnBalancer.class)
    static class OwnBalancerApplication {

        @Bean
        @LoadBalanced
        RestClient.Builder loadBalanced() {
            return RestClient.builder();
        }
    }

    /** Always chooses the last instance. */
    static class OwnBalancer {

        @Bean
        ReactorServiceInstanceLoadBalancer lastInstance(DiscoveryClient discovery) {
            return request -> Mono.fromSupplier(() -> {
                var instances = discovery.getInstances("payments");
                return new DefaultResponse(instances.get(instances.size() - 1));
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @LoadBalancerClients(defaultConfiguration = CachedList.class)
    static class CachedListApplication {

        @Bean
        @LoadBalanced
        RestClient.Builder loadBalanced() {
            return RestClient.builder();
        }
    }

    /** Balancer and supplier that Spring Cloud uses with other registries. */
    static class CachedList {

        @Bean
        ServiceInstanceListSupplier cachedList(ConfigurableApplicationContext child) {
            return ServiceInstanceListSupplier.builder()
                    .withBlockingDiscoveryClient()
                    .withCaching()
                    .build(child);
        }

        @Bean
        ReactorServiceInstanceLoadBalancer roundRobin(LoadBalancerClientFactory factory) {
            return new RoundRobinLoadBalancer(
                    factory.getLazyProvider("payments", ServiceInstanceListSupplier.class), "payments");
        }
    }
}
