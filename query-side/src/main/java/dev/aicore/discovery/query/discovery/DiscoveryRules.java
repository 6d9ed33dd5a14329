package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.api.discovery.ExplainView.Rule;
import dev.aicore.discovery.api.history.DiffView.LastChange;
import dev.aicore.discovery.api.instance.InstanceView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates, one by one, the rules that decide whether an instance is discovered. */
final class DiscoveryRules {

    private final InstanceEvidence instanceEvidence;
    private final List<Rule> rules = new ArrayList<>();

    DiscoveryRules(InstanceEvidence instanceEvidence) {
        this.instanceEvidence = instanceEvidence;
    }

    /**
     * Returns the results of all rules about the instance itself; only the first ones if the instance doesn't exist.
     */
    List<Rule> of(String service, String id) {
        registered(service, id);
        var instance = instanceEvidence.instance();
        if (service.equals(instanceEvidence.service())) {
            present(instance != null);
            if (instance != null) {
                declared(instance);
                lease(instance);
                health(instance);
                circuit(instance);
                weight(instance);
            }
        }
        return rules;
    }

    private void registered(String service, String id) {
        var of = instanceEvidence.service();
        if (of == null) {
            add("registered", false, "The instance '" + id + "' was never registered.", null);
        } else if (!of.equals(service)) {
            add("registered", false, "The instance '" + id + "' belongs to the service '" + of + "'.", null);
        } else {
            add("registered", true, "The instance was registered.", instanceEvidence.lastOf("InstanceRegistered"));
        }
    }

    private void present(boolean isThere) {
        if (isThere) {
            add("present", true, "The instance is present.", instanceEvidence.lastOf("InstanceRevived"));
        } else if ("removed".equals(instanceEvidence.gone())) {
            add(
                    "present",
                    false,
                    "The instance was removed: no heartbeat arrived until the end of the grace period.",
                    instanceEvidence.lastOf("InstanceRemoved"));
        } else {
            add("present", false, "The instance was deregistered.", instanceEvidence.lastOf("InstanceDeregistered"));
        }
    }

    private void declared(InstanceView instance) {
        var began = instanceEvidence.began().declared();
        switch (instance.declared()) {
            case ACTIVE -> add("declared", true, "The instance is declared active.", null);
            case MAINTENANCE -> add("declared", false, "The instance is in maintenance.", began);
            case DRAINING -> add("declared", false, "The instance is draining.", began);
        }
    }

    private void lease(InstanceView instance) {
        switch (instance.lease()) {
            case LIVE -> add("lease", true, "The lease is live.", instanceEvidence.lastOf("InstanceRevived"));
            case OVERDUE ->
                add(
                        "lease",
                        true,
                        "The lease is overdue: self-preservation delays its expiry, and the instance is ordered last.",
                        instanceEvidence.lastOf("LeaseOverdue"));
            case EXPIRED -> add("lease", false, "The lease has expired.", instanceEvidence.lastOf("LeaseExpired"));
        }
    }

    private void health(InstanceView instance) {
        var lastChange = instanceEvidence.lastOf("HealthChanged");
        switch (instance.health()) {
            case HEALTHY -> add("health", true, "The instance is healthy.", lastChange);
            case UNHEALTHY -> add("health", false, "The instance is unhealthy.", lastChange);
            case STARTING ->
                add("health", false, "The instance is starting: its checks have not passed yet.", lastChange);
        }
    }

    private void circuit(InstanceView instance) {
        var lastChange = instanceEvidence.lastOf("CircuitChanged");
        switch (instance.breaker()) {
            case CLOSED -> add("circuit", true, "The circuit is closed.", lastChange);
            case HALF_OPEN ->
                add("circuit", true, "The circuit is half open, with at most a tenth of the picks.", lastChange);
            case OPEN -> add("circuit", false, "The circuit is open: too many calls failed.", lastChange);
        }
    }

    private void weight(InstanceView instance) {
        boolean some = instance.weight() > 0;
        add(
                "weight",
                some,
                some ? "The weight is " + instance.weight() + "." : "The weight is 0: the instance gets no traffic.",
                instanceEvidence.began().weight());
    }

    private void add(String rule, boolean passes, String detail, @Nullable LastChange because) {
        rules.add(new Rule(rule, passes, detail, because));
    }
}
