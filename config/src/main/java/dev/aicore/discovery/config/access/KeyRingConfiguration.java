package dev.aicore.discovery.config.access;

import dev.aicore.discovery.config.eventstore.AccessFacts;
import dev.aicore.discovery.config.eventstore.EventPages;
import dev.aicore.discovery.config.eventstore.StoreMigration;
import dev.aicore.discovery.config.eventstore.StoreWatch;
import dev.aicore.discovery.config.time.TimeSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Fills the ring of keys from the event store. Without it, no key is known. */
@Configuration(proxyBeanMethods = false)
public class KeyRingConfiguration {

    /** All keys are there before anybody is served. */
    @Bean(initMethod = "start")
    AccessFacts accessFacts(
            EventPages pages, StoreWatch watch, StoreMigration migrated, TimeSource time, KeyRing keys) {
        var facts = new AccessFacts(pages, watch, time, keys::apply, keys::applyUnreadable);
        keys.followedBy(facts::age);
        return facts;
    }
}
