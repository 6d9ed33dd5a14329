package dev.aicore.discovery.spring.loadbalancer;

import dev.aicore.discovery.client.NoInstanceException;
import dev.aicore.discovery.client.Pick;
import dev.aicore.discovery.client.RegisteredInstance;
import dev.aicore.discovery.client.Service;
import dev.aicore.discovery.spring.cloud.RegistryServiceInstance;
import dev.aicore.discovery.spring.cloud.ServiceLookup;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Mono;

/**
 * Chooses an instance by the client's strategy. Suppliers around ours, such as that of retries, may exclude instances.
 */
final class RegistryLoadBalancer implements ReactorServiceInstanceLoadBalancer {
    private final String serviceId;
    private final ServiceLookup services;
    private final ObjectProvider<ServiceInstanceListSupplier> suppliers;
    private volatile @Nullable ServiceInstanceListSupplier supplier;

    /** @param suppliers provides the supplier of this service; requested at the first choice */
    RegistryLoadBalancer(
            String serviceId, ServiceLookup services, ObjectProvider<ServiceInstanceListSupplier> suppliers) {
        this.serviceId = serviceId;
        this.services = services;
        this.suppliers = suppliers;
    }

    @Override
    @SuppressWarnings("rawtypes") // The interface has a raw parameter.
    public Mono<Response<ServiceInstance>> choose(Request request) {
        return supplier().get(request).next().map(list -> choose(list, key(request)));
    }

    private ServiceInstanceListSupplier supplier() {
        var known = supplier;
        if (known == null) {
            known = suppliers.getIfAvailable(() -> new RegistryInstanceListSupplier(serviceId, services));
            supplier = known;
        }
        return known;
    }

    private @Nullable String key(Request<?> request) {
        var header = services.hashHeader(serviceId);
        if (header == null || !(request.getContext() instanceof RequestDataContext context)) {
            return null;
        }
        var data = context.getClientRequest();
        var headers = data == null ? null : data.getHeaders();
        return headers == null ? null : headers.getFirst(header);
    }

    private Response<ServiceInstance> choose(List<ServiceInstance> list, @Nullable String key) {
        if (list instanceof SuppliedList supplied) {
            return choose(supplied.service(), list, key, true);
        }
        return list.isEmpty() ? new EmptyResponse() : choose(services.service(serviceId), list, key, false);
    }

    /**
     * Picks until an instance is in the list; draws one if none is, such as with a user's own list. A pick here says
     * nothing about the instance: the call begins when the request is sent.
     */
    private static Response<ServiceInstance> choose(
            Service service, List<ServiceInstance> list, @Nullable String key, boolean any) {
        Set<ServiceInstance> permitted = any ? Set.of() : new HashSet<>(list);
        Pick pick = null;
        try {
            pick = key == null || key.isEmpty() ? service.pick() : service.pick(key);
            while (!any && !permitted.contains(of(pick.instance()))) {
                pick.discarded();
                pick = pick.next();
            }
            return new DefaultResponse(of(pick.instance()));
        } catch (NoInstanceException e) {
            return any ? new EmptyResponse() : new DefaultResponse(list.get(drawn(list.size())));
        } finally {
            if (pick != null) {
                pick.discarded();
                pick.close();
            }
        }
    }

    private static int drawn(int size) {
        return ThreadLocalRandom.current().nextInt(size);
    }

    private static ServiceInstance of(RegisteredInstance instance) {
        return new RegistryServiceInstance(instance);
    }
}
