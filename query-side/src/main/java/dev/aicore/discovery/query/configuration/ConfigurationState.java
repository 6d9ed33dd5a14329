package dev.aicore.discovery.query.configuration;

import java.util.Optional;

/**
 * How a service's configuration was at a position.
 *
 * @param position up to which all is known
 * @param index position of its last change until then; 0 if there was none
 * @param present empty if there was no configuration
 */
record ConfigurationState(long position, long index, Optional<ConfigurationView> present) {}
