/**
 * Every setting as a validated record, one per feature. The defaults, units and bounds are documented in
 * {@code config/service-discovery.yaml}; a key that isn't there doesn't exist.
 */
@NullMarked
package dev.aicore.discovery.config.settings;

import org.jspecify.annotations.NullMarked;
