package dev.aicore.discovery.spring.cloud;

import dev.aicore.discovery.client.Instance;
import dev.aicore.discovery.client.Registration;
import dev.aicore.discovery.spring.RegistrationHook;
import java.util.List;
import org.springframework.cloud.client.discovery.event.InstancePreRegisteredEvent;
import org.springframework.cloud.client.discovery.event.InstanceRegisteredEvent;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.RegistrationLifecycle;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes Spring Cloud's events and calls its life cycle beans, as its own automatic registration does. */
final class CloudRegistrationHook implements RegistrationHook, AutoServiceRegistration {
    private final RegistryRegistration registration;
    private final List<RegistrationLifecycle<RegistryRegistration>> lifecycles;
    private final ApplicationEventPublisher events;

    CloudRegistrationHook(
            RegistryRegistration registration,
            List<RegistrationLifecycle<RegistryRegistration>> lifecycles,
            ApplicationEventPublisher events) {
        this.registration = registration;
        this.lifecycles = lifecycles;
        this.events = events;
    }

    @Override
    public Instance beforeRegister(Instance instance) {
        registration.declare(instance);
        events.publishEvent(new InstancePreRegisteredEvent(this, registration));
        lifecycles.forEach(lifecycle -> lifecycle.postProcessBeforeStartRegister(registration));
        return registration.declaration();
    }

    @Override
    public void afterRegister(Registration registered) {
        registration.activate(registered);
        lifecycles.forEach(lifecycle -> lifecycle.postProcessAfterStartRegister(registration));
        events.publishEvent(new InstanceRegisteredEvent<>(this, registered.instance()));
    }

    @Override
    public void beforeLeave(Registration left) {
        lifecycles.forEach(lifecycle -> lifecycle.postProcessBeforeStopRegister(registration));
    }

    @Override
    public void afterLeave(Registration left) {
        registration.activate(null);
        lifecycles.forEach(lifecycle -> lifecycle.postProcessAfterStopRegister(registration));
    }
}
