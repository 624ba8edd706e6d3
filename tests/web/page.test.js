// The page in a browser: it loads, takes input, and a cluster in it heals as a real one does.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { coloursOf, launch } from './support/browser.js';
import { serve } from './support/server.js';
import { KubetabWindow } from './support/window.js';

const build = fileURLToPath(new URL('../../build/', import.meta.url));
const screenshots = path.join(build, 'screenshots');
const downloadLimit = 1.5 * 1024 * 1024;
// Virtual seconds, as Kubernetes has them: a node is lost after 50, looked at every 5; its pods go 300 later.
const nodeGrace = 50;
const nodeCheck = 5;
const eviction = 300;

let browser;
let server;

before(async () => {
    fs.mkdirSync(screenshots, { recursive: true });
    server = await serve(path.join(build, 'web'));
    browser = await launch();
});

after(async () => {
    await browser?.close();
    server?.close();
});

function say(t, words) {
    t.diagnostic(words);
}

async function withWindow(options, use) {
    const window = await KubetabWindow.open(browser, server.address, options);
    await use(window);
    await window.close();
}

function secondsAt(timestamp) {
    return Date.parse(timestamp) / 1000;
}

async function settle(window) {
    await window.press('jump settled');
    await sleep(500);
}

test('The page is a small download', async (t) => {
    const sent = server.bytes;
    await withWindow({ width: 1440, height: 900 }, async (window) => {
        const size = server.bytes - sent;
        say(t, `first frame after ${await window.msToFirstFrame()} ms, ${size} bytes sent`);
        assert.ok(size <= downloadLimit, `${size} bytes; is build/web compressed (scripts/parts/compress)?`);
    });
});

describe('The window is drawn at every size', () => {
    for (const [width, height, ratio] of [[1440, 900, 1], [1920, 1080, 2], [1024, 700, 1]]) {
        test(`${width}×${height} at ratio ${ratio}`, () => withWindow({ width, height, ratio }, async (window) => {
            await window.enter('kubectl apply -f web.yaml');
            await window.waitForLine('terminal', /^deployment.apps\/web created$/);
            await settle(window);
            const pod = (await window.waitForLine('cluster', /^Pod web-/)).split(' ')[1];
            await window.press(`select Pod default/${pod}`);
            await window.enter('kubectl get pods');
            await window.waitForLine('terminal', /^web-.* Running /);
            await sleep(500);
            const file = path.join(screenshots, `page-${width}x${height}@${ratio}.png`);
            const png = await window.page.screenshot({ path: file, animations: 'allow' });
            const colours = await coloursOf(browser, png);
            assert.ok(colours > 50, `only ${colours} colours`);
        }));
    }
});

test('A command typed into the terminal is answered', () => withWindow({ motion: 'no-preference' }, async (window) => {
    await window.page.keyboard.type('kubectl get nodes');
    await window.page.keyboard.press('Enter');
    await window.waitForLine('terminal', /^NAME +STATUS +ROLES +AGE +VERSION$/);
    await window.waitForLine('terminal', /^node-3 +Ready /);
}));

test('A screen reader finds what the lists say', () => withWindow({}, async (window) => {
    await window.waitForLine('cluster', /^Node node-3 Ready/);
    const names = await window.accessibleNames();
    for (const entry of ['Cordon node-3', 'Until settled', 'Hint']) assert.ok(names.includes(entry), names.join('\n'));
    assert.ok(names.some((name) => /^Node node-3 Ready/.test(name)), names.join('\n'));
}));

test('Letters beyond ASCII arrive', () => withWindow({}, async (window) => {
    await window.enter('echo äöß€Ж');
    await window.waitForLine('terminal', /^äöß€Ж$/);
}));

test('100 KB are pasted in one go', (t) => withWindow({}, async (window) => {
    const row = `${'0123456789abcdef'.repeat(4)}\n`;
    const rows = Math.ceil(100 * 1024 / row.length);
    await window.tasks();
    const begin = Date.now();
    await window.paste(`cat > big.txt <<'END'\n${row.repeat(rows)}END\n`);
    const size = await window.run('wc -c < big.txt');
    say(t, `${Date.now() - begin} ms, longest task ${(await window.tasks()).longest} ms`);
    assert.equal(size.join().trim(), String(row.length * rows));
}));

test('A thousand pods come up in small steps', async (t) => {
    const window = await KubetabWindow.open(browser, `${server.address}#lesson=&seed=1&nodes=10`);
    await window.run('kubectl create deployment many --image=nginx:1.25');
    await window.tasks();
    await window.run('kubectl scale deployment many --replicas=1000');
    await window.press('jump settled');
    await window.waitForLine('cluster', /^1000 pods running/);
    const tasks = await window.tasks();
    say(t, `${tasks.count} tasks, ${tasks.all} ms of work, longest task ${tasks.longest} ms`);
    // How long a step takes depends on the machine, but there have to be many.
    assert.ok(tasks.count >= 20 && tasks.longest <= tasks.all / 5, JSON.stringify(tasks));
    await window.close();
});

test('The Deployment of the first lesson reaches 3/3', () => withWindow({}, async (window) => {
    await window.press('run kubectl apply -f web.yaml');
    await window.press('speed 10');
    await window.waitForLine('lesson', /^done: three of its pods are ready/);
    await window.press('lesson next');
    const lines = await window.run('kubectl get deployment web');
    assert.match(lines[1], /^web +3\/3 +3 +3 /);
}));

