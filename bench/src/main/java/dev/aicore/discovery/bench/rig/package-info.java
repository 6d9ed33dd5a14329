/** What every benchmark needs: a machine, a place, a server in a process of its own. */
@NullMarked
package dev.aicore.discovery.bench.rig;

import org.jspecify.annotations.NullMarked;
