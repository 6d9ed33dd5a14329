// Starts two gRPC servers, registers them, and calls them by their service's name over unchanged proxyless gRPC (xds:///).
// Usage: npm ci && node balance.js [URL of the registry] [host:port of its xDS server]
'use strict';
const { setTimeout } = require('node:timers/promises');

const registry = process.argv[2] || 'http://127.0.0.1:8080';

// The only line that changes for a client of another xDS server; usually a file that GRPC_XDS_BOOTSTRAP names.
process.env.GRPC_XDS_BOOTSTRAP_CONFIG = JSON.stringify({
  xds_servers: [{
    server_uri: process.argv[3] || '127.0.0.1:18000',
    channel_creds: [{ type: 'insecure' }],
    server_features: ['xds_v3'],
  }],
  node: { id: 'balance', locality: { zone: 'z1' } },
});

const grpc = require('@grpc/grpc-js');
require('@grpc/grpc-js-xds').register();

const NAMES = {
  who: {
    path: '/examples.Names/Who',
    requestStream: false,
    responseStream: false,
    requestSerialize: (text) => Buffer.from(text),
    requestDeserialize: (bytes) => bytes.toString(),
    responseSerialize: (text) => Buffer.from(text),
    responseDeserialize: (bytes) => bytes.toString(),
  },
};
const SERVICE = 'names-node';

async function serve(name) {
  const server = new grpc.Server();
  server.addService(NAMES, { who: (call, callback) => callback(null, name) });
  const port = await new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (failure, bound) =>
      (failure ? reject(failure) : resolve(bound))));
  await send('POST', '', { id: name, name: SERVICE, address: '127.0.0.1', port, ttl: 600, protocol: 'grpc' });
  return server;
}

async function send(method, path, body) {
  const response = await fetch(registry + '/api/v1/services' + path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }
}

function call(client) {
  return new Promise((resolve) => {
    const deadline = new Date(Date.now() + 30_000);
    client.who('who?', { deadline }, (failure, name) => resolve(failure ? grpc.status[failure.code] : name));
  });
}

// Calls until ten calls in a row have exactly the expected answers, in any order, at most for 40 s. Returns the last answers.
async function answers(client, expected) {
  const until = Date.now() + 40_000;
  for (;;) {
    const names = new Set();
    for (let i = 0; i < 10; i++) {
      names.add(await call(client));
    }
    const found = [...names].sort().join();
    if (found === expected || Date.now() > until) {
      return found;
    }
    await setTimeout(100);
  }
}

async function main() {
  const servers = [await serve('one'), await serve('two')];
  const client = new (grpc.makeGenericClientConstructor(NAMES, 'Names'))(
    'xds:///' + SERVICE, grpc.credentials.createInsecure());
  console.log('both registered:', await answers(client, 'one,two'));
  await send('PUT', '/one', { status: 'draining' });
  console.log('one draining:', await answers(client, 'two'));
  await send('PUT', '/one', { status: 'active' });
  console.log('one active:', await answers(client, 'one,two'));
  await send('DELETE', '/one');
  await send('DELETE', '/two');
  console.log('both deregistered:', await answers(client, 'UNAVAILABLE'));
  client.close();
  servers.forEach((server) => server.forceShutdown());
}

main().then(() => process.exit(0), (failure) => {
  console.error(failure);
  process.exit(1);
});
