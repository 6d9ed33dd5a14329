package dev.aicore.discovery.query.explain;

import dev.aicore.discovery.api.history.DiffView.LastChange;
import dev.aicore.discovery.api.history.ExplainView.Rule;
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
            add("registered", false, "No instance '" + id + "' was ever registered.", null);
        } else if (!of.equals(service)) {
            add("registered", false, "'" + id + "' is an instance of '" + of + "'.", null);
        } else {
            add("registered", true, "It was registered.", instanceEvidence.lastOf("InstanceRegistered"));
        }
    }

    private void present(boolean isThere) {
        if (isThere) {
            add("present", true, "It is there.", instanceEvidence.lastOf("InstanceRevived"));
        } else if ("removed".equals(instanceEvidence.gone())) {
            add(
                    "present",
                    false,
                    "It was silent for too long, and was removed.",
                    instanceEvidence.lastOf("InstanceRemoved"));
        } else {
            add("present", false, "It was deregistered.", instanceEvidence.lastOf("InstanceDeregistered"));
        }
    }

    private void declared(InstanceView instance) {
        var began = instanceEvidence.began().declared();
        switch (instance.declared()) {
            case ACTIVE -> add("declared", true, "It is declared active.", null);
            case MAINTENANCE -> add("declared", false, "It is in maintenance.", began);
            case DRAINING -> add("declared", false, "It is draining.", began);
        }
    }

    private void lease(InstanceView instance) {
        switch (instance.lease()) {
            case LIVE -> add("lease", true, "Its lease runs.", instanceEvidence.lastOf("InstanceRevived"));
            case OVERDUE ->
                add(
                        "lease",
                        true,
                        "It is silent and held back, since many of its service fell silent at once: it comes last.",
                        instanceEvidence.lastOf("LeaseOverdue"));
            case EXPIRED -> add("lease", false, "Its lease has expired.", instanceEvidence.lastOf("LeaseExpired"));
        }
    }

    private void health(InstanceView instance) {
        var lastChange = instanceEvidence.lastOf("HealthChanged");
        switch (instance.health()) {
            case HEALTHY -> add("health", true, "It is healthy.", lastChange);
            case UNHEALTHY -> add("health", false, "It is unhealthy.", lastChange);
            case STARTING -> add("health", false, "It is starting: its checks have not passed yet.", lastChange);
        }
    }

    private void circuit(InstanceView instance) {
        var lastChange = instanceEvidence.lastOf("CircuitChanged");
        switch (instance.breaker()) {
            case CLOSED -> add("circuit", true, "Its circuit is closed.", lastChange);
            case HALF_OPEN ->
                add("circuit", true, "Its circuit is half open: it gets at most a tenth of the picks.", lastChange);
            case OPEN -> add("circuit", false, "Its circuit is open: too many calls to it failed.", lastChange);
        }
    }

    private void weight(InstanceView instance) {
        boolean some = instance.weight() > 0;
        add(
                "weight",
                some,
                some ? "Its weight is " + instance.weight() + "." : "Its weight is 0: it gets no traffic.",
                instanceEvidence.began().weight());
    }

    private void add(String rule, boolean passes, String detail, @Nullable LastChange because) {
        rules.add(new Rule(rule, passes, detail, because));
    }
}