test('A Deployment is scaled, and a deleted pod is replaced', () => withWindow({}, async (window) => {
    await window.press('speed 10');
    await window.run('kubectl create deployment shop --image=nginx:1.25');
    await window.run('kubectl scale deployment shop --replicas=3');
    await window.runUntil('kubectl get deployment shop', /^shop +3\/3 /m);
    const names = async () => (await window.run('kubectl get pods -l app=shop -o name')).sort();
    const old = await names();
    assert.equal(old.length, 3);
    await window.run(`kubectl delete ${old[0]}`);
    await window.runUntil('kubectl get deployment shop', /^shop +3\/3 /m);
    const fresh = await names();
    assert.equal(fresh.length, 3);
    assert.deepEqual(fresh.filter((name) => old.includes(name)), old.slice(1));
}));

test('Pods of a stopped node are evicted after the real delays', () => withWindow({}, async (window) => {
    await window.press('speed 10');
    await window.run('kubectl apply -f web.yaml');
    await window.runUntil('kubectl get deployment web', /^web +3\/3 /m);
    const [placed] = await window.run(
        `kubectl get pods -l app=web -o jsonpath='{.items[0].metadata.name} {.items[0].spec.nodeName}{"\\n"}'`);
    const [pod, node] = placed.split(' ');

    const [stopped] = await window.run('date +%s');
    await window.press(`run chaos stop node ${node}`);
    await window.waitForLine('terminal', new RegExp(`^node/${node} stopped$`));
    await window.press('speed 100');
    await window.waitForLine('cluster', new RegExp(`^Node ${node} NotReady`));
    const ready = '{.status.conditions[?(@.type=="Ready")]';
    const [condition] = await window.run(
        `kubectl get node ${node} -o jsonpath='${ready}.status} ${ready}.lastTransitionTime}{"\\n"}'`);
    const [status, since] = condition.split(' ');
    assert.equal(status, 'Unknown');
    // The last heartbeat may be up to ten seconds older than the stop.
    const unknownAfter = secondsAt(since) - Number(stopped);
    assert.ok(unknownAfter >= nodeGrace - 10 && unknownAfter <= nodeGrace + nodeCheck + 1, `after ${unknownAfter} s`);
    const before = await window.run('kubectl get pods -l app=web');
    assert.ok(before.every((line) => !line.includes('Terminating')), before.join('\n'));

    await window.waitForLine('cluster', new RegExp(`^Pod ${pod} (Terminating|Unknown)`));
    await window.runUntil('kubectl get deployment web', /^web +3\/3 /m);
    const [deleted] = await window.run(`kubectl get pod ${pod} -o jsonpath='{.metadata.deletionTimestamp}{"\\n"}'`);
    const grace = 30;  // of the pod itself, which its deletionTimestamp includes
    const evictedAfter = secondsAt(deleted) - grace - secondsAt(since);
    assert.ok(evictedAfter >= eviction && evictedAfter <= eviction + nodeCheck + 1, `after ${evictedAfter} s`);
    const after = await window.run('kubectl get pods -l app=web');
    assert.equal(after.filter((line) => / Running /.test(line)).length, 3, after.join('\n'));
    await window.page.screenshot({ path: path.join(screenshots, 'node-stopped.png') });
}));

test('rollout undo restores the old image', () => withWindow({}, async (window) => {
    await window.press('speed 10');
    const images = () => window.run(
        `kubectl get pods -l app=web -o jsonpath='{range .items[*]}{.spec.containers[0].image}{"\\n"}{end}' | sort -u`);
    await window.run('kubectl apply -f web.yaml');
    await window.run('kubectl rollout status deployment/web');
    const old = await images();
    assert.equal(old.length, 1);
    await window.run('kubectl set image deployment/web web=nginx:1.27');
    await window.run('kubectl rollout status deployment/web');
    await window.runUntil('kubectl get pods -l app=web --no-headers | wc -l', /^\s*3$/m);
    assert.deepEqual(await images(), ['nginx:1.27']);
    await window.run('kubectl rollout undo deployment/web');
    await window.run('kubectl rollout status deployment/web');
    await window.runUntil('kubectl get pods -l app=web --no-headers | wc -l', /^\s*3$/m);
    assert.deepEqual(await images(), old);
}));

test('A reload restores the session', () => withWindow({}, async (window) => {
    await window.press('speed 10');
    await window.run('kubectl apply -f web.yaml');
    await window.runUntil('kubectl get deployment web', /^web +3\/3 /m);
    const pods = await window.run('kubectl get pods -o name');
    await window.press('speed 0');
    await sleep(2000);
    await window.page.reload();
    await window.firstFrame();
    await window.waitForLine('terminal', /^web +3\/3 /);
    await window.press('speed 1');
    assert.deepEqual(await window.run('kubectl get pods -o name'), pods);
}));

test('Nothing is drawn while nothing changes', () => withWindow({}, async (window) => {
    await window.run('kubectl get nodes');
    await settle(window);
    await sleep(3000);
    const before = await window.frames();
    await sleep(10_000);
    assert.equal(await window.frames() - before, 0);
}));

test('The single file opens without a server', async () => {
    const file = pathToFileURL(path.join(build, 'kubetab.html')).href;
    const window = await KubetabWindow.open(browser, file);
    const lines = await window.run('kubectl get nodes');
    assert.match(lines[0], /^NAME +STATUS /);
    await window.close();
});
