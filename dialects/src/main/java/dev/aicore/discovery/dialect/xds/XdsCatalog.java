package dev.aicore.discovery.dialect.xds;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Resources of all services at one moment. */
interface XdsCatalog {

    /** Returns the names of the resources of a type. */
    Collection<String> names(XdsResourceType type);

    /** Returns a resource; null if it doesn't exist. */
    @Nullable
    XdsResource find(XdsResourceType type, String name);
}
