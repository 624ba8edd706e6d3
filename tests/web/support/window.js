// KubetabWindow: a person in front of the page, who reads the hidden mirror instead of the pixels.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

const longWait = 60_000;

export class KubetabWindow {
    // What the page complained about, which no test expects.
    problems = [];
    #commands = 0;

    // Small and without motion unless asked otherwise: every frame is drawn in software.
    static async open(browser, address, { width = 1024, height = 700, ratio = 1, motion = 'reduce' } = {}) {
        const context = await browser.newContext(
            { viewport: { width, height }, deviceScaleFactor: ratio, reducedMotion: motion });
        const page = await context.newPage();
        const window = new KubetabWindow(context, page);
        page.on('pageerror', (error) => window.problems.push(error.message));
        page.on('console', (message) => message.type() === 'error' && window.problems.push(message.text()));
        page.on('dialog', (dialog) => dialog.accept());  // "leave the page?"
        await page.goto(address);
        await window.firstFrame();
        return window;
    }

    constructor(context, page) {
        this.context = context;
        this.page = page;
    }

    async close() {
        await this.context.close();
        assert.deepEqual(this.problems, []);
    }

    async firstFrame() {
        await this.page.waitForFunction(() => globalThis.kubetab?.frames > 0 || globalThis.kubetab?.trouble, null,
            { timeout: longWait });
        assert.equal(await this.page.evaluate(() => kubetab.trouble), '');
    }

    frames() {
        return this.page.evaluate(() => kubetab.frames);
    }

    // From the start of the navigation.
    msToFirstFrame() {
        return this.page.evaluate(() => Math.round(kubetab.firstFrameMs));
    }

    // How long the calls of the program (frames, timers, inputs) took since this was asked last, in milliseconds.
    async tasks() {
        const times = await this.page.evaluate(() => kubetab.taskTimes.splice(0));
        const all = times.reduce((sum, time) => sum + time, 0);
        return { count: times.length, all: Math.round(all), longest: Math.round(Math.max(0, ...times)) };
    }

    // One line per entry of a part: lesson, terminal, cluster, inspector, timeline or status.
    lines(part) {
        return this.page.evaluate((name) =>
            [...document.getElementById(`mirror-${name}`).children].map((entry) => entry.textContent), part);
    }

    // What assistive technology is told: the names of everything in the accessibility tree.
    async accessibleNames() {
        const session = await this.context.newCDPSession(this.page);
        const { nodes } = await session.send('Accessibility.getFullAXTree');
        await session.detach();
        return nodes.filter(({ ignored }) => !ignored).map(({ name }) => name?.value ?? '');
    }

    async waitForLine(part, pattern, ms = longWait) {
        const end = Date.now() + ms;
        for (;;) {
            const lines = await this.lines(part);
            const found = lines.find((line) => pattern.test(line));
            if (found !== undefined) return found;
            assert.ok(Date.now() < end, `no ${pattern} in ${part} after ${ms} ms:\n${lines.slice(-40).join('\n')}`);
            await sleep(50);
        }
    }

    // The same without reading anything out of the page, which would cost it: for figures.
    waitInPage(part, pattern) {
        return this.page.waitForFunction(([name, wanted]) => {
            const expression = new RegExp(wanted);
            const entries = document.getElementById(`mirror-${name}`).children;
            return Array.prototype.some.call(entries, (entry) => expression.test(entry.textContent));
        }, [part, pattern], { polling: 100, timeout: longWait });
    }

    // Presses a button of the mirror, as a screen reader would.
    async press(action) {
        const found = await this.page.evaluate((wanted) => {
            const button = [...document.querySelectorAll('#mirror [data-action]')]
                .find((candidate) => candidate.dataset.action === wanted);
            button?.click();
            return Boolean(button);
        }, action);
        assert.ok(found, `the mirror has no "${action}"`);
    }

    async enter(line) {
        await this.page.keyboard.insertText(line);
        await this.page.keyboard.press('Enter');
    }

    // Enters a command in the terminal, waits for its end and gives the lines it printed.
    async run(command, ms = longWait) {
        const number = ++this.#commands;
        await this.enter(`echo begin-${number}; ${command}; echo end-${number}`);
        await this.waitForLine('terminal', new RegExp(`^end-${number}$`), ms);
        const lines = await this.lines('terminal');
        return lines.slice(lines.indexOf(`begin-${number}`) + 1, lines.indexOf(`end-${number}`));
    }

    // Repeats a command until what it prints matches. Virtual time passes meanwhile.
    async runUntil(command, pattern, ms = longWait) {
        const end = Date.now() + ms;
        for (;;) {
            const lines = await this.run(command);
            if (pattern.test(lines.join('\n'))) return lines;
            assert.ok(Date.now() < end, `no ${pattern} from ${command} after ${ms} ms:\n${lines.join('\n')}`);
        }
    }

    // Real Ctrl+V of a text on the system's clipboard.
    async paste(text) {
        await this.context.grantPermissions(['clipboard-read', 'clipboard-write']);
        await this.page.evaluate((content) => navigator.clipboard.writeText(content), text);
        await this.page.keyboard.press('Control+V');
    }
}
