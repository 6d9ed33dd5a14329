package dev.aicore.discovery.server.openapi;

import dev.aicore.discovery.config.testing.EventLoopContract;

class ServerEventLoopTest extends EventLoopContract {}
