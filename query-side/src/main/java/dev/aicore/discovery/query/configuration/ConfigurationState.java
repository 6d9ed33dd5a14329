package dev.aicore.discovery.query.configuration;

import java.util.Optional;

/**
 * State of a service's configuration at a position.
 *
 * @param position up to which the state is complete
 * @param index position of the last change up to then; 0 if there was none
 * @param present empty if there was no configuration
 */
record ConfigurationState(long position, long index, Optional<ConfigurationView> present) {}
