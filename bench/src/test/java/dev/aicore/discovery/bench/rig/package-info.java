@NullMarked
package dev.aicore.discovery.bench.rig;

import org.jspecify.annotations.NullMarked;
