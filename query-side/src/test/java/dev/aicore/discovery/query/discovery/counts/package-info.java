/** Tests of the counts of who discovered what. */
@NullMarked
package dev.aicore.discovery.query.discovery.counts;

import org.jspecify.annotations.NullMarked;
