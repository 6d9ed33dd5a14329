package dev.aicore.discovery.query.explain;

import dev.aicore.discovery.api.history.DiffView.Last;
import dev.aicore.discovery.api.history.ExplainView.Rule;
import dev.aicore.discovery.api.instance.InstanceView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What decides whether an instance is discovered, one by one. */
final class Rules {

    private final Known known;
    private final List<Rule> rules = new ArrayList<>();

    Rules(Known known) {
        this.known = known;
    }

    /** All that are about the instance alone, unless there is none. */
    List<Rule> of(String service, String id) {
        registered(service, id);
        var instance = known.instance();
        if (service.equals(known.service())) {
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
        var of = known.service();
        if (of == null) {
            add("registered", false, "No instance '" + id + "' was ever registered.", null);
        } else if (!of.equals(service)) {
            add("registered", false, "'" + id + "' is an instance of '" + of + "'.", null);
        } else {
            add("registered", true, "It was registered.", known.lastOf("InstanceRegistered"));
        }
    }

    private void present(boolean isThere) {
        if (isThere) {
            add("present", true, "It is there.", known.lastOf("InstanceRevived"));
        } else if ("removed".equals(known.gone())) {
            add("present", false, "It was silent for too long, and was removed.", known.lastOf("InstanceRemoved"));
        } else {
            add("present", false, "It was deregistered.", known.lastOf("InstanceDeregistered"));
        }
    }

    private void declared(InstanceView instance) {
        var began = known.began().declared();
        switch (instance.declared()) {
            case ACTIVE -> add("declared", true, "It is declared active.", null);
            case MAINTENANCE -> add("declared", false, "It is in maintenance.", began);
            case DRAINING -> add("declared", false, "It is draining.", began);
        }
    }

    private void lease(InstanceView instance) {
        switch (instance.lease()) {
            case LIVE -> add("lease", true, "Its lease runs.", known.lastOf("InstanceRevived"));
            case OVERDUE ->
                add(
                        "lease",
                        true,
                        "It is silent and held back, since many of its service fell silent at once: it comes last.",
                        known.lastOf("LeaseOverdue"));
            case EXPIRED -> add("lease", false, "Its lease has expired.", known.lastOf("LeaseExpired"));
        }
    }

    private void health(InstanceView instance) {
        var last = known.lastOf("HealthChanged");
        switch (instance.health()) {
            case HEALTHY -> add("health", true, "It is healthy.", last);
            case UNHEALTHY -> add("health", false, "It is unhealthy.", last);
            case STARTING -> add("health", false, "It is starting: its checks have not passed yet.", last);
        }
    }

    private void circuit(InstanceView instance) {
        var last = known.lastOf("CircuitChanged");
        switch (instance.breaker()) {
            case CLOSED -> add("circuit", true, "Its circuit is closed.", last);
            case HALF_OPEN ->
                add("circuit", true, "Its circuit is half open: it gets at most a tenth of the picks.", last);
            case OPEN -> add("circuit", false, "Its circuit is open: too many calls to it failed.", last);
        }
    }

    private void weight(InstanceView instance) {
        boolean some = instance.weight() > 0;
        add(
                "weight",
                some,
                some ? "Its weight is " + instance.weight() + "." : "Its weight is 0: it gets no traffic.",
                known.began().weight());
    }

    private void add(String rule, boolean passes, String detail, @Nullable Last because) {
        rules.add(new Rule(rule, passes, detail, because));
    }
}
