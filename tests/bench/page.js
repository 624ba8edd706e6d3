// What the page costs in headless Chromium, as lines of `name value unit`. See README.md.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { launch } from '../web/support/browser.js';
import { serve } from '../web/support/server.js';
import { KubetabWindow } from '../web/support/window.js';

const build = fileURLToPath(new URL('../../build/web', import.meta.url));
const runs = 3;
const pods = 1000;
const view = { width: 1440, height: 900 };

function figure(name, value, unit) {
    console.log(`${name} ${Number(value).toFixed(unit === 's' ? 3 : 0)} ${unit}`);
}

// Processor seconds so far of the processes of a kind: the page runs in a renderer, its drawing in the GPU process.
async function processorSeconds(browser, kind) {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    return processInfo.filter(({ type }) => type === kind).reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

// Processor seconds of the page's thread. The page's process has others, which compile and cost nothing once all that
// runs often has been compiled.
async function threadSeconds(session) {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value;
}

// The longest task of the page is what keeps a frame or a key waiting.
async function measured(browser, window, name, work) {
    const session = await window.context.newCDPSession(window.page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await window.tasks();
    const before = await processorSeconds(browser, 'renderer');
    const thread = await threadSeconds(session);
    const drawing = await processorSeconds(browser, 'GPU');
    const frames = await window.frames();
    const begin = Date.now();
    await work();
    figure(`${name}_real`, (Date.now() - begin) / 1000, 's');
    figure(`${name}_cpu`, await processorSeconds(browser, 'renderer') - before, 's');
    figure(`${name}_thread_cpu`, await threadSeconds(session) - thread, 's');
    figure(`${name}_drawing_cpu`, await processorSeconds(browser, 'GPU') - drawing, 's');
    figure(`${name}_frames`, await window.frames() - frames, 'frames');
    const tasks = await window.tasks();
    figure(`${name}_work`, tasks.all, 'ms');
    figure(`${name}_longest_task`, tasks.longest, 'ms');
    await session.detach();
}

// Each time in a context of its own, so that nothing is cached.
async function firstFrame(browser, server) {
    const times = [];
    for (let run = 0; run < runs; run++) {
        const window = await KubetabWindow.open(browser, server.address, view);
        times.push(await window.msToFirstFrame());
        await window.close();
    }
    figure('page_first_frame_best', Math.min(...times), 'ms');
    figure('page_first_frame_worst', Math.max(...times), 'ms');
}

async function scale(window, replicas, time) {
    await window.enter(`kubectl scale deployment web --replicas=${replicas} && echo scaled ${time}`);
    await window.waitInPage('terminal', `^scaled ${time}$`);
    await window.press('jump settled');
    await window.waitInPage('cluster', `^${replicas} pods? running`);
}

// Twice in one page: the second time everything has been compiled.
async function thousandPods(browser, server) {
    const window = await KubetabWindow.open(browser, `${server.address}#lesson=&seed=1&nodes=10`, view);
    await window.press('jump settled');
    await window.run('kubectl create deployment web --image=nginx:1.25');
    await window.press('jump settled');
    await sleep(1000);
    await measured(browser, window, `page_pods_${pods}`, () => scale(window, pods, 'once'));
    await scale(window, 1, 'down');
    await sleep(1000);
    await measured(browser, window, `page_pods_${pods}_warm`, () => scale(window, pods, 'again'));
    await window.close();
}

async function paste(browser, server) {
    const window = await KubetabWindow.open(browser, server.address, view);
    const row = `${'0123456789abcdef'.repeat(4)}\n`;
    const rows = Math.ceil(100 * 1024 / row.length);
    await measured(browser, window, 'page_paste_100KB', async () => {
        await window.paste(`cat > big.txt <<'END'\n${row.repeat(rows)}END\n`);
        await window.run('wc -c < big.txt');
    });
    await window.close();
}

const all = { first: firstFrame, pods: thousandPods, paste };
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in all));
if (unknown.length > 0) {
    console.error(`usage: node ${path.relative('.', process.argv[1])} [${Object.keys(all).join('|')}]…`);
    process.exit(2);
}
const server = await serve(build);
const browser = await launch();
for (const [name, run] of Object.entries(all)) {
    if (asked.length === 0 || asked.includes(name)) await run(browser, server);
}
await browser.close();
server.close();
