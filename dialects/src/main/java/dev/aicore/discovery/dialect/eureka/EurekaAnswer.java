package dev.aicore.discovery.dialect.eureka;

import java.util.List;
import java.util.SortedMap;

/**
 * Content of an answer, independent of its media type.
 *
 * @see EurekaJsonWriter
 * @see EurekaXmlWriter
 */
sealed interface EurekaAnswer {

    /** Action of Eureka's server that changed an instance last. */
    enum ActionType {
        ADDED,
        MODIFIED,
        DELETED
    }

    /** Instance with the action that changed it. */
    record ListedInstance(EurekaInstance instance, ActionType actionType) {

        /** Returns an instance as reads show it: as modified after an override, and as added otherwise. */
        static ListedInstance of(EurekaEntry entry) {
            boolean modified =
                    ActionType.MODIFIED.name().equals(entry.view().metadata().get(EurekaMetadata.ACTION_TYPE));
            return new ListedInstance(entry.instance(), modified ? ActionType.MODIFIED : ActionType.ADDED);
        }
    }

    /**
     * Applications.
     *
     * @param version number that Eureka increments; clients parse it and ignore it
     * @param hash see {@link EurekaApplications#hash}
     * @param compact true to omit most members of the instances, and version and hash
     */
    record ApplicationList(
            int version, String hash, SortedMap<String, List<ListedInstance>> applications, boolean compact)
            implements EurekaAnswer {}

    /** One application. */
    record SingleApplication(String name, List<ListedInstance> instances) implements EurekaAnswer {}

    /** One instance. */
    record SingleInstance(ListedInstance instance) implements EurekaAnswer {}
}
