/** Incident bundles: what the registry was at a moment, and each fact until another, as lines of JSON; written, checked and read again. */
@NullMarked
package dev.aicore.discovery.projection.bundle;

import org.jspecify.annotations.NullMarked;
