// Headless Chromium that draws WebGL in software.
import fs from 'node:fs';
import { chromium } from 'playwright-core';

const flags = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];

// The graphics process is up when this is done: starting a browser is not the page's affair.
export async function launch() {
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    if (!fs.existsSync(executablePath)) throw new Error(`no browser at ${executablePath}: run scripts/setup`);
    const browser = await chromium.launch({ executablePath, headless: true, args: flags });
    const page = await browser.newPage();
    await page.evaluate(() => {
        const gl = document.createElement('canvas').getContext('webgl2');
        gl.clear(gl.COLOR_BUFFER_BIT);
        gl.finish();
    });
    await page.close();
    return browser;
}

// How many different colours a screenshot shows.
export async function coloursOf(browser, png) {
    const page = await browser.newPage();
    try {
        return await page.evaluate(async (bytes) => {
            const image = await createImageBitmap(new Blob([Uint8Array.from(bytes)], { type: 'image/png' }));
            const drawing = new OffscreenCanvas(image.width, image.height).getContext('2d');
            drawing.drawImage(image, 0, 0);
            const pixels = new Uint32Array(drawing.getImageData(0, 0, image.width, image.height).data.buffer);
            return new Set(pixels).size;
        }, [...png]);
    } finally {
        await page.close();
    }
}
