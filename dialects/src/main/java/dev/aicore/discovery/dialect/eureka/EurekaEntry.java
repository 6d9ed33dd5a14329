package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.lease.LeaseState;

/** Instance of the registry with its form in Eureka's protocol. */
record EurekaEntry(InstanceView view, EurekaInstance instance) {

    EurekaStatusPair status() {
        return new EurekaStatusPair(instance.status(), instance.overriddenStatus());
    }

    static EurekaEntry of(InstanceView view) {
        return new EurekaEntry(view, EurekaInstanceMapper.toEureka(view));
    }

    /** Returns false for an instance whose lease is over, which Eureka's clients must not see. */
    boolean isListed() {
        return isListed(view);
    }

    static boolean isListed(InstanceView view) {
        return view.lease() != LeaseState.EXPIRED;
    }
}
