package dev.aicore.discovery.spring.loadbalancer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.spring.RegistryProperties;
import dev.aicore.discovery.spring.cloud.RegistryServiceInstance;
import dev.aicore.discovery.spring.cloud.ServiceLookup;
import dev.aicore.discovery.spring.testing.ListedService;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestData;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.client.loadbalancer.RetryableRequestContext;
import org.springframework.cloud.loadbalancer.core.RetryAwareServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.LinkedMultiValueMap;
import reactor.core.publisher.Flux;

class RegistryLoadBalancerTest {
    private final ListedService payments = new ListedService("payments").with("p1", "p2");
    private final ServiceLookup services = services(Map.of());
    private final ServiceInstanceListSupplier supplier = new RegistryInstanceListSupplier("payments", services);

    @Test
    void choice_isByTheStrategy_andCountsAsNoCall() {
        assertThat(chosen(supplier, new DefaultRequest<>("call"))).isEqualTo("p1");
        assertThat(payments.outcomes()).containsExactly("p1 discarded");
    }

    @Test
    void choice_afterAChange_isOfThePresentList() {
        assertThat(chosen(supplier, new DefaultRequest<>("call"))).isEqualTo("p1");
        payments.with("p2");
        assertThat(chosen(supplier, new DefaultRequest<>("call"))).isEqualTo("p2");
    }

    @Test
    void choice_withoutInstances_isEmpty() {
        payments.with();
        assertThat(chosen(supplier, new DefaultRequest<>("call"))).isNull();
    }

    @Test
    void firstChoice_waitsForTheList() {
        payments.withoutList();
        assertThat(chosen(supplier, new DefaultRequest<>("call"))).isEqualTo("p1");
    }

    @Test
    void retry_avoidsTheInstanceBefore() {
        var previous = new RegistryServiceInstance(ListedService.instance("payments", "p1"));
        assertThat(chosen(
                        new RetryAwareServiceInstanceListSupplier(supplier),
                        new DefaultRequest<>(new RetryableRequestContext(previous))))
                .isEqualTo("p2");
    }

    @Test
    void list_ofAUsersSupplier_isUsedWithoutTheClient() {
        ServiceInstance foreign = new RegistryServiceInstance(ListedService.instance("payments", "elsewhere"));
        assertThat(chosen(supplierOf(List.of(foreign)), new DefaultRequest<>("call")))
                .isEqualTo("elsewhere");
        assertThat(chosen(supplierOf(List.of()), new DefaultRequest<>("call"))).isNull();
    }

    @Test
    void hashHeader_selectsTheInstance() {
        var hashing = services(Map.of("service-discovery.load-balancer.services.payments.hash-header", "X-Customer"));
        var headers = new HttpHeaders();
        headers.add("X-Customer", "p2");
        var data = new RequestData(
                HttpMethod.GET, URI.create("http://payments/"), headers, new LinkedMultiValueMap<>(), Map.of());
        assertThat(chosen(
                        new RegistryInstanceListSupplier("payments", hashing),
                        new DefaultRequest<>(new RequestDataContext(data)),
                        hashing))
                .isEqualTo("p2");
    }

    private ServiceLookup services(Map<String, String> properties) {
        var all = new HashMap<String, String>(properties);
        all.put("service-discovery.url", "http://127.0.0.1:1");
        return new ServiceLookup(
                (name, options) -> payments,
                new Binder(new MapConfigurationPropertySource(all))
                        .bindOrCreate(RegistryProperties.PREFIX, RegistryProperties.class),
                null);
    }

    private @Nullable String chosen(ServiceInstanceListSupplier from, Request<?> request) {
        return chosen(from, request, services);
    }

    private static @Nullable String chosen(
            ServiceInstanceListSupplier from, Request<?> request, ServiceLookup services) {
        var beans = new DefaultListableBeanFactory();
        beans.registerSingleton("supplier", from);
        var response = new RegistryLoadBalancer(
                        "payments", services, beans.getBeanProvider(ServiceInstanceListSupplier.class))
                .choose(request)
                .block();
        var server = requireNonNull(response).getServer();
        return server == null ? null : server.getInstanceId();
    }

    private static ServiceInstanceListSupplier supplierOf(List<ServiceInstance> list) {
        return new ServiceInstanceListSupplier() {

            @Override
            public String getServiceId() {
                return "payments";
            }

            @Override
            public Flux<List<ServiceInstance>> get() {
                return Flux.just(list);
            }
        };
    }
}
