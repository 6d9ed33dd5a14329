package dev.aicore.discovery.spring.loadbalancer;

import dev.aicore.discovery.client.Pick;
import dev.aicore.discovery.client.Service;
import dev.aicore.discovery.spring.cloud.RegistryServiceInstance;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.client.loadbalancer.ResponseData;

/** Counts each request as a call under way of its instance, and reports its outcome to the client. */
final class OutcomeLifecycle implements LoadBalancerLifecycle<Object, Object, ServiceInstance> {
    private final Function<String, Service> services;
    private final FailureStatuses failures;
    private final CallsUnderWay calls = new CallsUnderWay();

    OutcomeLifecycle(Function<String, Service> services, FailureStatuses failures) {
        this.services = services;
        this.failures = failures;
    }

    @Override
    @SuppressWarnings("rawtypes") // The interface has raw parameters.
    public boolean supports(Class requestContextClass, Class responseClass, Class serverTypeClass) {
        return ServiceInstance.class.isAssignableFrom(serverTypeClass);
    }

    @Override
    public void onStart(Request<Object> request) {}

    @Override
    public void onStartRequest(Request<Object> request, Response<ServiceInstance> response) {
        if (response.getServer() instanceof RegistryServiceInstance chosen) {
            calls.begin(request, services.apply(chosen.instance().service()).call(chosen.instance()));
        }
    }

    @Override
    public void onComplete(CompletionContext<Object, ServiceInstance, Object> completion) {
        calls.end(completion.getLoadBalancerRequest(), call -> record(call, completion));
    }

    private void record(Pick call, CompletionContext<Object, ServiceInstance, Object> completion) {
        switch (completion.status()) {
            case DISCARD -> call.discarded();
            case FAILED -> call.failed();
            case SUCCESS -> record(call, completion.getClientResponse());
        }
    }

    private void record(Pick call, @Nullable Object answer) {
        var status = answer instanceof ResponseData data && data.getHttpStatus() != null
                ? data.getHttpStatus().value()
                : 0;
        if (failures.contains(status)) {
            call.failed();
        } else if (failures.isUndecided(status)) {
            call.discarded();
        } else {
            call.succeeded();
        }
    }
}
