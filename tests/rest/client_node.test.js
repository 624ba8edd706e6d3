// The official JavaScript client against `kubetab serve`: what it writes it reads back, its watches miss nothing, and
// logs and commands reach the containers.
import * as k8s from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tool = process.env.KUBETAB_TOOL ?? path.join(root, 'build', 'native', 'kubetab');
const namespace = 'default';

let server;
let config;
let objects;

before(async () => {
    server = spawn(tool, ['serve', '--port', '0', '--speed', '10'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = createInterface({ input: server.stdout });
    for await (const line of lines) {
        if (!line.startsWith('kubeconfig: ')) continue;
        config = new k8s.KubeConfig();
        config.loadFromFile(line.slice('kubeconfig: '.length));
        break;
    }
    assert.ok(config, 'the server says where its kubeconfig is');
    // The client speaks plain HTTP only when it is told so.
    config.clusters = config.clusters.map((cluster) => ({ ...cluster, skipTLSVerify: true }));
    objects = k8s.KubernetesObjectApi.makeApiClient(config);
});

after(async () => {
    server.kill('SIGTERM');
    const [code] = await once(server, 'exit');
    assert.equal(code, 0);
});

// Real time passes here, because the client is real.
async function until(holds, what) {
    for (let tries = 0; tries < 300; ++tries) {
        const result = await holds();
        if (result) return result;
        await sleep(100);
    }
    assert.fail(`never happened: ${what}`);
}

async function isGone(kind) {
    try {
        await objects.read(kind);
        return false;
    } catch (error) {
        return error.code === 404;
    }
}

const template = {
    metadata: { labels: { app: 'client' } },
    spec: { containers: [{ name: 'main', image: 'nginx:1.25' }] },
};
const selector = { matchLabels: { app: 'client' } };

// Each kind with a field that an update changes, and how.
const kinds = [
    { apiVersion: 'v1', kind: 'Namespace' },
    { apiVersion: 'v1', kind: 'ConfigMap', data: { greeting: 'hello' } },
    { apiVersion: 'v1', kind: 'Secret', stringData: { password: 'open' } },
    { apiVersion: 'v1', kind: 'ServiceAccount' },
    { apiVersion: 'v1', kind: 'Service', spec: { selector: { app: 'client' }, ports: [{ port: 80 }] } },
    { apiVersion: 'v1', kind: 'Pod', spec: template.spec },
    { apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas: 1, selector, template } },
    { apiVersion: 'apps/v1', kind: 'ReplicaSet', spec: { replicas: 1, selector, template } },
    { apiVersion: 'apps/v1', kind: 'DaemonSet', spec: { selector, template } },
    { apiVersion: 'apps/v1', kind: 'StatefulSet', spec: { replicas: 1, serviceName: 'client', selector, template } },
    {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        spec: { defaultBackend: { service: { name: 'client', port: { number: 80 } } } },
    },
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: { podSelector: {} } },
    {
        apiVersion: 'batch/v1',
        kind: 'Job',
        spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } } },
    },
    {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    },
    { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', spec: { minAvailable: 1, selector } },
    {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
    },
    { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', value: 7 },
    { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', spec: { holderIdentity: 'client' } },
];
const clusterKinds = ['Namespace', 'PriorityClass'];

describe('objects', () => {
    for (const given of kinds) {
        test(`${given.kind}: created, read, listed, updated, patched, deleted`, async () => {
            const scoped = clusterKinds.includes(given.kind) ? {} : { namespace };
            const metadata = { name: 'client-crud', labels: { part: 'crud' }, ...scoped };
            const created = await objects.create({ ...structuredClone(given), metadata });
            assert.ok(created.metadata.uid);
            const read = await objects.read(created);
            assert.equal(read.metadata.uid, created.metadata.uid);

            const list = await objects.list(given.apiVersion, given.kind, scoped.namespace, undefined, undefined,
                undefined, undefined, 'part=crud');
            assert.deepEqual(list.items.map((item) => item.metadata.name), ['client-crud']);

            // A controller may have written between reading and replacing.
            const replaced = await until(async () => {
                const fresh = await objects.read(created);
                fresh.metadata.annotations = { ...fresh.metadata.annotations, step: 'replaced' };
                return objects.replace(fresh).catch((error) => {
                    assert.equal(error.code, 409);
                });
            }, 'the replacement is accepted');
            assert.equal(replaced.metadata.annotations.step, 'replaced');

            const stale = { ...read, metadata: { ...read.metadata, labels: { part: 'stale' } } };
            if (stale.metadata.resourceVersion !== replaced.metadata.resourceVersion)
                await assert.rejects(objects.replace(stale), (error) => error.code === 409);

            const patched = await objects.patch(
                { apiVersion: given.apiVersion, kind: given.kind,
                    metadata: { ...scoped, name: 'client-crud', annotations: { step: 'patched' } } },
                undefined, undefined, undefined, undefined, k8s.PatchStrategy.MergePatch);
            assert.equal(patched.metadata.annotations.step, 'patched');
            assert.equal(patched.metadata.uid, created.metadata.uid);

            await objects.delete(created);
            await until(() => isGone(created), `${given.kind} is gone`);
        });
    }

    test('what is applied is merged, and a field of somebody else is a conflict', async () => {
        const metadata = { name: 'applied', namespace };
        const settings = (data) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
        const apply = (data, manager, force) => objects.patch(settings(data), undefined, undefined, manager, force,
            k8s.PatchStrategy.ServerSideApply);
        await apply({ colour: 'blue', size: 'small' }, 'first');
        const both = await apply({ shape: 'round' }, 'second');
        assert.deepEqual(both.data, { colour: 'blue', size: 'small', shape: 'round' });
        await assert.rejects(apply({ colour: 'red' }, 'second'), (error) => error.code === 409);
        const forced = await apply({ colour: 'red' }, 'second', true);
        // The second one no longer asks for a shape, so that goes.
        assert.deepEqual(forced.data, { colour: 'red', size: 'small' });
        assert.deepEqual(forced.metadata.managedFields.map((entry) => entry.manager), ['first', 'second']);
    });

    test('what is wrong is refused with a Status', async () => {
        const wrong = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'Wrong', namespace },
            spec: { selector, template } };
        await assert.rejects(objects.create(wrong), (error) => {
            const status = JSON.parse(error.body);
            return error.code === 422 && status.reason === 'Invalid' && status.details.causes.length > 0;
        });
        const missing = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'missing', namespace } };
        await assert.rejects(objects.read(missing), (error) => JSON.parse(error.body).reason === 'NotFound');
    });
});

