/** What concerns the leases of a whole service. */
@NullMarked
package dev.aicore.discovery.api.lease;

import org.jspecify.annotations.NullMarked;
