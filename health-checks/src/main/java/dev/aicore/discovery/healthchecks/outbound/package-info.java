/** The only place from which the registry connects to where others tell it to: what may be reached, and by what. */
@NullMarked
package dev.aicore.discovery.healthchecks.outbound;

import org.jspecify.annotations.NullMarked;