describe('watches', () => {
    // Watches ConfigMaps from a version on, until `count` events have come.
    async function collect(from, count, act) {
        const events = [];
        const watch = new k8s.Watch(config);
        let done;
        const ended = new Promise((resolve) => (done = resolve));
        const abort = await watch.watch(`/api/v1/namespaces/${namespace}/configmaps`, { resourceVersion: from },
            (type, object) => {
                events.push(`${type} ${object.metadata.name} ${object.data?.n ?? ''}`);
                if (events.length === count) done(object.metadata.resourceVersion);
            }, () => done());
        await act();
        const version = await ended;
        abort.abort();
        return { events, version };
    }

    const write = (name, n) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { n } });

    test('a watch is resumed where it ended, without a gap or a repetition', async () => {
        const core = config.makeApiClient(k8s.CoreV1Api);
        const start = (await core.listNamespacedConfigMap({ namespace })).metadata.resourceVersion;
        const first = await collect(start, 2, async () => {
            await objects.create(write('watched', '1'));
            await objects.replace(write('watched', '2'));
        });
        assert.deepEqual(first.events, ['ADDED watched 1', 'MODIFIED watched 2']);
        // Nobody is watching now.
        await objects.replace(write('watched', '3'));
        const second = await collect(first.version, 3, async () => {
            await objects.replace(write('watched', '4'));
            await objects.delete(write('watched', ''));
        });
        assert.deepEqual(second.events, ['MODIFIED watched 3', 'MODIFIED watched 4', 'DELETED watched 4']);
    });

    test('an informer follows what happens', async () => {
        const core = config.makeApiClient(k8s.CoreV1Api);
        const informer = k8s.makeInformer(config, `/api/v1/namespaces/${namespace}/configmaps`,
            () => core.listNamespacedConfigMap({ namespace }));
        await informer.start();
        await objects.create(write('informed', '1'));
        await until(() => informer.get('informed', namespace)?.data.n === '1', 'the informer has the object');
        await objects.replace(write('informed', '2'));
        await until(() => informer.get('informed', namespace)?.data.n === '2', 'the informer has the change');
        await objects.delete(write('informed', ''));
        await until(() => !informer.get('informed', namespace), 'the informer has let go');
        await informer.stop();
    });
});

describe('containers', () => {
    const name = 'client-pod';

    before(async () => {
        await objects.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace }, spec: {
            containers: [{ name: 'main', image: 'busybox', command: ['sh', '-c', 'echo begun; sleep 3600'] }] } });
        const core = config.makeApiClient(k8s.CoreV1Api);
        await until(async () => (await core.readNamespacedPod({ name, namespace })).status.phase === 'Running',
            'the pod runs');
    });

    test('logs are read', async () => {
        const stream = new PassThrough();
        await new k8s.Log(config).log(namespace, name, 'main', stream, { tailLines: 10 });
        assert.equal(await text(stream), 'begun\n');
    });

    test('a command runs, is given input, and says how it ended', async () => {
        const exec = new k8s.Exec(config);
        const [out, err, given] = [new PassThrough(), new PassThrough(), new PassThrough()];
        const status = new Promise((resolve) => {
            exec.exec(namespace, name, 'main', ['sh', '-c', 'cat; echo oops >&2; exit 3'], out, err, given, false,
                resolve);
        });
        given.end('typed\n');
        const result = await status;
        assert.equal(result.status, 'Failure');
        assert.equal(result.details.causes[0].message, '3');
        assert.equal(out.read()?.toString(), 'typed\n');
        assert.equal(err.read()?.toString(), 'oops\n');
    });
});
