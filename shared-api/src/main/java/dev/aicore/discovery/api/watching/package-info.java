/** What the watchers of a service are told. */
@NullMarked
package dev.aicore.discovery.api.watching;

import org.jspecify.annotations.NullMarked;
